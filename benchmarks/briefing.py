"""What a briefing costs: `python -m benchmarks.briefing [--full] [--postgres]`.

The tables of benchmarks.board with 1e5 cases (1e6 with --full; --cases for another number). Prints,
for each database, seconds to compose an issue of every cycle (the second time), how many of them
processors worked, in this process and in PostgreSQL's for it, and whether a sealed one made anew is
equal, with the processor seconds, size and A4 pages of its files; then the same for hand-made days
in each language. Files are drawn twice: the first PDF of a process also reads the fonts. Last, what
that one costs in processes of their own, with and without what a service draws ahead.
"""

import argparse
import io
import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pypdf
from sqlalchemy import Connection, Engine, func, select

from benchmarks.board import NOW, fill
from benchmarks.leaders import database
from dashboard.briefing.briefing import Briefing
from dashboard.briefing.compose import compose
from dashboard.briefing.cycle import issue_of
from dashboard.briefing.encode import body_of
from dashboard.briefing.issue import Cycle
from dashboard.briefing.seal import regenerate, seal
from dashboard.database.engine import open_engine, reading, writing
from dashboard.operations.meters import resident_bytes
from layouts.briefing.ahead import get_ready
from layouts.briefing.document import Document
from layouts.briefing.files import KINDS, File, file_of
from layouts.briefing.write import Maker, document
from layouts.words import LANGUAGES, Words
from tests.briefings import AS_OF, a_briefing, flood, quarter
from tests.dashboard.briefing.world import CENTRE

MAKER = Maker(centre="沾益区综治中心", made_at=AS_OF)
DAYS = (("usual", a_briefing), ("flood", flood), ("quarter", quarter))


def main() -> None:
    """Print the composing of each database, then the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="1e6 cases, too")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL, too")
    parser.add_argument("--on", action="append", choices=("sqlite", "postgresql"))
    parser.add_argument("--cases", action="append", type=int)
    arguments = parser.parse_args()
    counts = (100_000, *([1_000_000] if arguments.full else []))
    for kind in arguments.on or ("sqlite", *(["postgresql"] if arguments.postgres else [])):
        for count in arguments.cases or counts:
            with database(kind) as url:
                engine = open_engine(url)
                fill(engine, count)
                if kind == "postgresql":
                    vacuum(engine)
                print(f"\n{kind}, {count:,} cases")
                composed(engine)
                engine.dispose()
    print(f"\n{'day':8}{'lang':8}{'kind':6}{'first s':>9}{'again s':>9}{'kB':>8}{'pages':>7}")
    for row in files():
        print(row)
    print("\nfirst PDF of a process, processor seconds")
    for is_ready in (False, True):
        with multiprocessing.get_context("spawn").Pool(1) as process:
            getting, first, memory = process.apply(first_pdf, (is_ready,))
        told = f"drawn ahead in {getting:.2f} s" if is_ready else "nothing drawn ahead"
        print(f"{first:9.2f} s   {told}, {memory / 1e6:.0f} MB before it")


def vacuum(engine: Engine) -> None:
    """Do what a server's own daemon does."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM (ANALYZE)")


def composed(engine: Engine) -> None:
    """Compose and seal an issue of every cycle, and make it anew."""
    for cycle in Cycle:
        issue = issue_of(CENTRE, cycle, NOW.astimezone(CENTRE.zone).date())
        if issue is None:
            continue
        for _ in range(2):
            with reading(engine) as connection:
                start, worked = time.perf_counter(), work_s(connection)
                compose(connection, CENTRE, issue, NOW)
                seconds, worked = time.perf_counter() - start, work_s(connection) - worked
        with writing(engine) as connection:
            one = seal(connection, CENTRE, issue, NOW, "benchmark")
        with reading(engine) as connection:
            same = body_of(regenerate(connection, CENTRE, one)) == body_of(one.briefing)
        told = "equal" if same else "DIFFERENT"
        print(f"{cycle:14}{seconds:8.2f} s, worked {worked:6.2f} s   made anew: {told}")
        print(f"{'':14}{', '.join(drawn(one.briefing))}")


def drawn(briefing: Briefing) -> Iterator[str]:
    """Draw the files of a composed issue in Chinese, the second time."""
    words = Words(LANGUAGES[0])
    paper = document(briefing, MAKER, words)
    for kind in KINDS:
        file, (_, again) = twice(kind, paper, words)
        pages = f" {pages_of(file.content)} pages" if kind == "pdf" else ""
        yield f"{kind} {again:.2f} s {len(file.content) / 1000:,.0f} kB{pages}"


def work_s(connection: Connection) -> float:
    """Return the processor seconds of this process, and of the one PostgreSQL has for it."""
    own = time.process_time()
    if connection.dialect.name != "postgresql":
        return own
    process = connection.scalar(select(func.pg_backend_pid()))
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return own + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def first_pdf(is_ready: bool) -> tuple[float, float, int]:  # noqa: FBT001 -- spawn calls it so
    """Draw a PDF as a process's first; return seconds to get ready and to draw, and its memory."""
    began = time.process_time()
    if is_ready:
        get_ready([Words(language) for language in LANGUAGES])
    ready = time.process_time()
    memory, words = resident_bytes(), Words(LANGUAGES[0])
    file_of("pdf", document(a_briefing(), MAKER, words), words)
    return ready - began, time.process_time() - ready, memory


def files() -> Iterator[str]:
    """Draw every file of every day twice."""
    for language in LANGUAGES:
        words = Words(language)
        for name, made in DAYS:
            paper = document(made(), MAKER, words)
            for kind in KINDS:
                file, (first, again) = twice(kind, paper, words)
                pages = str(pages_of(file.content)) if kind == "pdf" else ""
                size = len(file.content) / 1000
                yield f"{name:8}{language:8}{kind:6}{first:9.2f}{again:9.2f}{size:8.0f}{pages:>7}"


def twice(kind: str, paper: Document, words: Words) -> tuple[File, tuple[float, float]]:
    """Draw a file two times; return it and the processor seconds of each."""
    seconds = []
    for _ in range(2):
        began = time.process_time()
        file = file_of(kind, paper, words)
        seconds.append(time.process_time() - began)
    return file, (seconds[0], seconds[1])


def pages_of(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


if __name__ == "__main__":
    main()
