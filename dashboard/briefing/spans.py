"""The spans an issue's figures are counted over: its own, those compared with, and the month."""

from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.briefing.briefing import Cycle, Issue
from dashboard.briefing.cycle import choice_of
from dashboard.centre import Centre
from dashboard.figures.choice import DAY, PeriodChoice, PeriodKind
from dashboard.figures.period import SECOND, Period

SHORT = (Cycle.DAILY, Cycle.WEEKLY, Cycle.HALF_MONTHLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """`now` ends where the view looks; `year` is None for a daily issue.

    `so_far` is the running month of the span's last day, for longer cycles the year; `so_far_year`
    the same a year ago, None as `year` is where no case is so old. `month` is the month units are
    compared over.
    """

    moment: datetime
    now: Period
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
        choice = choice_of(issue, centre)
        kind = PeriodKind.MONTH if issue.cycle in SHORT else PeriodKind.YEAR
        whole = PeriodChoice.containing(kind, choice.last)
        starts = centre.settings.briefing.starts
        month = PeriodChoice.containing(PeriodKind.MONTH, choice.last)
        so_far = PeriodChoice(kind=kind, first=whole.first, last=whole.last, starts=starts)
        year = None
        if issue.cycle is not Cycle.DAILY:
            year = choice.as_far(choice.year_before(), reached, zone)
        return cls(
            moment=moment,
            now=Period(issue.start, min(issue.end, moment + SECOND)),
            before=choice.as_far(choice.previous(), reached, zone),
            year=year,
            so_far=so_far.until(moment, zone),
            so_far_year=so_far.as_far(so_far.year_before(), moment, zone),
            month=month,
        )

    def reaching(self, oldest: datetime | None) -> "Spans":
        """Leave out the years before the oldest case: what nobody recorded is not nothing."""

        def reached(span: Period | None) -> Period | None:
            there = span is not None and oldest is not None and oldest < span.start + DAY
            return span if there else None

        return replace(self, year=reached(self.year), so_far_year=reached(self.so_far_year))
