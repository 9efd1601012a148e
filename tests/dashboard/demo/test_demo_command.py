"""`wuqing demo` and `wuqing demo live` from the command line."""

import signal
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from dashboard.commands.demo_command import command
from dashboard.database.engine import open_engine, writing
from tests import worlds

UNTIL = "2026-03-18T14:20+08:00"


def build(file: Path, *options: str) -> str:
    arguments = ["--database", f"sqlite:///{file}", "--years", "0.02", *options]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_second_call_only_brings_the_county_up_to_date(tmp_path: Path):
    file = tmp_path / "demo.db"
    assert "is built" in build(file, "--until", UNTIL)
    assert "up to date" in build(file, "--until", "2026-03-18T15:20+08:00")


def test_an_instant_that_is_none_is_named(tmp_path: Path):
    arguments = ["--database", f"sqlite:///{tmp_path / 'demo.db'}", "--until", "noon"]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 2
    assert "'noon'" in result.output


def test_real_cases_are_refused_with_a_sentence(tmp_path: Path, sqlite_blank: Path):
    file = tmp_path / "real.db"
    file.write_bytes(sqlite_blank.read_bytes())
    engine = open_engine(f"sqlite:///{file}")
    with writing(engine) as connection:
        worlds.small_county(connection)
        worlds.a_case(connection)
    engine.dispose()
    result = CliRunner().invoke(command, ["--database", f"sqlite:///{file}"])
    assert result.exit_code == 1
    assert "not synthetic" in result.output


def test_the_live_day_ends_cleanly_when_told_to(tmp_path: Path):
    file = tmp_path / "demo.db"
    build(file)
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard", "demo", "live", "--database", f"sqlite:///{file}"],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert "live" in process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
