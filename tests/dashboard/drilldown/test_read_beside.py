"""Stock over time is what was open then; a department's times, orders and returns are its own."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from dashboard.database.engine import reading, writing
from dashboard.database.tables import supervision_order
from dashboard.drilldown.read_beside import DAYS, read_beside, read_stock
from dashboard.figures.catalogue.stock import IN_HAND
from dashboard.figures.cell import Cell
from dashboard.figures.filters import Filters
from dashboard.figures.measure import measure
from dashboard.figures.period import SECOND, Period, days_until
from dashboard.figures.view import view_at
from dashboard.terms import Event
from tests.conftest import NOW
from tests.dashboard.drilldown.county_worlds import CENTRE, COUNTY, subject_of
from tests.worlds import TO_THE_END, UP_TO_WORK, XIPING, a_history, rules

ZONE, RULES = CENTRE.zone, rules()
AREAS = (None, XIPING, "530303001001")
histories = st.lists(
    st.tuples(
        st.sampled_from([UP_TO_WORK, TO_THE_END, (Event.REPORT,), (Event.REPORT, Event.ACCEPT)]),
        st.integers(0, 13 * 24),
        st.integers(1, 30),
        st.sampled_from(["530303001001", "530303004001", "530303103001"]),
    ),
    max_size=6,
)


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=histories)
def test_the_stock_of_each_day_is_what_was_open_at_its_end(blank, told):
    with writing(blank) as connection:
        for events, hours_ago, every, area in told:
            start = NOW - timedelta(hours=hours_ago)
            last = [n for n in range(len(events)) if start + n * timedelta(hours=every) <= NOW]
            a_history(
                connection, *events[: len(last)], start=start, every=timedelta(hours=every),
                area_code=area,
            )  # fmt: skip
    midnights = days_until(NOW, DAYS, ZONE)
    ends = [*(midnight - SECOND for midnight in midnights[1:]), NOW]
    with reading(blank) as connection:
        for area in AREAS:
            stock = read_stock(
                view_at(connection, NOW, filters=Filters(area=area)),
                open_at(connection, NOW, area),
                ZONE,
            )
            assert stock[-1] == open_at(connection, NOW, area)
            for place in (0, DAYS - 2):
                assert stock[place] == open_at(connection, ends[place], area)


def open_at(connection, instant, area):
    view = view_at(connection, instant, filters=Filters(area=area), rules=lambda: RULES)
    return measure(view, (IN_HAND,))[IN_HAND].get((), Cell()).numerator


def test_a_department_sees_its_orders_and_an_answer_only_from_when_it_came(county, now):
    day = timedelta(days=1)
    with writing(county) as connection:
        case = a_history(connection, area_code="530303001001")
        told = {"case_id": case, "sheet_type": "supervision_sheet", "status": "open"}
        connection.execute(
            insert(supervision_order),
            [
                {**told, "number": 1, "to_dept_id": "hrss", "issued_at": now - 2 * day,
                 "replied_at": now - day},
                {**told, "number": 2, "to_dept_id": "hrss", "issued_at": now - day,
                 "replied_at": now + day},
                {**told, "number": 3, "to_dept_id": "water", "issued_at": now - day,
                 "replied_at": None},
            ],
        )  # fmt: skip
    with reading(county) as connection:
        view = view_at(connection, now)
        subject = subject_of(connection, "department", "hrss")
        found = read_beside(view, subject, Period(now - 9 * day, now + SECOND), 1, ZONE)
    assert [one.replied_at for one in found.orders] == [None, now - day]
    assert [one.figure for one in found.held] == ["unclaimed_time", "held_time"]
    assert found.weak is not None


def test_only_townships_and_departments_have_weak_points(county, now):
    with reading(county) as connection:
        view = view_at(connection, now)
        period = Period(now - timedelta(days=9), now + SECOND)
        for kind, code, compared in (("area", COUNTY, False), ("area", XIPING, True)):
            subject = subject_of(connection, kind, code)
            found = read_beside(view, subject, period, 0, ZONE)
            assert (found.weak is not None) is compared
            assert (found.held, found.returned, found.orders) == ((), None, ())
