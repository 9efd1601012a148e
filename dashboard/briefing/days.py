"""The days a briefing is about, as values: what an address can ask for."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dashboard.briefing.issue import Cycle, Issue
from dashboard.calendar import local_day
from dashboard.figures.choice import DAY, PeriodChoice, PeriodKind

KINDS = {
    Cycle.DAILY: PeriodKind.DAY,
    Cycle.WEEKLY: PeriodKind.WEEK,
    Cycle.HALF_MONTHLY: PeriodKind.HALF_MONTH,
    Cycle.MONTHLY: PeriodKind.MONTH,
    Cycle.QUARTERLY: PeriodKind.QUARTER,
}


WEEK = timedelta(days=7)
SHORT = (Cycle.DAILY, Cycle.WEEKLY, Cycle.HALF_MONTHLY)
"""Cycles that also count the running month; longer ones count the year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days an issue's figures are about, as a page can be asked for them.

    `own` are the issue's. `so_far` is the running month of its last day, for longer cycles the
    year, on the same clock; `month` is that month by the calendar, over which units are compared.
    `today` is the day its figures end on, `week` the seven before it, in which hotspots are found.
    """

    own: PeriodChoice
    so_far: PeriodChoice
    month: PeriodChoice
    today: PeriodChoice
    week: PeriodChoice

    @classmethod
    def of(cls, issue: Issue, as_of: datetime, zone: ZoneInfo) -> "Days":
        """Tell them of the issue as its figures stand at `as_of`."""
        own = choice_of(issue, zone)
        kind = PeriodKind.MONTH if issue.cycle in SHORT else PeriodKind.YEAR
        today = local_day(as_of, zone)
        return cls(
            own=own,
            so_far=replace(PeriodChoice.containing(kind, own.last), starts=own.starts),
            month=PeriodChoice.containing(PeriodKind.MONTH, own.last),
            today=PeriodChoice.containing(PeriodKind.DAY, today),
            week=PeriodChoice(kind=PeriodKind.CUSTOM, first=today - WEEK, last=today - DAY),
        )


def choice_of(issue: Issue, zone: ZoneInfo) -> PeriodChoice:
    """Return the days an issue is about, to be compared with others."""
    begun = issue.start.astimezone(zone)
    starts = timedelta(hours=begun.hour, minutes=begun.minute)
    first = begun.date()
    last = local_day(issue.end, zone) - DAY
    kind = KINDS[issue.cycle]
    if kind is PeriodKind.DAY and first != last:
        kind = PeriodKind.CUSTOM
    return PeriodChoice(kind=kind, first=first, last=last, starts=starts)
