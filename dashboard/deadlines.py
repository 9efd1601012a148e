"""When a case falls due and when its colour changes, from the first rule that matches it."""

import math
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from dashboard.calendar import DAY, WorkCalendar, at_local, local_day
from dashboard.settings import Colours, DeadlineSetting
from dashboard.terms import Colour

LAST_SECOND = time(23, 59, 59)
LONG_DAYS = 3
LONG_MARGIN = timedelta(hours=24)
SAME_DAY_MARGIN = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The instants at which a case turns blue, yellow and overdue; start <= blue <= yellow <= due.

    `red_at` is set only where a case turns red before it is overdue. `due_at` is the last second in
    time. `provisional`: it rests on a year whose holidays are not known. `rule` names the limit,
    as "general:3:day".
    """

    due_at: datetime
    blue_at: datetime
    yellow_at: datetime
    provisional: bool
    rule: str
    red_at: datetime | None = None

    def one_higher(self, start: datetime) -> "Deadline":
        """Show one colour higher from the start of the clock on; what is red stays red."""
        return replace(self, blue_at=start, yellow_at=self.blue_at, red_at=self.yellow_at)

    def shifted(self, since: datetime, until: datetime) -> "Deadline":
        """Stop the clock from `since` to `until`; what was to come then comes that much later.

        An instant already passed stays: a pause neither heals lateness nor takes a colour back.
        The shift is the pause's length on the calendar, for working-day limits too.
        """

        def later(instant: datetime) -> datetime:
            return instant + (until - since) if instant > since else instant

        return replace(
            self,
            due_at=later(self.due_at),
            blue_at=later(self.blue_at),
            yellow_at=later(self.yellow_at),
            red_at=None if self.red_at is None else later(self.red_at),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """A set of rules in force together: `number` counts from 1, the first has no beginning."""

    number: int
    since: date | None


@dataclass(frozen=True, kw_only=True)
class DeadlineRules:
    """The centre's time limits in order; the first that matches holds (metrics 4.6)."""

    rules: Sequence[DeadlineSetting]
    calendar: WorkCalendar
    colours: Colours = field(default_factory=Colours)

    def matching(
        self, kind: str | None, level: str | None, risk: str | None, day: date
    ) -> DeadlineSetting | None:
        """Return the first rule all of whose conditions hold for a case accepted on `day`."""
        for rule in self.rules:
            if (
                rule.kind in (None, kind)
                and rule.level in (None, level)
                and rule.risk in (None, risk)
                and rule.in_force(day)
            ):
                return rule
        return None

    def deadline(
        self, kind: str | None, level: str | None, risk: str | None, start: datetime
    ) -> Deadline | None:
        """Return the deadline of a case accepted, and its clock started, at `start`."""
        rule = self.matching(kind, level, risk, local_day(start, self.calendar.zone))
        return None if rule is None else self.apply(rule, start)

    def version(self, day: date) -> "RuleVersion":
        """Name the set of rules that binds the cases accepted on `day`."""
        changes = {rule.valid_from for rule in self.rules if rule.valid_from is not None}
        changes |= {rule.valid_until + DAY for rule in self.rules if rule.valid_until is not None}
        passed = sorted(change for change in changes if change <= day)
        return RuleVersion(number=len(passed) + 1, since=passed[-1] if passed else None)

    def apply(self, rule: DeadlineSetting, start: datetime) -> Deadline:
        """Return the deadline `rule` sets to a clock that starts at `start`."""
        start = start.astimezone(UTC)
        due_at = self._due(rule, start)
        counts_working_days = rule.unit == "working_day" or rule.roll_forward
        return replace(
            self._coloured(rule, start, due_at),
            provisional=counts_working_days and not self._knows(start, due_at),
        )

    def extended(
        self, rule: DeadlineSetting | None, start: datetime, new_due: datetime
    ) -> Deadline:
        """Return the deadline of a case whose due date was set by hand or by its source.

        Colours follow the whole new limit, on the clock of `rule` or, without one, the calendar's.
        """
        return self._coloured(rule, start.astimezone(UTC), new_due.astimezone(UTC))

    def _due(self, rule: DeadlineSetting, start: datetime) -> datetime:
        if rule.unit == "hour":
            return start + timedelta(hours=rule.amount)
        day = local_day(start, self.calendar.zone)
        match rule.unit:
            case "day":
                day += timedelta(days=rule.amount)
            case "working_day":
                day = self.calendar.add_working_days(day, rule.amount)
            case "month":
                day = months_later(day, rule.amount)
        if rule.roll_forward:
            day = self.calendar.next_working(day)
        return at_local(day, LAST_SECOND, self.calendar.zone)

    def _coloured(
        self, rule: DeadlineSetting | None, start: datetime, due_at: datetime
    ) -> Deadline:
        """Place the colours: shares of the limit on the rule's own clock, and the last hours.

        For a working-day rule a share f is reached at the first instant by which f of the limit's
        working seconds have passed (a limit without working time uses the calendar). The margin of
        the last 24 or 2 hours is calendar time.
        """
        working = rule is not None and rule.unit == "working_day"
        limit_s = self.calendar.working_seconds(start, due_at) if working else 0
        working = limit_s > 0
        if not working:
            limit_s = int((due_at - start).total_seconds())

        def reached(share: float) -> datetime:
            seconds = math.ceil(round(share * limit_s, 6))
            if working:
                return self.calendar.after_working_seconds(start, seconds)
            return start + timedelta(seconds=seconds)

        margin = _margin(rule, due_at - start)
        yellow_at = max(min(reached(self.colours.yellow_from), due_at - margin), start)
        red_from = self.colours.red_from
        return Deadline(
            due_at=due_at,
            blue_at=min(reached(self.colours.blue_from), yellow_at),
            yellow_at=yellow_at,
            red_at=None if red_from is None else max(reached(red_from), yellow_at),
            provisional=False,
            rule="given" if rule is None else _name(rule),
        )

    def _knows(self, start: datetime, due_at: datetime) -> bool:
        first, last = (local_day(instant, self.calendar.zone).year for instant in (start, due_at))
        return all(self.calendar.knows(year) for year in range(first, last + 1))


def colour_at(
    instant: datetime,
    blue_at: datetime | None,
    yellow_at: datetime | None,
    due_at: datetime | None,
    red_at: datetime | None = None,
) -> Colour:
    """Return the colour an open case shows at `instant`; a case without instants shows none."""
    for changes_at, colour in (
        (red_at or due_at, Colour.RED),
        (yellow_at, Colour.YELLOW),
        (blue_at, Colour.BLUE),
    ):
        if changes_at is not None and changes_at <= instant:
            return colour
    return Colour.NONE


def _margin(rule: DeadlineSetting | None, limit: timedelta) -> timedelta:
    """How long before the due date a case is yellow at the latest; limits count as stated."""
    if rule is None:
        return LONG_MARGIN if limit > timedelta(days=LONG_DAYS) else timedelta()
    if rule.unit == "same_day":
        return SAME_DAY_MARGIN
    days = {"hour": rule.amount / 24, "month": 28 * rule.amount}.get(rule.unit, rule.amount)
    return LONG_MARGIN if days > LONG_DAYS else timedelta()


def _name(rule: DeadlineSetting) -> str:
    conditions = [text for text in (rule.kind, rule.level, rule.risk) if text is not None]
    limit = rule.unit if rule.unit == "same_day" else f"{rule.amount}:{rule.unit}"
    return f"{'+'.join(conditions) or 'any'}:{limit}"[:40]


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
