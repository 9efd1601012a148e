"""`wuqing briefing`: the files of a draft, and of an issue once it is sealed."""

from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from click.testing import CliRunner
from sqlalchemy import update

from dashboard.__main__ import main
from dashboard.briefing.cycle import issue_of
from dashboard.briefing.issue import Cycle
from dashboard.briefing.seal import seal
from dashboard.database.briefing_tables import sealed_briefing
from dashboard.database.engine import open_engine, writing
from tests.dashboard.briefing.world import CENTRE, DAY, MORNING, found

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


def test_a_word_that_is_no_day_is_refused(engine):
    assert "is no day" in run(engine, "--date", "tomorrow").output
