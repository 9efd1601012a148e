import json

import pytest
from click.testing import CliRunner
from sqlalchemy import insert

from dashboard.__main__ import main
from dashboard.database import tables
from dashboard.database.engine import open_engine, writing
from tests.worlds import a_case, small_county


@pytest.fixture
def url(sqlite_blank, tmp_path, monkeypatch):
    """A small county with one case; no settings file in the working directory."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "county.db"
    file.write_bytes(sqlite_blank.read_bytes())
    engine = open_engine(f"sqlite:///{file}")
    with writing(engine) as connection:
        small_county(connection)
        connection.execute(insert(tables.site).values(key="profile", value="shishou"))
        a_case(connection, situation="stability")
    engine.dispose()
    return f"sqlite:///{file}"


def run(*arguments):
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_the_board_is_printed_as_of_an_instant_in_the_profile_of_the_database(url):
    result = run("board", "--database", url, "--as-of", "2026-03-10T12:00", "--json")
    board = json.loads(result.output)
    assert board["as_of"] == "2026-03-10T04:00:00+00:00"
    assert board["profile"] == "shishou"
    assert board["tallies"]["accepted"]["value"] == 1


def test_the_text_has_every_tally(url):
    output = run("board", "--database", url, "--as-of", "2026-03-10T12:00+08:00").output
    words = [line.split() for line in output.splitlines()]
    tallies = {line[0]: line[1] for line in words if line[0] in ("accepted", "open", "overdue")}
    assert tallies == {"accepted": "1", "open": "1", "overdue": "0"}


def test_a_league_says_whether_it_has_an_order_and_lists_every_unit(url):
    lines = run("board", "--database", url, "--as-of", "2026-03-10T12:00+08:00").output.splitlines()
    league = [" ".join(line.split()[1:]) for line in lines if line.startswith("league")]
    assert "townships — p —, not ranked" in league
    assert "hrss — too few due, 0 of 0" in league


def test_a_profile_that_is_asked_for_replaces_the_database_s(url):
    result = run("board", "--database", url, "--profile", "haifeng", "--json")
    assert json.loads(result.output)["profile"] == "haifeng"


def test_an_instant_that_is_none_is_refused_with_a_sentence(url):
    result = run("board", "--database", url, "--as-of", "yesterday")
    assert result.exit_code == 2
    assert "'yesterday' is not an ISO instant" in result.output


def test_a_database_without_tables_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("board", "--database", f"sqlite:///{tmp_path / 'new.db'}")
    assert result.exit_code == 1
    assert "wuqing init" in result.output


def test_the_catalogue_is_listed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    url = f"sqlite:///{tmp_path / 'new.db'}"
    rows = json.loads(run("figures", "--database", url, "--json").output)
    assert {"id": "on_time_rate", "unit": "share", "population": "due", "instant": "due_at",
            "source": "metrics 4.2, league-tables 3"} in rows  # fmt: skip
    assert len(run("figures", "--database", url).output.splitlines()) == len(rows)
