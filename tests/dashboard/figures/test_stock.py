"""Opening + accepted + reopened - left = closing, over any period of any history."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.cases.record import record_many
from dashboard.database.engine import reading, writing
from dashboard.figures.catalogue.flow import RECEIVED
from dashboard.figures.catalogue.stock import IN_HAND
from dashboard.figures.cell import Cell
from dashboard.figures.measure import measure
from dashboard.figures.people import persons
from dashboard.figures.period import SECOND, Period
from dashboard.figures.stock import stock_flow
from dashboard.figures.view import view_at
from tests import worlds
from tests.dashboard.cases.strategies import histories

RULES = worlds.rules()
hours = st.integers(0, 40 * 24).map(lambda n: worlds.ACCEPTED + timedelta(hours=n))
logs = st.lists(
    histories(RULES), min_size=1, max_size=5, unique_by=lambda log: log[0].facts["source_no"]
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(told=logs, start=hours, length=hours)
def test_the_stock_balances(new_database, told, start, length):
    period = Period(start, start + (length - worlds.ACCEPTED) + SECOND)
    engine, now = new_database(), worlds.ACCEPTED + timedelta(days=90)
    with writing(engine) as connection:
        worlds.small_county(connection)
        record_many(connection, [(None, one) for one in told], rules=RULES, now=worlds.ACCEPTED)
    with reading(engine) as connection:
        flow = stock_flow(view_at(connection, now), period).get(())
        then = view_at(connection, period.end - SECOND, rules=lambda: RULES)
        open_then = measure(then, (IN_HAND,))[IN_HAND].get((), Cell()).numerator
    opening = 0 if flow is None else flow.opening
    closing = 0 if flow is None else flow.closing
    assert closing == open_then
    if flow is not None:
        assert opening + flow.accepted + flow.reopened - flow.left == closing


def test_two_matters_of_one_person_are_one_person(county, now):
    with writing(county) as connection:
        for key in ("a", "a", "b", None):
            case_id = worlds.a_case(connection)
            connection.execute(
                worlds.tables.party.insert().values(
                    case_id=case_id, role="applicant", party_key=key
                )
            )
    with reading(county) as connection:
        assert persons(view_at(connection, now), RECEIVED) == 2
