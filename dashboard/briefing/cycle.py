"""Which briefings a centre has, and the span each is about."""

from datetime import date, datetime

from dashboard.briefing.days import KINDS
from dashboard.briefing.issue import Cycle, Issue
from dashboard.calendar import at_local
from dashboard.centre import Centre
from dashboard.figures.choice import DAY, PeriodChoice, PeriodKind


def cycles(centre: Centre) -> dict[Cycle, str]:
    """Return the cycles of the centre's profile with its words; a daily one if it names none.

    Of two words for one cycle the first counts; cycles without a span ("at once") have no issue.
    """
    found: dict[Cycle, str] = {}
    for stated in centre.profile.cycle:
        if stated.code in set(Cycle):
            found.setdefault(Cycle(stated.code), stated.named)
    return found or {Cycle.DAILY: ""}


def issue_of(centre: Centre, cycle: Cycle, day: date) -> Issue | None:
    """Return the newest issue of a cycle on `day`: of the last span that is over that morning.

    Its own day is the one its span ends on. None on a day off that is skipped.
    """
    rule = centre.settings.briefing
    off = not centre.calendar.is_working(day)
    if cycle is Cycle.DAILY:
        if off and rule.days_off == "skip":
            return None
        choice = _days_before(centre, day)
    else:
        running = PeriodChoice.containing(KINDS[cycle], day)
        choice = PeriodChoice(
            kind=running.kind,
            first=running.previous().first,
            last=running.previous().last,
            starts=rule.starts,
        )
    own = choice.last + DAY
    span = choice.span(centre.zone)
    return Issue(
        cycle=cycle,
        day=own,
        start=span.start,
        end=span.end,
        name=cycles(centre).get(cycle, ""),
        day_off=rule.days_off == "mark" and not centre.calendar.is_working(own),
    )


def due_at(centre: Centre, issue: Issue) -> datetime | None:
    """Return when an issue is sealed by itself: at the set time, once its span is over."""
    clock = centre.settings.briefing.sealing
    return None if clock is None else max(at_local(issue.day, clock, centre.zone), issue.end)


def due_issues(centre: Centre, since: date, now: datetime) -> tuple[Issue, ...]:
    """Return the issues whose sealing time has come since a day, oldest first; none by hand."""
    clock = centre.settings.briefing.sealing
    if clock is None:
        return ()
    found: dict[tuple[date, Cycle], Issue] = {}
    day = since
    while at_local(day, clock, centre.zone) <= now:
        for cycle in cycles(centre):
            issue = issue_of(centre, cycle, day)
            if issue is not None and issue.day == day and issue.end <= now:
                found[day, cycle] = issue
        day += DAY
    return tuple(found.values())


def _days_before(centre: Centre, day: date) -> PeriodChoice:
    """Return the day before, and with it the skipped days off before that."""
    first = day - DAY
    if centre.settings.briefing.days_off == "skip":
        while not centre.calendar.is_working(first):
            first -= DAY
    kind = PeriodKind.DAY if first == day - DAY else PeriodKind.CUSTOM
    return PeriodChoice(
        kind=kind, first=first, last=day - DAY, starts=centre.settings.briefing.starts
    )
