"""`wuqing briefing`: the files of a draft."""

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.database.engine import open_engine
from tests.dashboard.briefing.world import DAY, found

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


def test_a_draft_is_written_in_four_files_and_says_so(engine, tmp_path):
    result = run(engine, "--date", f"{DAY}", "--cycle", "daily", "--out", "files", "--lang", "en")
    assert result.exit_code == 0, result.output
    files = list((tmp_path / "files").iterdir())
    assert {file.suffix[1:] for file in files} == KINDS
    assert {file.stem for file in files} == {"briefing-daily-20260311-draft"}
    text = (tmp_path / "files" / "briefing-daily-20260311-draft.txt").read_text("utf-8-sig")
    assert "Draft, not issued" in text
    assert "Matters to coordinate today\nNone." in text


def test_a_word_that_is_no_day_is_refused(engine):
    assert "is no day" in run(engine, "--date", "tomorrow").output
