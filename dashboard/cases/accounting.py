"""The account of a case's clock, drawn up from its log."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dashboard.calendar import DAY, WorkCalendar, local_day
from dashboard.cases.account import ClockAccount, Extension, FreeDays, Limit, Pause, Start
from dashboard.cases.clock import Basis, basis_of, pauses_of
from dashboard.cases.ledger import Logged, Rows, collect, fold
from dashboard.cases.rules import Rules
from dashboard.cases.state import State, new_state
from dashboard.cases.step import Step
from dashboard.terms import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A log told anew: every step with its number in the log, what came of them, and the clock."""

    steps: tuple[tuple[int, Step], ...]
    rows: Rows
    account: ClockAccount


def tell(log: Iterable[Logged], rules: Rules) -> Told:
    """Tell the log of a case, which need not be sorted, from its beginning.

    Raises:
        TransitionError: with these rules it could not have happened.
    """
    notes, state = _Notes(), new_state()
    steps: list[tuple[int, Step]] = []
    rows: Rows = {}
    for logged, step in fold(sorted(log), rules, state):
        notes.take(step)
        collect(rows, step)
        steps.append((logged.seq, step))
        state = step.case
    return Told(steps=tuple(steps), rows=rows, account=_account(state, notes, rules))


def account(log: Iterable[Logged], rules: Rules) -> ClockAccount:
    """Draw up the account of the case with this log.

    Raises:
        TransitionError: with these rules it could not have happened.
    """
    return tell(log, rules).account


@dataclass(slots=True)
class _Notes:
    """What a state does not keep: why its clock started anew, reasons, and the date before."""

    restarted_by: Event | None = None
    extension: Extension | None = None
    reasons: list[str | None] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Note what the clock owes to this step."""
        before, case, told = step.before, step.case, step.happening
        if case["memory"].get("restarted") != before["memory"].get("restarted"):
            self.restarted_by = told.event
        if told.event is Event.EXTEND:
            self.extension = Extension(
                at=step.at,
                old_due=before["due_at"],
                new_due=case["extended_to"],
                reason=told.reason,
            )
        if told.event is Event.PAUSE:
            self.reasons.append(told.reason)


def _account(state: State, notes: _Notes, rules: Rules) -> ClockAccount:
    """Put together what the deadline of a folded state rests on."""
    basis = basis_of(state, rules)
    pauses = tuple(
        Pause(since=since, until=until, reason=reason,
              moves=basis.set_at is not None and since >= basis.set_at)
        for (since, until), reason in zip(pauses_of(state), notes.reasons, strict=True)
        if basis.start is not None and since >= basis.start
    )  # fmt: skip
    extended = state["extended_to"] is not None
    return ClockAccount(
        zone=rules.calendar.zone,
        accepted_at=state["accepted_at"],
        start=basis.start,
        why=_why(state, basis, notes),
        given_due=None if extended else basis.new_due,
        extension=notes.extension if extended else None,
        pauses=pauses,
        closed_at=state["closed_at"],
        left_at=state["left_at"],
        **_limit(basis, state, rules),
    )


def _why(state: State, basis: Basis, notes: _Notes) -> Start:
    if state["memory"].get("restarted") is not None:
        escalated = notes.restarted_by is Event.ESCALATE_LEVEL
        return Start.ESCALATED if escalated else Start.REOPENED
    waits = basis.rule is not None and basis.rule.start == "dispatched_at"
    given = state["memory"].get("given_due") is not None
    return Start.DISPATCHED if waits and not given else Start.ACCEPTED


def _limit(basis: Basis, state: State, rules: Rules) -> dict[str, Any]:
    """Return the limit and the days within it that do not count, as the account's fields."""
    rule, start, accepted = basis.rule, basis.start, state["accepted_at"]
    if rule is None or start is None or state["memory"].get("given_due") is not None:
        return {}
    calendar, deadlines = rules.calendar, rules.deadlines
    found = deadlines.apply(rule, start)
    first, last = (local_day(instant, calendar.zone) for instant in (start, found.due_at))
    limit = Limit(
        amount=rule.amount,
        unit=rule.unit,
        roll_forward=rule.roll_forward,
        rule=found.rule,
        version=deadlines.version(local_day(accepted, calendar.zone)),
    )
    values: dict[str, Any] = {"limit": limit}
    if found.provisional:
        years = range(first.year, last.year + 1)
        values["provisional"] = tuple(year for year in years if not calendar.knows(year))
    if rule.unit == "working_day":
        return values | _counted(first, last, calendar)
    if rule.roll_forward:
        plain = deadlines.apply(rule.model_copy(update={"roll_forward": False}), start)
        values["rolled"] = (last - local_day(plain.due_at, calendar.zone)).days
    return values


def _counted(first: date, last: date, calendar: WorkCalendar) -> dict[str, Any]:
    """Sort the days after `first` up to `last`: which do not count, and which do by exception."""
    span = [first + n * DAY for n in range(1, (last - first).days + 1)]
    free = [day for day in span if not calendar.is_working(day)]
    holidays = _holidays(free, calendar)
    return {
        "holidays": holidays,
        "rest_days": len(free) - sum(run.days for run in holidays),
        "made_up": tuple(day for day in span if _made_up(day, calendar)),
    }


def _made_up(day: date, calendar: WorkCalendar) -> bool:
    return day.weekday() >= 5 and calendar.is_working(day)


def _holidays(free: list[date], calendar: WorkCalendar) -> tuple[FreeDays, ...]:
    """Return the runs of free days that are more than a weekend."""
    runs: list[FreeDays] = []
    for day in free:
        if runs and day - runs[-1].last == DAY:
            runs[-1] = FreeDays(first=runs[-1].first, last=day)
        else:
            runs.append(FreeDays(first=day, last=day))
    return tuple(run for run in runs if _is_holiday(run, calendar))


def _is_holiday(run: FreeDays, calendar: WorkCalendar) -> bool:
    """Tell whether the whole stretch of free days `run` lies in has a weekday."""
    first, last = run.first, run.last
    while not calendar.is_working(first - DAY):
        first -= DAY
    while not calendar.is_working(last + DAY):
        last += DAY
    return any((first + n * DAY).weekday() < 5 for n in range((last - first).days + 1))
