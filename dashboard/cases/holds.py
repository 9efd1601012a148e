"""Who holds a case while it is open: its time in stock cut where it changes hands."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from dashboard.cases.clock import instant_of, remember, seconds
from dashboard.cases.state import State
from dashboard.cases.step import SideRow, Step
from dashboard.terms import Event, Outcome


class Began(StrEnum):
    """How a stretch began."""

    ACCEPT = "accept"
    TRANSFER = "transfer"
    REOPEN = "reopen"


class Ended(StrEnum):
    """How a stretch ended; a running one has not."""

    TRANSFER = "transfer"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    REFUSE = "refuse"


HANDS = ("township_code", "lead_dept_id")
"""A change of one of these passes the case on."""

_ENDS = {
    Outcome.WITHDRAWN: Ended.WITHDRAW,
    Outcome.MERGED: Ended.MERGE,
    Outcome.NOT_ACCEPTED: Ended.REFUSE,
}
_CLAIMS = frozenset({Event.CLAIM, Event.START, Event.PROGRESS, Event.REPORT_BACK})


def follow(step: Step) -> None:
    """Begin, pass on, end or mark the stretch the step's event concerns.

    A case that is over when it first becomes known here (an adopted one) has one whole stretch.
    """
    before, case = step.before, step.case
    was, now = _in_stock(before), _in_stock(case)
    if was and not now:
        _end(step, case["left_at"], {"ended": _how_ended(case)})
    elif not was and now:
        began = Began.ACCEPT if before["accepted_at"] is None else Began.REOPEN
        start = case["accepted_at"] if began is Began.ACCEPT else step.at
        _begin(step, start, {"began": began})
    elif was and any(before[name] != case[name] for name in HANDS):
        _end(step, step.at, {"ended": Ended.TRANSFER, "to_township": case["township_code"],
                             "to_dept": case["lead_dept_id"]})  # fmt: skip
        _begin(step, step.at, {"began": Began.TRANSFER, "from_township": before["township_code"],
                               "from_dept": before["lead_dept_id"]})  # fmt: skip
    elif not was and before["accepted_at"] is None and case["accepted_at"] is not None:
        _begin(step, case["accepted_at"], {"began": Began.ACCEPT})
        _end(step, case["left_at"], {"ended": _how_ended(case)})
    if was and now:
        _mark(step)
    _correct(step)


def _in_stock(case: State) -> bool:
    return case["accepted_at"] is not None and case["left_at"] is None


def _how_ended(case: State) -> Ended:
    return _ENDS.get(Outcome(case["close_outcome"]), Ended.CLOSE)


def _mark(step: Step) -> None:
    """Note when the holder was given the case and when it answered first."""
    event = step.happening.event
    number = step.case["memory"]["holds"]
    if event in (Event.DISPATCH, Event.REASSIGN):
        values = {"dispatched_at": step.at, "claimed_at": None}
        step.rows.append(SideRow(table="case_hold", key=number, values=values, new=False))
        remember(step.case, unclaimed=True)
    elif event in _CLAIMS and step.case["memory"].get("unclaimed"):
        row = SideRow(table="case_hold", key=number, values={"claimed_at": step.at}, new=False)
        step.rows.append(row)
        remember(step.case, unclaimed=False)


def _correct(step: Step) -> None:
    """Move the ends of the time in stock where a source corrects them."""
    before, case = step.before, step.case
    holds = case["memory"].get("holds", 0)
    if not holds or holds != before["memory"].get("holds"):
        return
    if None not in (case["left_at"], before["left_at"]) and case["left_at"] != before["left_at"]:
        _end(step, case["left_at"], {"ended": _how_ended(case)})
    if case["accepted_at"] != before["accepted_at"]:
        _begin_first(step, case["accepted_at"])


def _begin_first(step: Step, at: datetime) -> None:
    """Move the beginning of the first stretch, never behind its end."""
    until = step.case["memory"].get("first_until")
    if until is None:
        remember(step.case, held_since=seconds(at))
    else:
        at = min(at, instant_of(until))
    step.rows.append(SideRow(table="case_hold", key=1, values={"from_at": at}, new=False))


def _begin(step: Step, at: datetime, how: dict[str, Any]) -> None:
    case = step.case
    number = case["memory"].get("holds", 0) + 1
    remember(case, holds=number, held_since=seconds(at))
    values = dict.fromkeys(("until_at", "ended", "from_township", "from_dept", "to_township",
                            "to_dept", "dispatched_at", "claimed_at"))  # fmt: skip
    values |= {"from_at": at, "area_code": case["area_code"]}
    values |= {name: case[name] for name in HANDS} | how
    step.rows.append(SideRow(table="case_hold", key=number, values=values, new=True))


def _end(step: Step, at: datetime, how: dict[str, Any]) -> None:
    """End the running stretch, never before it began: a source may state an earlier closing."""
    memory = step.case["memory"]
    number, since = memory["holds"], instant_of(memory["held_since"])
    values = {"until_at": max(at, since), **how}
    if number == 1:
        remember(step.case, first_until=seconds(max(at, since)))
    step.rows.append(SideRow(table="case_hold", key=number, values=values, new=False))
