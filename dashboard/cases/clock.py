"""When the clock of a case runs: its deadline, its pauses and the time its handling took."""

from datetime import UTC, datetime
from typing import Any

from dashboard.cases.rules import Rules
from dashboard.cases.state import State
from dashboard.deadlines import Deadline
from dashboard.settings import DeadlineSetting

INPUTS = ("case_kind", "level", "risk_level", "accepted_at", "first_dispatched_at", "extended_to")
REMEMBERED = ("restarted", "extended", "given_due", "pauses")
"""Keys of `memory` (UTC seconds; a list of [from, to or None]) that the deadline depends on."""


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
    if _inputs(case) == _inputs(before):
        return
    found = _deadline(case, rules)
    case["deadline_rule"] = None if found is None else found.rule
    case["due_provisional"] = found is not None and found.provisional
    for name in ("blue_at", "yellow_at", "due_at"):
        instant = None if found is None else getattr(found, name)
        stopped = instant is not None and _after(instant, case["paused_since"])
        case[name] = None if stopped else instant
    if case["original_due_at"] is None:
        case["original_due_at"] = case["due_at"]


def set_handling_time(case: State, rules: Rules) -> None:
    """Set the minutes from acceptance to closing without pauses, on both clocks (metrics 4.3)."""
    start, end = case["accepted_at"], case["closed_at"]
    if start is None or end is None:
        case["handle_minutes"] = case["handle_working_minutes"] = None
        return
    working_s = rules.calendar.working_seconds(start, end)
    calendar_s = seconds(end) - seconds(start)
    for since, until in _pauses(case):
        since, until = max(since, start), min(until or end, end)
        calendar_s -= max(seconds(until) - seconds(since), 0)
        working_s -= rules.calendar.working_seconds(since, until)
    case["handle_minutes"] = calendar_s // 60
    case["handle_working_minutes"] = working_s // 60


def _inputs(case: State) -> tuple[Any, ...]:
    memory = case["memory"]
    return (*(case[name] for name in INPUTS), *(memory.get(name) for name in REMEMBERED))


def _deadline(case: State, rules: Rules) -> Deadline | None:
    """Return the deadline in force with the pauses since it was set; earlier ones are in it."""
    rule = rules.deadlines.matching(case["case_kind"], case["level"], case["risk_level"])
    start = _start(case, rule)
    if start is None:
        return None
    memory, set_at = case["memory"], start
    if case["extended_to"] is not None:
        found = rules.deadlines.extended(rule, start, case["extended_to"])
        set_at = instant_of(memory["extended"])
    elif memory.get("given_due") is not None:
        found = rules.deadlines.extended(None, start, instant_of(memory["given_due"]))
    elif rule is not None:
        found = rules.deadlines.apply(rule, start)
    else:
        return None
    for since, until in _pauses(case):
        if until is not None and since >= set_at:
            found = found.shifted(since, until)
    return found


def _start(case: State, rule: DeadlineSetting | None) -> datetime | None:
    memory = case["memory"]
    if memory.get("restarted") is not None:
        return instant_of(memory["restarted"])
    from_dispatch = rule is not None and rule.start == "dispatched_at"
    if from_dispatch and memory.get("given_due") is None:
        start: datetime | None = case["first_dispatched_at"]
    else:
        start = case["accepted_at"]
    return start


def _pauses(case: State) -> list[tuple[datetime, datetime | None]]:
    return [
        (instant_of(since), None if until is None else instant_of(until))
        for since, until in case["memory"].get("pauses", ())
    ]


def instant_of(utc_seconds: int) -> datetime:
    """Return the instant of UTC seconds."""
    return datetime.fromtimestamp(utc_seconds, UTC)


def _after(instant: datetime, since: datetime | None) -> bool:
    return since is not None and instant > since
