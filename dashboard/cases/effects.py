"""What an event changes in its case beside the stage and the stated facts."""

from dashboard.cases import clock
from dashboard.cases.clock import remember, seconds
from dashboard.cases.closing import confirm, resolver
from dashboard.cases.matching import rank_of
from dashboard.cases.step import SideRow, Step
from dashboard.terms import Channel, Stage

FOLLOW_UP_FACTS = (
    "reached", "method", "confirmed_resolved", "satisfaction", "agreement_performed", "sampled",
    "note",
)  # fmt: skip


def begin(step: Step) -> None:
    """Set what a new case has from the start; a second report or registration changes nothing."""
    case = step.case
    if case["reported_at"] is None:
        case["reported_at"] = step.at
    if case["situation"] is None:
        case["situation"] = str(step.rules.situations[Channel(case["source_channel"])])


def accept(step: Step) -> None:
    """Start the clock."""
    step.case["accepted_at"] = step.at


def count_round(step: Step) -> None:
    """Count a round of mediation."""
    step.case["mediation_rounds"] += 1


def name_lead(step: Step) -> None:
    """Take the department the event is addressed to as the lead."""
    if step.happening.dept_id is not None:
        step.case["lead_dept_id"] = step.happening.dept_id


def dispatch(step: Step) -> None:
    """Hand the case to its lead department, and note whether its item had been proposed."""
    name_lead(step)
    proposed = step.facts.get("items_proposed")
    if isinstance(proposed, list) and proposed:
        step.case["item_rank"] = rank_of(step.case["responsibility_item_id"], proposed)
    if step.case["first_dispatched_at"] is None:
        step.case["first_dispatched_at"] = step.at


def respond(step: Step) -> None:
    """Note the first answer after a dispatch."""
    if step.case["first_dispatched_at"] is not None and step.case["first_response_at"] is None:
        step.case["first_response_at"] = step.at
        worked_s = step.rules.calendar.working_seconds(step.case["first_dispatched_at"], step.at)
        step.case["response_working_minutes"] = worked_s // 60


def give_back(step: Step) -> None:
    """Take the case from the department that returned it."""
    respond(step)
    step.case["return_count"] += 1
    step.case["lead_dept_id"] = None


def pause(step: Step) -> None:
    """Stop the clock."""
    clock.begin_pause(step.case, step.at)


def resume(step: Step) -> None:
    """Let the clock run again."""
    clock.end_pause(step.case, step.at)


def extend(step: Step) -> None:
    """Take the new due date."""
    step.case["extended_to"] = step.facts["extended_to"]
    remember(step.case, extended=seconds(step.at))


def escalate(step: Step) -> None:
    """Start the clock anew at the higher level; `original_due_at` keeps the old date."""
    clock.restart(step.case, step.at)


def exclude(step: Step) -> None:
    """Keep the case out of every unit's rate, for a reason a second person approved."""
    step.case["exclusion_reason"] = step.happening.reason


def report_result(step: Step) -> None:
    """Remember who says when that it is resolved; a follow-up or the closing confirms it."""
    remember(step.case, report=[seconds(step.at), resolver(step)], confirmed=False, failed=0)


def follow_up(step: Step) -> None:
    """Write the attempt down; the last reached one gives the satisfaction."""
    case, facts, memory = step.case, step.facts, step.case["memory"]
    attempt = memory.get("attempts", 0) + 1
    case["follow_up_count"] = attempt
    remember(case, attempts=attempt)
    if facts["reached"]:
        case["reached_count"] += 1
        case["satisfaction"] = facts.get("satisfaction")
        remember(case, confirmed=bool(facts.get("confirmed_resolved")))
        if facts.get("confirmed_resolved"):
            confirm(case)
    else:
        remember(case, failed=memory.get("failed", 0) + 1)
    values = {name: facts.get(name) for name in FOLLOW_UP_FACTS}
    values |= {"sampled": bool(values["sampled"]), "at": step.at}
    values["by_role"] = str(step.happening.actor.role)
    step.rows.append(SideRow(table="follow_up", key=attempt, values=values, new=True))


def stay_closed(step: Step) -> Stage:
    """Return the stage after an evaluation, which may follow the closing."""
    return Stage.CLOSED if step.before["stage"] == Stage.CLOSED else Stage.EVALUATED
