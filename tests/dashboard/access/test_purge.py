"""What is over goes when somebody is let in; what is not stays."""

from datetime import timedelta

from sqlalchemy import func, select

from dashboard.access.links import make_link, use_link
from dashboard.access.purge import KEPT_AFTER, MOST, purge
from dashboard.access.sessions import LONGEST, begin_session
from dashboard.access.throttle import KEPT, begin_try
from dashboard.database.access_tables import (
    account,
    sign_in_failure,
    sign_in_link,
    sign_in_session,
)
from dashboard.database.engine import reading, writing
from tests.dashboard.access.conftest import PASSWORD

HERE = "10.0.0.1"


def count(engine, table):
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(table))


def test_what_is_over_goes_when_somebody_is_let_in(county, door, clock, zhang):
    with writing(county) as connection:
        who = connection.scalar(select(account.c.account_id))
        begin_session(connection, who, clock())
        used = make_link(connection, who, clock() + timedelta(days=30))
        use_link(connection, used, clock())
        make_link(connection, who, clock())
        make_link(connection, who, clock() + timedelta(days=30))
        begin_try(connection, "zhong", HERE, clock())
    clock.on(hours=12)
    door.sign_in(zhang, PASSWORD, HERE)
    assert (count(county, sign_in_session), count(county, sign_in_link)) == (2, 3)

    clock.at += KEPT_AFTER
    door.sign_in(zhang, PASSWORD, HERE)
    assert count(county, sign_in_session) == 2
    assert count(county, sign_in_link) == 1
    assert count(county, sign_in_failure) == 0


def test_it_goes_a_bounded_lot_at_a_time(county, clock, zhang):
    with writing(county) as connection:
        who = connection.scalar(select(account.c.account_id))
        for _ in range(MOST + 5):
            begin_session(connection, who, clock())
    clock.at += LONGEST + KEPT_AFTER + KEPT
    with writing(county) as connection:
        purge(connection, clock())
    assert count(county, sign_in_session) == 5
