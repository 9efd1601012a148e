import csv
from datetime import timedelta
from io import StringIO

import orjson
import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.database.engine import open_engine, writing
from tests import worlds

DAY = timedelta(days=1)


@pytest.fixture
def engine(sqlite_blank, tmp_path, monkeypatch, now):
    """A small county with three cases in hand and one closed."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "county.db"
    file.write_bytes(sqlite_blank.read_bytes())
    engine = open_engine(f"sqlite:///{file}")
    with writing(engine) as connection:
        worlds.small_county(connection)
        worlds.a_case(connection, title="=1+1", due_at=now - DAY, lead_dept_id="water")
        worlds.a_case(connection, title="路灯不亮", due_at=now + DAY)
        worlds.a_case(connection, title="占道经营", due_at=now + 2 * DAY, lead_dept_id=None)
        worlds.a_case(
            connection, stage="closed", close_outcome="resolved", closed_at=now - DAY, due_at=now
        )
    yield engine
    engine.dispose()


def run(engine, *arguments):
    as_of = () if "--as-of" in arguments else ("--as-of", "2026-03-18T14:20:36")
    return CliRunner().invoke(
        main, ["cases", "--database", str(engine.url), *as_of, *arguments]
    )  # fmt: skip


def titles(engine, *arguments):
    result = run(engine, "--json", *arguments)
    assert result.exit_code == 0, result.output
    found = orjson.loads(result.output)
    assert found["total"] == len(found["cases"])
    return [case["title"] for case in found["cases"]]


@pytest.mark.parametrize(
    "arguments, expected",
    [
        ((), ["=1+1", "路灯不亮", "占道经营"]),
        (("--view", "overdue"), ["=1+1"]),
        (("--department", "water", "--department", ""), ["=1+1", "占道经营"]),
        (("--colour", "red"), ["=1+1"]),
        (("--text", "路灯"), ["路灯不亮"]),
        (("--area", worlds.BAISHUI), []),
    ],
)
def test_it_lists_what_the_page_lists(engine, arguments, expected):
    assert titles(engine, *arguments) == expected


@pytest.mark.parametrize("view, count", [("accepted", 4), ("closed", 1), ("all", 4)])
def test_lists_of_a_period_take_one(engine, view, count):
    assert len(titles(engine, "--view", view, "--period", "month", "--on", "2026-03-01")) == count


def test_csv_runs_nothing_and_says_what_it_is(engine):
    output = run(engine, "--csv")
    assert output.exception is None
    text = output.stdout_bytes.decode("utf-8-sig")
    lines = list(csv.reader(StringIO(text, newline="")))
    about = {line[0]: line[1] for line in lines[:5]}
    assert (about["view"], about["rows"], about["total"]) == ("open", "3", "3")
    head, *rows = lines[6:]
    assert [row[head.index("title")] for row in rows] == ["'=1+1", "路灯不亮", "占道经营"]


def test_plain_text_says_how_much_it_leaves_out(engine):
    output = run(engine, "--limit", "1").output.splitlines()
    assert output[0].endswith("open: 3 cases")
    assert output[-1] == "… 2 more"


@pytest.mark.parametrize(
    "arguments, fault",
    [
        (("--as-of", "yesterday"), "'yesterday' is not an ISO"),
        (("--on", "2026-02-30"), "'2026-02-30' is not an ISO"),
        (("--stage", "nowhere"), "nowhere"),
    ],
)
def test_what_means_nothing_is_named(engine, arguments, fault):
    result = run(engine, *arguments)
    assert result.exit_code != 0
    assert fault in result.output


def test_what_was_known_then_needs_a_then(engine):
    result = CliRunner().invoke(main, ["cases", "--database", str(engine.url), "--known-then"])
    assert "needs --as-of" in result.output
