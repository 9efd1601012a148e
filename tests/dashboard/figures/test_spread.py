"""Mean, median and 90th percentile are ranked by the database as Python would."""

from datetime import UTC, datetime, timedelta
from math import ceil
from statistics import mean, median

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest import approx, raises
from sqlalchemy import delete

from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.figures.catalogue.stock import IN_HAND, OPEN_AGE
from dashboard.figures.catalogue.times import HANDLING_TIME
from dashboard.figures.dimension import TOWNSHIP
from dashboard.figures.period import Period
from dashboard.figures.spread import spreads
from dashboard.figures.view import view_at
from tests.conftest import NOW
from tests.worlds import HUASHAN, XIPING, a_case

ALWAYS = Period(datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))
minutes = st.lists(
    st.tuples(st.integers(0, 50_000), st.sampled_from([XIPING, HUASHAN])), max_size=30
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(minutes)
def test_the_database_ranks_as_python_does(county, handled):
    with writing(county) as connection:
        connection.execute(delete(tables.cases))
        for number, town in handled:
            a_case(connection, stage="closed", closed_at=NOW, close_outcome="resolved",
                   handle_minutes=number, township_code=town)  # fmt: skip
        a_case(connection, stage="closed", closed_at=NOW, close_outcome="unresolved_closed",
               handle_minutes=9)  # fmt: skip
    with reading(county) as connection:
        found = spreads(view_at(connection, NOW), HANDLING_TIME, (TOWNSHIP,), ALWAYS)
    towns = {town for _, town in handled}
    assert set(found) == {(town,) for town in towns}
    for town in towns:
        values = sorted(number for number, own in handled if own == town)
        spread = found[town,]
        assert spread.n == len(values)
        assert spread.mean == approx(mean(values))
        assert spread.median == median(values)
        assert spread.p90 == values[ceil(len(values) * 9 / 10) - 1]


def test_without_dimensions_there_is_one_key_and_without_amounts_none(county, now):
    with reading(county) as connection:
        assert spreads(view_at(connection, now), OPEN_AGE) == {}
    with writing(county) as connection:
        a_case(connection, accepted_at=now - timedelta(hours=2))
    with reading(county) as connection:
        assert spreads(view_at(connection, now), OPEN_AGE)[()].median == 7200


def test_a_count_has_no_spread(county, now):
    with reading(county) as connection, raises(ValueError, match="measures no amount"):
        spreads(view_at(connection, now), IN_HAND)
