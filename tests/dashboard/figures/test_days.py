"""Days in spans: counted by division where days are of one length, span by span where not."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboard.database.engine import reading, writing
from dashboard.figures.catalogue.flow import RECEIVED
from dashboard.figures.days import Days
from dashboard.figures.dimension import even_step, spans
from dashboard.figures.measure import measure
from dashboard.figures.period import SECOND, Period
from dashboard.figures.view import view_at
from tests.worlds import a_case

SHANGHAI, LONDON = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London")
MOMENTS = [
    datetime(2026, 3, 18, 14, 20, tzinfo=SHANGHAI),
    datetime(2026, 3, 18, 0, 0, tzinfo=SHANGHAI),
    datetime(2026, 3, 31, 9, 30, tzinfo=LONDON),  # a day of 23 hours lies two days before
]


@pytest.mark.parametrize("as_of", MOMENTS)
def test_a_day_holds_what_came_from_its_midnight_until_this_clock_time_and_after(county, as_of):
    zone = as_of.tzinfo
    days = Days.until(as_of, 9, zone)
    moments = [as_of - timedelta(minutes=13 * n) for n in range(900)]
    moments += [edge + shift for edge in days.starts for shift in (-SECOND, 0 * SECOND)]
    moments = [at for at in moments if days.starts[0] <= at <= as_of]
    with writing(county) as connection:
        for at in moments:
            a_case(connection, accepted_at=at)
    with reading(county) as connection:
        view = view_at(connection, as_of)
        parts = measure(view, (RECEIVED,), (days.dimension,), days.period)[RECEIVED]
        plain = measure(view, (RECEIVED,), (spans(days.midnights),), days.period)[RECEIVED]
    counts = {place: cell.numerator for (place,), cell in parts.items()}

    clock = as_of.timestamp() - days.midnights[-1].timestamp()
    ends = [*days.midnights[1:], days.end]
    whole = [sum(a <= at < b for at in moments) for a, b in zip(days.midnights, ends, strict=True)]
    so_far = [
        sum(a <= at < b and at.timestamp() - a.timestamp() <= clock for at in moments)
        for a, b in zip(days.midnights, ends, strict=True)
    ]
    assert days.whole(counts) == tuple(whole)
    assert days.so_far(counts) == tuple(so_far)
    assert {place: cell.numerator for (place,), cell in plain.items()} == {
        place: count for place, count in enumerate(whole) if count
    }


def test_only_many_spans_of_one_length_are_divided_for():
    start = datetime(2026, 3, 1, tzinfo=SHANGHAI)
    even = [start + timedelta(days=n) for n in range(6)]
    assert even_step(even) == 86_400
    assert even_step(even[:3]) is None
    assert even_step([*even, even[-1] + timedelta(hours=1)]) is None


def test_instants_before_the_first_span_and_after_the_last_belong_to_them(county):
    start = datetime(2026, 3, 10, tzinfo=SHANGHAI)
    starts = [start + timedelta(days=n) for n in range(6)]
    with writing(county) as connection:
        for at in (start - timedelta(days=3), starts[-1] + timedelta(days=2)):
            a_case(connection, accepted_at=at)
    with reading(county) as connection:
        period = Period(start - timedelta(days=9), start + timedelta(days=9))
        cells = measure(view_at(connection, period.end), (RECEIVED,), (spans(starts),), period)
    assert {place: cell.numerator for (place,), cell in cells[RECEIVED].items()} == {0: 1, 5: 1}
