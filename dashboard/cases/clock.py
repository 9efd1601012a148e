"""When the clock of a case runs: its deadline, its pauses and the time its handling took."""

from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, NamedTuple

from dashboard.calendar import local_day
from dashboard.cases.rules import Rules
from dashboard.cases.state import State
from dashboard.deadlines import Deadline
from dashboard.settings import DeadlineSetting
from dashboard.terms import Level, Risk

INPUTS = (
    "case_kind", "level", "risk_level", "accepted_at", "first_dispatched_at", "extended_to",
)  # fmt: skip
"""What a deadline may rest on, beside REMEMBERED."""

REMEMBERED = ("restarted", "extended", "given_due", "pauses")
"""Keys of `memory`: UTC seconds, and a list of [from, to or None]."""


def remember(case: State, **values: Any) -> None:  # noqa: ANN401 -- small JSON values
    """Put values into the memory of `case`; the old memory stays as it was."""
    case["memory"] = {**case["memory"], **values}


def seconds(instant: datetime) -> int:
    """Return UTC seconds."""
    return int(instant.timestamp())


def restart(case: State, at: datetime) -> None:
    """Start the clock anew, as an escalation or a reopening does."""
    remember(case, restarted=seconds(at), extended=None, given_due=None)
    case["extended_to"] = None


def begin_pause(case: State, at: datetime) -> None:
    """Stop the clock."""
    case["paused_since"] = at
    remember(case, pauses=[*case["memory"].get("pauses", ()), [seconds(at), None]])


def end_pause(case: State, at: datetime) -> None:
    """Let the clock run again; does nothing when it runs."""
    if case["paused_since"] is None:
        return
    *earlier, (since, _) = case["memory"]["pauses"]
    case["paused_since"] = None
    case["paused_s"] += seconds(at) - since
    remember(case, pauses=[*earlier, [since, seconds(at)]])


def set_deadline(case: State, before: State, rules: Rules) -> None:
    """Set the deadline's columns when a fact they rest on has changed."""
    if _rests_on_the_same(case, before):
        return
    basis = basis_of(case, rules)
    if basis == basis_of(before, rules):
        return
    found = _deadline(basis, rules)
    case["deadline_rule"] = None if found is None else found.rule
    case["due_provisional"] = found is not None and found.provisional
    for name in ("blue_at", "yellow_at", "red_at", "due_at"):
        instant = None if found is None else getattr(found, name)
        stopped = instant is not None and _after(instant, case["paused_since"])
        case[name] = None if stopped else instant
    if case["original_due_at"] is None:
        case["original_due_at"] = case["due_at"]


def _rests_on_the_same(case: State, before: State) -> bool:
    if _inputs(case) != _inputs(before):
        return False
    memory, known = case["memory"], before["memory"]
    return memory is known or all(memory.get(key) == known.get(key) for key in REMEMBERED)


_inputs = itemgetter(*INPUTS)


def set_handling_time(case: State, rules: Rules) -> None:
    """Set the minutes from acceptance to closing without pauses, on both clocks (metrics 4.3)."""
    start, end = case["accepted_at"], case["closed_at"]
    if start is None or end is None:
        case["handle_minutes"] = case["handle_working_minutes"] = None
        return
    working_s = rules.calendar.working_seconds(start, end)
    calendar_s = seconds(end) - seconds(start)
    for since, until in pauses_of(case):
        since, until = max(since, start), min(until or end, end)
        calendar_s -= max(seconds(until) - seconds(since), 0)
        working_s -= rules.calendar.working_seconds(since, until)
    case["handle_minutes"] = calendar_s // 60
    case["handle_working_minutes"] = working_s // 60


class Basis(NamedTuple):
    """What a deadline is computed from; `pauses` are those since it was set, at `set_at`.

    `serious`: it is shown one colour higher.
    """

    rule: DeadlineSetting | None
    start: datetime | None
    new_due: datetime | None
    set_at: datetime | None
    pauses: tuple[tuple[datetime, datetime | None], ...]
    serious: bool


def basis_of(case: State, rules: Rules) -> Basis:
    """Gather what the deadline of `case` rests on; its rule is the one in force at acceptance."""
    memory = case["memory"]
    rule = _rule(case, rules)
    start: datetime | None = case["accepted_at"]
    new_due: datetime | None = case["extended_to"]
    given = memory.get("given_due")
    if memory.get("restarted") is not None:
        start = instant_of(memory["restarted"])
    elif given is None and rule is not None and rule.start == "dispatched_at":
        start = case["first_dispatched_at"]
    set_at = start
    if new_due is not None:
        set_at = instant_of(memory["extended"])
    elif given is not None:
        rule, new_due = None, instant_of(given)
    pauses = tuple(pause for pause in pauses_of(case) if set_at is not None and pause[0] >= set_at)
    serious = rules.deadlines.colours.one_higher and (
        case["risk_level"] == Risk.HIGH or case["level"] == Level.MAJOR
    )
    return Basis(rule, start, new_due, set_at, pauses, serious)


def _rule(case: State, rules: Rules) -> DeadlineSetting | None:
    if case["accepted_at"] is None:
        return None
    day = local_day(case["accepted_at"], rules.calendar.zone)
    return rules.deadlines.matching(case["case_kind"], case["level"], case["risk_level"], day)


def _deadline(basis: Basis, rules: Rules) -> Deadline | None:
    if basis.start is None:
        return None
    if basis.new_due is not None:
        found = rules.deadlines.extended(basis.rule, basis.start, basis.new_due)
    elif basis.rule is not None:
        found = rules.deadlines.apply(basis.rule, basis.start)
    else:
        return None
    if basis.serious:
        found = found.one_higher(basis.start)
    for since, until in basis.pauses:
        if until is not None:
            found = found.shifted(since, until)
    return found


def pauses_of(case: State) -> list[tuple[datetime, datetime | None]]:
    """Return the pauses of `case` in order; the last may still run."""
    return [
        (instant_of(since), None if until is None else instant_of(until))
        for since, until in case["memory"].get("pauses", ())
    ]


def instant_of(utc_seconds: int) -> datetime:
    """Return the instant of UTC seconds."""
    return datetime.fromtimestamp(utc_seconds, UTC)


def _after(instant: datetime, since: datetime | None) -> bool:
    return since is not None and instant > since
