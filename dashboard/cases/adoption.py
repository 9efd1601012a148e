"""Taking over what a source system reports of a case (docs/decisions/001)."""

from dashboard.cases.clock import remember, seconds
from dashboard.cases.closing import come_back, leave, resolver
from dashboard.cases.effects import begin
from dashboard.cases.step import Step
from dashboard.terms import TERMINAL_STAGES, Outcome, Stage


def adopt(step: Step) -> None:
    """Take over the state a source system reports; `adopted_stage` gives the stage."""
    begin(step)
    case, facts, stage = step.case, step.facts, adopted_stage(step)
    if stage not in (Stage.REPORTED, Stage.REGISTERED, Stage.NOT_ACCEPTED):
        case["accepted_at"] = facts.get("accepted_at") or step.before["accepted_at"] or step.at
    if step.before["left_at"] is not None and stage not in TERMINAL_STAGES:
        come_back(step)
    if facts.get("due_at") is not None:
        remember(case, given_due=seconds(facts["due_at"]))
    if stage is Stage.CLOSED:
        _adopt_closing(step)
    elif stage in TERMINAL_STAGES:
        _forget_closing(step)
        leave(step, Outcome(stage))


def _forget_closing(step: Step) -> None:
    """A source that calls a closed case withdrawn, merged or refused takes its closing back."""
    for name in ("closed_at", "first_closed_at", "resolved_at", "resolved_level"):
        step.case[name] = None


def adopted_stage(step: Step) -> Stage:
    """Return the stage the source states, or the one its instants imply."""
    facts = step.facts
    if facts.get("stage") is not None:
        return Stage(facts["stage"])
    if facts.get("closed_at") is not None:
        return Stage.CLOSED
    if step.before["stage"] is not None:
        return Stage(step.before["stage"])
    return Stage.REPORTED if facts.get("accepted_at") is None else Stage.ACCEPTED


def _adopt_closing(step: Step) -> None:
    case, facts = step.case, step.facts
    case["closed_at"] = facts.get("closed_at") or step.before["closed_at"] or step.at
    outcome = Outcome(facts.get("close_outcome") or step.before["close_outcome"])
    resolved = outcome is Outcome.RESOLVED
    case["resolved_at"] = case["closed_at"] if resolved else None
    case["resolved_level"] = resolver(step) if resolved else None
    leave(step, outcome)
    case["left_at"] = case["closed_at"]
