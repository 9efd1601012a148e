from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import ProgrammingError

from dashboard.access.audit import (
    CHANGED,
    COVERED,
    CUT_OFF,
    FIRST_CHANGED,
    MISSING,
    OTHER_CHAIN,
    OTHER_HEAD,
    PAST_HEAD,
    PUT_IN,
    STORED,
    AuditError,
    Deed,
    Head,
    Verdict,
    head,
    verify,
    write_down,
)
from dashboard.access.role import Role
from dashboard.database.access_tables import audit_entry, audit_head
from dashboard.database.engine import open_engine, reading, writing
from tests.dashboard.access.conftest import KEY

ROWS = 12
ROW = STORED.c.entry_id
MUST = ("actor", "action", "result", "hash")


def write(connection, at, rows=ROWS, key=KEY):
    """Write rows that differ, with and without what may be left out."""
    for n in range(rows):
        full = {
            "role": Role.LEADER, "address": "10.0.0.1", "subject": f"s{n}",
            "detail": {"n": n, "b": [1, "二"]}, "request_id": f"r{n}",
        }  # fmt: skip
        deed = Deed(actor=f"actor{n}", action="export", **(full if n % 3 else {}))
        write_down(connection, deed, at + timedelta(minutes=n), key)


@pytest.fixture
def log(blank, now):
    with writing(blank) as connection:
        write(connection, now)
    return blank


@contextmanager
def tampering(engine):
    """A transaction that comes to nothing."""
    options = {"writes": True}
    with engine.connect().execution_options(**options) as connection, connection.begin() as all_:
        yield connection
        all_.rollback()


def shift(connection, first, by):
    """Renumber all rows from `first` on."""
    away = update(STORED).where(first <= ROW).values(entry_id=-(ROW + by))
    connection.execute(away)
    connection.execute(update(STORED).where(ROW < 0).values(entry_id=-ROW))


def rows(connection):
    return [dict(row) for row in connection.execute(select(STORED).order_by(ROW)).mappings()]


def test_an_empty_log_holds(blank):
    with reading(blank) as connection:
        assert head(connection) == Head(0, "")
        assert verify(connection, KEY) == verify(connection, KEY, Head(0, "")) == Verdict(0, None)


def test_a_log_that_was_left_alone_holds(log):
    with reading(log) as connection:
        last = head(connection)
        assert last.entry_id == ROWS
        assert verify(connection, KEY, last) == Verdict(ROWS, None)


def test_what_is_written_down_is_there_to_read(blank, now):
    deed = Deed(
        actor="张三", role=Role.LEADER, action="export", subject="x", detail={"b": 1, "a": None}
    )
    with writing(blank) as connection:
        write_down(connection, deed, now.replace(microsecond=999_999), KEY)

    with reading(blank) as connection:
        row = connection.execute(select(audit_entry)).one()
    assert (row.entry_id, row.at, row.actor, row.role) == (1, now, "张三", "leader")
    assert (row.subject, row.detail, row.address) == ("x", {"a": None, "b": 1}, None)


def test_a_deed_that_was_not_done_is_not_written_down(log, now):
    with pytest.raises(ZeroDivisionError), writing(log) as connection:
        write(connection, now, 1)
        raise ZeroDivisionError

    with reading(log) as connection:
        assert verify(connection, KEY) == Verdict(ROWS, None)


@pytest.mark.parametrize("text", ["zh\0ng", "a\nforged line", "\x1b[2J", "\udce4", "长" * 999])
def test_any_text_can_be_written_down(log, now, text):
    deed = Deed(actor=text, role=text, action=text, result=text, address=text, subject=text)
    with writing(log) as connection:
        write_down(connection, deed, now, KEY)

    with reading(log) as connection:
        row = connection.execute(select(audit_entry).where(audit_entry.c.entry_id == 13)).one()
        assert verify(connection, KEY) == Verdict(ROWS + 1, None)
    assert len(row.actor) <= 60
    assert row.actor.isprintable()


def test_the_first_altered_row_is_named_whatever_was_done(log):
    """Change, delete, put in or swap any one row."""
    number = st.integers(1, ROWS)

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def check(data):
        with tampering(log) as connection:
            kind = data.draw(st.sampled_from(["change", "delete", "put in", "swap"]))
            n = data.draw(number)
            if kind == "change":
                why = change(data, connection, n)
            elif kind == "delete":
                connection.execute(delete(STORED).where(n == ROW))
                why = {MISSING if n < ROWS else CUT_OFF}
            elif kind == "put in":
                n = data.draw(st.integers(0, ROWS + 1))
                why = put_in(data, connection, n)
            else:
                other = data.draw(number.filter(lambda m: m != n))
                swap(connection, n, other)
                n, why = min(n, other), {CHANGED, FIRST_CHANGED}
            verdict = verify(connection, KEY)
            assert (verdict.rows, verdict.altered) == (max(0, n - 1), n)
            assert verdict.why in why

    check()


def change(data, connection, n):
    name = data.draw(st.sampled_from([*COVERED[1:], "hash"]))
    before = connection.scalar(select(STORED.c[name]).where(n == ROW))
    if name == "at":
        value = before + data.draw(st.integers(-(10**11), 10**11).filter(bool))
    else:
        most = getattr(audit_entry.c[name].type, "length", None) or 40
        letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
        texts = st.text(letters, max_size=most)
        value = data.draw(texts if name in MUST else st.none() | texts)
        if value == before:
            value = f"{before or ''}x"[-most:] if before != "x" else "y"
    connection.execute(update(STORED).where(n == ROW).values({name: value}))
    return {CHANGED if n > 1 else FIRST_CHANGED}


def put_in(data, connection, n):
    copied = rows(connection)[data.draw(st.integers(0, ROWS - 1))]
    if n > 0:
        shift(connection, n, 1)
    connection.execute(insert(STORED).values(**copied | {"entry_id": n, "actor": "mallory"}))
    return {PUT_IN} if n == 0 else {CHANGED, FIRST_CHANGED}


def swap(connection, one, other):
    for number, moved in ((one, -1), (other, one), (-1, other)):
        connection.execute(update(STORED).where(number == ROW).values(entry_id=moved))


@pytest.mark.parametrize("name", ["at", "actor", "detail", "hash"])
@pytest.mark.parametrize("value", [b"\xff\xfe", "é", 1.5, 10**18])
@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_a_value_of_another_kind_is_a_change(log, name, value):
    with tampering(log) as connection:
        connection.execute(update(STORED).where(ROW == 7).values({name: value}))
        assert verify(connection, KEY) == Verdict(6, 7, CHANGED)


@pytest.mark.parametrize("left", [0, 1, 11])
def test_a_cut_off_end_is_seen(log, left):
    with tampering(log) as connection:
        connection.execute(delete(STORED).where(left < ROW))
        assert verify(connection, KEY) == Verdict(left, left + 1, CUT_OFF)


@pytest.mark.parametrize("left", [0, 1, 11])
def test_an_end_cut_off_together_with_its_head_is_seen_by_a_head_kept_elsewhere(log, left):
    with tampering(log) as connection:
        kept = head(connection)
        last = rows(connection)[left - 1]["hash"] if left else ""
        connection.execute(delete(STORED).where(left < ROW))
        connection.execute(update(audit_head).values(entry_id=left, hash=last))

        assert verify(connection, KEY) == Verdict(left, None)
        assert verify(connection, KEY, kept) == Verdict(left, left + 1, CUT_OFF)


def test_a_head_kept_earlier_holds_as_the_log_grows(log, now):
    with tampering(log) as connection:
        kept = head(connection)
        write(connection, now, 3)
        assert verify(connection, KEY, kept) == Verdict(ROWS + 3, None)


def test_a_whole_new_chain_is_seen_by_the_key_or_a_head_kept_elsewhere(log, now):
    """What somebody can do who may write the database but knows no key."""
    for key, seen in ((None, None), (KEY, 1)):
        with tampering(log) as connection:
            connection.execute(delete(STORED))
            connection.execute(update(audit_head).values(entry_id=0, hash=""))
            write(connection, now, key=None)
            own = head(connection)
            connection.execute(delete(STORED))
            connection.execute(update(audit_head).values(entry_id=0, hash=""))
            write(connection, now - timedelta(days=1), key=None)

            assert verify(connection, key).altered == seen
            if key is None:
                assert verify(connection, key, own) == Verdict(ROWS, ROWS, OTHER_CHAIN)


@pytest.mark.parametrize("key", [None, SecretStr("another key")])
def test_with_another_key_no_row_holds_and_the_key_is_named(log, key):
    with reading(log) as connection:
        assert verify(connection, key) == Verdict(0, 1, FIRST_CHANGED)
    assert "audit_secret" in FIRST_CHANGED


def test_a_row_past_the_head_is_put_in(log, now):
    with tampering(log) as connection:
        kept = head(connection)
        write(connection, now, 2)
        connection.execute(update(audit_head).values(entry_id=kept.entry_id, hash=kept.hash))
        assert verify(connection, KEY) == Verdict(ROWS, ROWS + 1, PAST_HEAD)


def test_a_changed_head_is_seen(log):
    with tampering(log) as connection:
        connection.execute(update(audit_head).values(hash="0" * 64))
        assert verify(connection, KEY) == Verdict(ROWS, ROWS, OTHER_HEAD)


def test_without_its_head_nothing_can_be_done_that_must_be_written_down(log, now):
    with tampering(log) as connection:
        connection.execute(delete(audit_head))
        for act in (head, lambda c: verify(c, KEY), lambda c: write(c, now, 1)):
            with pytest.raises(AuditError, match="record of its end is gone"):
                act(connection)


def test_writers_at_once_never_fork_the_chain(log, now):
    threads, each = 8, 15
    engines = [open_engine(log.url.render_as_string(hide_password=False)) for _ in range(2)]
    together = Barrier(threads)

    def work(n):
        together.wait()
        for step in range(each):
            with writing(engines[n % 2]) as connection:
                write_down(connection, Deed(actor=f"w{n}", action=f"a{step}"), now, KEY)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(threads)))
    for engine in engines:
        engine.dispose()

    with reading(log) as connection:
        assert verify(connection, KEY) == Verdict(ROWS + threads * each, None)
        mine = [row for row in rows(connection) if row["actor"] == "w3"]
    assert [row["action"] for row in mine] == [f"a{step}" for step in range(each)]


@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
def test_a_service_that_may_only_append_can_write_down_and_change_nothing(log, now):
    with tampering(log) as connection:
        for statement in (
            "CREATE ROLE appender",
            "GRANT SELECT, INSERT ON audit_entry TO appender",
            "GRANT SELECT, UPDATE ON audit_head TO appender",
            "SET LOCAL ROLE appender",
        ):
            connection.exec_driver_sql(statement)
        write(connection, now, 2)
        assert verify(connection, KEY) == Verdict(ROWS + 2, None)
        for act in (delete(STORED), update(STORED).values(actor="x")):
            refused = pytest.raises(ProgrammingError, match="permission denied")
            with refused, connection.begin_nested():
                connection.execute(act)
