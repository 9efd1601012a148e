"""What a briefing costs: `python -m benchmarks.briefing [--full] [--postgres]`.

The tables of benchmarks.board with 1e5 cases (1e6 with --full). Prints, for each database, seconds
to compose an issue of every cycle (the second time), and whether a sealed one made anew is equal;
then for each day, language and file its processor seconds, size and A4 pages. Files are drawn
twice: the first PDF of a process also reads the fonts.
"""

import argparse
import io
import time
from collections.abc import Iterator

import pypdf
from sqlalchemy import Engine

from benchmarks.board import NOW, fill
from benchmarks.leaders import database
from dashboard.briefing.briefing import Cycle
from dashboard.briefing.compose import compose
from dashboard.briefing.cycle import issue_of
from dashboard.briefing.encode import body_of
from dashboard.briefing.seal import regenerate, seal
from dashboard.database.engine import open_engine, reading, writing
from layouts.briefing.files import KINDS, file_of
from layouts.briefing.write import Maker, document
from layouts.words import LANGUAGES, Words
from tests.briefings import AS_OF, a_briefing, flood, quarter
from tests.dashboard.briefing.world import CENTRE

DAYS = (("usual", a_briefing), ("flood", flood), ("quarter", quarter))


def main() -> None:
    """Print the composing of each database, then the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="1e6 cases, too")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL, too")
    arguments = parser.parse_args()
    for kind in ("sqlite", *(["postgresql"] if arguments.postgres else [])):
        for count in (100_000, *([1_000_000] if arguments.full else [])):
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
                start = time.perf_counter()
                compose(connection, CENTRE, issue, NOW)
                seconds = time.perf_counter() - start
        with writing(engine) as connection:
            one = seal(connection, CENTRE, issue, NOW, "benchmark")
        with reading(engine) as connection:
            same = body_of(regenerate(connection, CENTRE, one)) == body_of(one.briefing)
        print(f"{cycle:14}{seconds:8.2f} s   made anew: {'equal' if same else 'DIFFERENT'}")


def files() -> Iterator[str]:
    """Draw every file of every day twice."""
    for language in LANGUAGES:
        words = Words(language)
        for name, made in DAYS:
            paper = document(made(), Maker(centre="沾益区综治中心", made_at=AS_OF), words)
            for kind in KINDS:
                seconds = []
                for _ in range(2):
                    began = time.process_time()
                    file = file_of(kind, paper, words)
                    seconds.append(time.process_time() - began)
                pages = ""
                if kind == "pdf":
                    pages = str(len(pypdf.PdfReader(io.BytesIO(file.content)).pages))
                size, (first, again) = len(file.content) / 1000, seconds
                yield f"{name:8}{language:8}{kind:6}{first:9.2f}{again:9.2f}{size:8.0f}{pages:>7}"


if __name__ == "__main__":
    main()
