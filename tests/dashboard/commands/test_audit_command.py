from datetime import timedelta

import orjson
import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from dashboard.__main__ import main
from dashboard.access.audit import Deed, write_down
from dashboard.database.engine import open_engine, writing

HASH = "0" * 64


@pytest.fixture
def engine(sqlite_blank, tmp_path, monkeypatch, now):
    """A log of three days; no settings file in the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WUQING_AUDIT_SECRET", "s")
    file = tmp_path / "log.db"
    file.write_bytes(sqlite_blank.read_bytes())
    engine = open_engine(f"sqlite:///{file}")
    with writing(engine) as connection:
        for n in range(3):
            deed = Deed(
                actor="zhang", role="leader", address="10.0.0.1", action="export", subject=f"s{n}",
                detail={"rows": n} if n else None,
            )  # fmt: skip
            write_down(connection, deed, now + timedelta(days=n), SecretStr("s"))
    yield engine
    engine.dispose()


def run(engine, *arguments):
    return CliRunner().invoke(main, ["audit", *arguments, "--database", str(engine.url)])


def tamper(engine, statement):
    with writing(engine) as connection:
        connection.exec_driver_sql(statement)


def test_a_log_that_was_left_alone_holds_with_every_head_it_had(engine):
    last = run(engine, "head").output.strip()

    assert last.startswith("3:")
    for arguments in ((), ("--head", last), ("--head", last.upper())):
        result = run(engine, "verify", *arguments)
        assert (result.exit_code, result.output) == (0, "3 rows, all as they were written\n")


def test_the_first_altered_row_is_named_and_the_code_is_1(engine):
    tamper(engine, "UPDATE audit_entry SET subject = 'x' WHERE entry_id >= 2")
    result = run(engine, "verify")

    assert (result.exit_code, result.output) == (1, "row 2: the row was changed\n")


def test_a_cut_off_end_is_named_by_a_head_kept_elsewhere(engine):
    kept = run(engine, "head").output.strip()
    tamper(engine, "DELETE FROM audit_entry WHERE entry_id = 3")
    tamper(
        engine,
        "UPDATE audit_head SET entry_id = 2, "
        "hash = (SELECT hash FROM audit_entry WHERE entry_id = 2)",
    )

    assert run(engine, "verify").exit_code == 0
    result = run(engine, "verify", "--head", kept)
    assert (result.exit_code, result.output) == (1, "row 3: the end was cut off here\n")


@pytest.mark.parametrize("head", ["", "3", f"x:{HASH}", "3:abc", f"3:{HASH}0", f"-1:{HASH}"])
def test_what_is_no_head_is_refused(engine, head):
    result = run(engine, "verify", "--head", head)

    assert (result.exit_code, "is no head" in result.output) == (2, True)


@pytest.mark.parametrize("act", ["head", "verify"])
def test_a_log_without_its_head_is_an_error(engine, act):
    tamper(engine, "DELETE FROM audit_head")
    result = run(engine, act)

    assert (result.exit_code, "record of its end is gone" in result.output) == (1, True)


def test_another_key_is_said_to_be_one_of_two_causes(engine, monkeypatch):
    monkeypatch.setenv("WUQING_AUDIT_SECRET", "another")
    result = run(engine, "verify")

    assert (result.exit_code, "row 1" in result.output) == (1, True)
    assert "audit_secret" in result.output


def test_without_a_key_a_verdict_says_what_it_is_worth(engine, monkeypatch):
    monkeypatch.delenv("WUQING_AUDIT_SECRET")

    assert "audit_secret is not set" in run(engine, "verify").stderr


@pytest.mark.parametrize(
    "since, subjects",
    [
        ((), ["s0", "s1", "s2"]),
        (("--since", "2026-03-19"), ["s1", "s2"]),
        (("--since", "2026-03-19T14:20:36"), ["s1", "s2"]),
        (("--since", "2026-03-19T14:20:37+08:00"), ["s2"]),
        (("--since", "2026-03-21"), []),
    ],
)
def test_the_list_begins_when_one_says_in_local_time(engine, since, subjects):
    found = orjson.loads(run(engine, "list", "--json", *since).output)["entries"]

    assert [each["subject"] for each in found] == subjects
    assert len(run(engine, "list", *since).output.splitlines()) == len(subjects)


def test_a_line_says_who_from_where_did_what_when(engine):
    line = run(engine, "list").output.splitlines()[1]

    assert line.split() == [
        "2", "2026-03-19T14:20:36+08:00", "zhang", "leader", "10.0.0.1", "export", "s1", "ok",
        '{"rows":1}',
    ]  # fmt: skip


def test_a_day_that_is_none_is_named(engine):
    result = run(engine, "list", "--since", "2026-02-30")

    assert (result.exit_code, "'2026-02-30' is no ISO date" in result.output) == (2, True)


@pytest.mark.parametrize("change", ["detail = '{'", "at = 99999999999999"])
def test_a_row_that_cannot_be_read_leads_to_verifying(engine, change):
    tamper(engine, f"UPDATE audit_entry SET {change} WHERE entry_id = 2")

    result = run(engine, "list")
    assert (result.exit_code, "wuqing audit verify" in result.output) == (1, True)
    assert "row 2" in run(engine, "verify").output


def test_looking_at_the_log_writes_nothing_into_it(engine):
    before = run(engine, "head").output
    for act in ("list", "verify", "head"):
        run(engine, act)

    assert run(engine, "head").output == before
