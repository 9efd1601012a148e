"""Reading what a page can be compared with."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dashboard.calendar import start_of
from dashboard.drilldown.against import Against, Comparison
from dashboard.figures.choice import DAY, PeriodChoice
from dashboard.figures.period import Period
from dashboard.figures.reach import oldest_case
from dashboard.figures.spring import aligned_year_before, as_days, is_moved
from dashboard.figures.view import View


def read_comparison(
    view: View, zone: ZoneInfo, period: PeriodChoice, wanted: Against
) -> Comparison:
    """Compare with what is wanted; where that says nothing of the period, with the next simpler.

    A year before says nothing where the database has no cases so old, 春节 where it lies in
    neither span or in both.
    """
    since = oldest_case(view)
    spans = _spans(view, zone, period, since)
    offered = tuple(spans)
    order = list(Against)
    against = next(one for one in order[order.index(wanted) :: -1] if one in spans)
    return Comparison(against=against, offered=offered, before=spans[against], since=since)


def _spans(
    view: View, zone: ZoneInfo, period: PeriodChoice, oldest: datetime | None
) -> dict[Against, Period]:
    spans = {Against.PREVIOUS: period.as_far(period.previous(), view.as_of, zone)}
    earlier = period.year_before()
    if oldest is None or start_of(earlier.first + DAY, zone) <= oldest:
        return spans
    spans[Against.YEAR] = year = period.as_far(earlier, view.as_of, zone)
    aligned = aligned_year_before(period)
    if aligned is not None and is_moved(period.until(view.as_of, zone), year, zone):
        spans[Against.SPRING] = as_days(period).as_far(aligned, view.as_of, zone)
    return spans
