"""How a case leaves the stock, and how it comes back."""

from dashboard.cases import clock
from dashboard.cases.area import level_of
from dashboard.cases.clock import remember
from dashboard.cases.state import State
from dashboard.cases.step import Step
from dashboard.terms import AreaLevel, Outcome, Role


def refuse(step: Step) -> None:
    """Leave the stock without having been in it."""
    leave(step, Outcome.NOT_ACCEPTED)


def close(step: Step) -> None:
    """Close with the stated outcome, resolved by default."""
    outcome = Outcome(step.facts.get("close_outcome", Outcome.RESOLVED))
    if outcome is Outcome.RESOLVED:
        confirm(step.case)
    else:
        step.case["resolved_at"] = step.case["resolved_level"] = None
    step.case["closed_at"] = step.at
    leave(step, outcome)


def divert(step: Step) -> None:
    """Close towards a statutory procedure: closed, not resolved."""
    step.case["diverted_to"] = step.facts["diverted_to"]
    step.case["closed_at"] = step.at
    leave(step, Outcome.DIVERTED)


def withdraw(step: Step) -> None:
    """Leave the stock on the party's wish."""
    leave(step, Outcome.WITHDRAWN)


def merge(step: Step) -> None:
    """Go on as part of another case."""
    step.case["merged_into"] = step.facts["merged_into"]
    leave(step, Outcome.MERGED)


def reopen(step: Step) -> None:
    """Come back into the stock with a new clock; the old closing stays in the log."""
    come_back(step)
    clock.restart(step.case, step.at)


def reject_result(step: Step) -> None:
    """Forget the rejected result."""
    step.case["resolved_at"] = step.case["resolved_level"] = None
    remember(step.case, report=None, confirmed=False, failed=0)


def leave(step: Step, outcome: Outcome) -> None:
    """Take the case out of the stock."""
    clock.end_pause(step.case, step.at)
    step.case["left_at"] = step.at
    step.case["close_outcome"] = str(outcome)


def come_back(step: Step) -> None:
    """Bring a case back into the stock; what its leaving set is taken back."""
    case = step.case
    case["reopen_count"] += 1
    for name in ("closed_at", "left_at", "close_outcome", "diverted_to", "merged_into"):
        case[name] = None
    case["resolved_successfully"] = case["satisfaction"] = None
    case["reached_count"] = 0
    case["reopened_at"] = step.at
    if case["first_reopened_at"] is None:
        case["first_reopened_at"] = step.at
    reject_result(step)


def confirm(case: State) -> None:
    """Let the last reported result count."""
    report = case["memory"].get("report")
    if report is not None:
        case["resolved_at"] = clock.instant_of(report[0])
        case["resolved_level"] = report[1]


def resolver(step: Step) -> str:
    """The level that resolved it: the handling area's, else the acting role's (metrics 4.4)."""
    if step.case["handling_area_code"] is not None:
        level = level_of(step.case["handling_area_code"])
        return str(AreaLevel.VILLAGE if level is AreaLevel.GRID else level)
    by_role = {Role.VILLAGE: AreaLevel.VILLAGE, Role.TOWNSHIP: AreaLevel.TOWNSHIP}
    return str(by_role.get(step.happening.actor.role, AreaLevel.COUNTY))
