"""What strangers are refused does not fill the log, and none of it is lost."""

import pytest
from sqlalchemy import func, select

from dashboard.access.audit import Deed, verify
from dashboard.access.refusals import MOST, write_down_refusal
from dashboard.database.access_tables import audit_entry, refusal
from dashboard.database.engine import reading, writing
from tests.dashboard.access.conftest import KEY, PASSWORD, results

HERE, THERE = "10.0.0.1", "10.0.0.2"
WRONG = "wrong horse battery"


@pytest.fixture
def refuse(county, clock):
    def once(address=HERE, **own):
        deed = Deed(**{"actor": "?", "action": "sign_in", "result": "refused", **own},
                    address=address)  # fmt: skip
        with writing(county) as connection:
            write_down_refusal(connection, deed, clock(), KEY)

    return once


def lines(engine):
    with reading(engine) as connection:
        assert verify(connection, KEY).altered is None
        return connection.execute(select(audit_entry).order_by(audit_entry.c.entry_id)).all()


def test_the_same_refusal_is_one_line_an_hour_and_then_a_count(county, refuse, clock, now):
    for _ in range(500):
        refuse()
    assert len(lines(county)) == 1

    clock.on(hours=1)
    refuse()
    first, counted, anew = lines(county)
    assert (first.address, first.detail) == (HERE, None)
    began = int(now.timestamp())
    assert counted.detail == {"again": 499, "since": began, "until": began}
    assert (counted.address, counted.result, anew.detail) == (HERE, "refused", None)


def test_each_address_and_each_kind_has_its_own(county, refuse):
    for _ in range(3):
        refuse()
        refuse(THERE)
        refuse(result="locked")
        refuse(actor="zhang")
        refuse(subject="link")

    assert len(lines(county)) == 5


def test_from_ever_new_addresses_it_is_one_line_more(county, refuse):
    for number in range(MOST + 50):
        refuse(f"10.1.{number // 250}.{number % 250}")

    found = lines(county)
    assert len(found) == MOST + 1
    assert (found[-1].actor, found[-1].address) == ("?", "*")
    with reading(county) as connection:
        assert connection.scalar(select(func.sum(refusal.c.times))) == 49


def test_whoever_is_let_in_has_the_counts_written_down(county, door, clock, zhang):
    for _ in range(9):
        door.sign_in("nobody", WRONG, HERE)
    clock.on(hours=2)
    door.sign_in(zhang, PASSWORD, THERE)

    assert [result for *_, result in results(county)] == [
        "refused", "locked", "refused", "locked", "ok",
    ]  # fmt: skip
    assert [row.detail and row.detail["again"] for row in lines(county)] == [None, None, 4, 3, None]


def test_a_link_that_works_no_more_is_counted_too(county, door):
    for _ in range(50):
        door.enter("no link", HERE)

    assert len(lines(county)) == 1
