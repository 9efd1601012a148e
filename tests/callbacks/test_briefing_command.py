"""`wuqing briefing`: the files of a draft, and of an issue once it is sealed."""

import resource
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from click.testing import CliRunner
from sqlalchemy import update

from callbacks.briefing_command import write_files
from dashboard.__main__ import main
from dashboard.briefing.cycle import issue_of
from dashboard.briefing.issue import Cycle
from dashboard.briefing.seal import seal
from dashboard.database.briefing_tables import sealed_briefing
from dashboard.database.engine import open_engine, writing
from dashboard.database.tables import cases
from dashboard.terms import Event
from layouts.briefing.files import File
from tests.dashboard.briefing.world import CENTRE, DAY, MORNING, found, story, tell

KINDS = {"pdf", "docx", "xlsx", "txt"}


@pytest.fixture
def engine(sqlite_blank, tmp_path, monkeypatch):
    """A small county without a case; no settings file in the working directory."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "county.db"
    file.write_bytes(sqlite_blank.read_bytes())
    engine = open_engine(f"sqlite:///{file}")
    found(engine)
    yield engine
    engine.dispose()


def run(engine, *arguments):
    return CliRunner().invoke(main, ["briefing", "--database", str(engine.url), *arguments])


def sealed(engine):
    issue = issue_of(CENTRE, Cycle.DAILY, DAY)
    with writing(engine) as connection:
        return seal(connection, CENTRE, issue, MORNING + timedelta(minutes=1), "test")


def test_a_draft_is_written_in_four_files_and_says_so(engine, tmp_path):
    result = run(engine, "--date", f"{DAY}", "--cycle", "daily", "--out", "files", "--lang", "en")
    assert result.exit_code == 0, result.output
    files = list((tmp_path / "files").iterdir())
    assert {file.suffix[1:] for file in files} == KINDS
    assert {file.stem for file in files} == {"briefing-daily-20260311-draft"}
    text = (tmp_path / "files" / "briefing-daily-20260311-draft.txt").read_text("utf-8-sig")
    assert "Draft, not issued" in text
    assert "Matters to coordinate today\nNone." in text


def test_a_sealed_issue_is_written_with_its_number_and_seal_and_always_the_same(engine, tmp_path):
    fingerprint = sealed(engine).seal.sha256
    written = []
    for folder in ("one", "two"):
        assert run(engine, "--date", f"{DAY}", "--cycle", "daily", "--out", folder).exit_code == 0
        files = sorted((tmp_path / folder).iterdir())
        written.append({file.name: file.read_bytes() for file in files})
    assert written[0] == written[1]
    assert set(written[0]) == {f"briefing-daily-20260311.{kind}" for kind in KINDS}
    content = written[0]["briefing-daily-20260311.pdf"]
    page = pypdf.PdfReader(BytesIO(content)).pages[0].extract_text()
    said = "".join(page.split())
    assert "〔2026〕第1期" in said
    assert fingerprint in said
    assert "草稿" not in said


def test_a_sealed_issue_that_was_changed_is_refused(engine):
    sealed(engine)
    with writing(engine) as connection:
        body = sealed_briefing.c.body
        changed = body.concat(" ")
        connection.execute(update(sealed_briefing).values(body=changed))
    result = run(engine, "--date", f"{DAY}", "--cycle", "daily")
    assert result.exit_code == 1
    assert "does not fit" in result.output


def broken_row(engine):
    tell(engine, story(Event.REGISTER, Event.ACCEPT, start=MORNING - timedelta(hours=20)))
    with writing(engine) as connection:
        connection.execute(update(cases).values(source_channel="nobody's"))


def broken_body(engine):
    sealed(engine)
    with writing(engine) as connection:
        connection.execute(update(sealed_briefing).values(body="{}"))


@pytest.mark.parametrize(
    ("break_it", "kind"), [(broken_row, "ValueError"), (broken_body, "BodyError")]
)
def test_what_cannot_be_composed_ends_with_the_sentence_of_its_page(engine, break_it, kind):
    break_it(engine)
    result = run(engine, "--date", f"{DAY}", "--cycle", "daily")
    assert result.exit_code == 1
    assert result.output == (
        "Error: The daily dispatch briefing of 11 March could not be composed: "
        f"error in program or data ({kind}), see log\n"
    )


def test_what_cannot_be_drawn_does_so_too(engine, monkeypatch, tmp_path):
    sheet = tmp_path / "broken.typ"
    sheet.write_text("#nothing-known")
    monkeypatch.setattr("layouts.briefing.pdf.SHEET", sheet)
    result = run(engine, "--date", f"{DAY}", "--cycle", "daily", "--out", "files")
    assert result.exit_code == 1
    assert result.output.startswith(
        "Error: The daily dispatch briefing of 11 March could not be dr"
    )
    assert "(TypstError)" in result.output


def test_a_word_that_is_no_day_is_refused(engine):
    assert "is no day" in run(engine, "--date", "tomorrow").output


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_no_span_can_be_counted_from_is_refused(engine, day):
    result = run(engine, "--date", day)
    assert (result.exit_code, "is no day" in result.output) == (2, True)


def test_a_time_to_come_and_a_cycle_the_centre_has_not_are_refused_in_words(engine, tmp_path):
    ahead = run(engine, "--date", "2990-01-02", "--out", "files")
    assert (ahead.exit_code, "is to come" in ahead.output) == (1, True)
    other = run(engine, "--date", f"{DAY}", "--cycle", "half_monthly", "--out", "files")
    assert (other.exit_code, "the centre meets daily, weekly" in other.output) == (2, True)
    assert not (tmp_path / "files").exists()


def test_a_paper_of_a_time_without_cases_is_written_and_says_so(engine):
    result = run(engine, "--date", "1990-03-14", "--out", "files")
    assert result.exit_code == 0
    assert "no case is known of the time until 1990-03-14" in result.stderr


def test_a_folder_that_cannot_be_made_is_refused_in_words(engine, tmp_path):
    (tmp_path / "taken").write_text("a file")
    result = run(engine, "--date", f"{DAY}", "--out", "taken/files")
    assert result.exit_code == 1
    assert "no file is written: Not a directory" in result.output


@contextmanager
def files_of_at_most(size):
    """Let the process write no longer file, which is to it as a disk that is full."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_full_disk_is_told_in_words(engine, tmp_path):
    with files_of_at_most(40_000):
        result = run(engine, "--date", f"{DAY}", "--out", "files")
    assert (result.exit_code, "no file is written" in result.output) == (1, True)
    assert list(tmp_path.glob("files/*")) == []


def test_a_disk_that_fills_up_at_the_last_file_leaves_what_was_there(tmp_path):
    def files(text, size):
        contents = {"a.txt": text.encode(), "b.txt": b"x" * size}
        return [File(name, name, "text/plain", content) for name, content in contents.items()]

    write_files(files("before", 1), tmp_path)
    with files_of_at_most(40_000), pytest.raises(OSError, match="too large"):
        write_files(files("after", 50_000), tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.txt", "b.txt"]
    assert (tmp_path / "a.txt").read_text() == "before"
