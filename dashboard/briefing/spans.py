"""The spans an issue's figures are counted over: its own, those compared with, and the month."""

from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.briefing.days import Days
from dashboard.briefing.issue import Cycle, Issue
from dashboard.centre import Centre
from dashboard.figures.choice import DAY, PeriodChoice
from dashboard.figures.period import SECOND, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """`now` ends where the view looks, `whole` where the issue does; `year` is None for a day's.

    `so_far_year` is `so_far` a year ago, None as `year` is where no case is so old.
    """

    moment: datetime
    now: Period
    whole: Period
    before: Period
    year: Period | None
    so_far: Period
    so_far_year: Period | None
    month: PeriodChoice

    @classmethod
    def of(cls, issue: Issue, centre: Centre, as_of: datetime) -> "Spans":
        """Cut the spans at what is over: an issue made before its span ends says less."""
        zone = centre.zone
        moment = min(as_of.replace(microsecond=0), issue.end - SECOND)
        over = moment == issue.end - SECOND
        reached = issue.end if over else moment  # what is over compares with the whole other
        days = Days.of(issue, moment, zone)
        own, so_far = days.own, days.so_far
        year = None
        if issue.cycle is not Cycle.DAILY:
            year = own.as_far(own.year_before(), reached, zone)
        return cls(
            moment=moment,
            now=Period(issue.start, min(issue.end, moment + SECOND)),
            whole=Period(issue.start, issue.end),
            before=own.as_far(own.previous(), reached, zone),
            year=year,
            so_far=so_far.until(moment, zone),
            so_far_year=so_far.as_far(so_far.year_before(), moment, zone),
            month=days.month,
        )

    def reaching(self, oldest: datetime | None) -> "Spans":
        """Leave out the years before the oldest case: what nobody recorded is not nothing."""

        def reached(span: Period | None) -> Period | None:
            there = span is not None and oldest is not None and oldest < span.start + DAY
            return span if there else None

        return replace(self, year=reached(self.year), so_far_year=reached(self.so_far_year))
