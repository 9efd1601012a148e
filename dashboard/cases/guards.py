"""What must be given or hold before an event may happen (model 3.5, column guard)."""

from collections.abc import Callable

from dashboard.cases.area import is_wider
from dashboard.cases.state import IDENTITY
from dashboard.cases.step import Guard, Step
from dashboard.terms import Level, Outcome, Role, Stage

PAUSE_REASONS = ("appraisal", "litigation_pending", "party_absent")
EXCLUSION_REASONS = ("unfounded", "beyond_authority", "enquiry")
MAX_RETURNS = 2
MAX_FAILED_ATTEMPTS = 3
UP_TO_GENERAL = (Level.SIMPLE, Level.GENERAL)
OPEN_ORDER = ("issued", "acknowledged", "replied")
ORDER_ENDS = ("accepted", "rejected", "lapsed")


def known(*columns: str) -> Guard:
    """Demand that the case has these columns, from this event or before."""
    return lambda step: _missing([name for name in columns if step.case[name] is None])


def given(*facts: str) -> Guard:
    """Demand that this event states these facts."""
    return lambda step: _missing([name for name in facts if step.facts.get(name) in (None, "", [])])


def that(text: str, holds: Callable[[Step], object]) -> Guard:
    """Demand a condition; `text` says what is missing without it."""
    return lambda step: None if holds(step) else text


identity = known(*sorted(IDENTITY))
same_source = that(
    "source_channel and source_no of a case do not change",
    lambda step: all(
        step.before[name] in (None, step.case[name]) for name in ("source_channel", "source_no")
    ),
)
reason = that("a reason is missing", lambda step: step.happening.reason)
sheet = that("a sheet number is missing", lambda step: step.happening.sheet_no)
approved = that(
    "approved_by is missing: a supervisor must approve",
    lambda step: step.happening.actor.role is Role.SUPERVISOR or step.facts.get("approved_by"),
)
target_department = that(
    "a department is missing", lambda step: step.happening.dept_id or step.case["lead_dept_id"]
)
other_department = that("a department is missing", lambda step: step.happening.dept_id)
notice = that("the one-time notice was not given", lambda step: step.facts.get("notice_given"))
listed_first_mediation = that(
    "the profile has no first mediation",
    lambda step: Stage.FIRST_MEDIATION not in step.rules.skipped,
)
small = that(
    "the level must be simple or general", lambda step: step.case["level"] in UP_TO_GENERAL
)
two_departments = that(
    "dept_ids must name at least two departments",
    lambda step: isinstance(ids := step.facts.get("dept_ids"), list) and len(set(ids)) > 1,
)
one_lead = that(
    "the result must name the lead department",
    lambda step: step.happening.dept_id or step.facts.get("lead_dept_id"),
)
may_return = that(
    f"it was returned {MAX_RETURNS} times: the centre decides (reassign)",
    lambda step: step.before["return_count"] < MAX_RETURNS,
)
pause_reason = that(
    f"the reason must be one of {', '.join(PAUSE_REASONS)}",
    lambda step: step.happening.reason in PAUSE_REASONS,
)
exclusion_reason = that(
    f"the reason must be one of {', '.join(EXCLUSION_REASONS)}",
    lambda step: step.happening.reason in EXCLUSION_REASONS,
)
second_person = that(
    "approved_by must name a second person",
    lambda step: step.facts.get("approved_by") not in (None, "", step.happening.actor.staff),
)
running = that("it is paused already", lambda step: step.before["paused_since"] is None)
paused = that("it is not paused", lambda step: step.before["paused_since"] is not None)
not_yet_extended = that(
    "it was extended once already", lambda step: step.before["extended_to"] is None
)
wider_area = that(
    "handling_area_code of a higher level is missing",
    lambda step: is_wider(
        step.facts.get("handling_area_code") or step.before["area_code"],
        step.before["handling_area_code"] or step.before["area_code"],
    ),
)
reached_stated = that("reached is missing", lambda step: step.facts.get("reached") is not None)
other_case = that(
    "a case cannot be merged into itself",
    lambda step: step.facts.get("merged_into") != step.before["id"],
)
event_named = that(
    "corrects must be the number (seq) of an event of this case",
    lambda step: isinstance(seq := step.facts.get("corrects"), int) and seq > 0,
)
unanswered = that(
    "no supervision order waits for a reply",
    lambda step: "issued" in step.before["memory"].get("orders", ()),
)
open_order = that("no supervision order is open", lambda step: step.before["open_supervisions"])
order_end = that(
    f"status must be one of {', '.join(ORDER_ENDS)}",
    lambda step: step.facts.get("status", "accepted") in ORDER_ENDS,
)


def before_due(step: Step) -> str | None:
    """Demand a running deadline that has not passed, and a later one."""
    due_at, new = step.before["due_at"], step.facts.get("extended_to")
    if due_at is None:
        return "no deadline is running"
    if step.at >= due_at:
        return f"the deadline {due_at.isoformat()} has passed"
    return None if new is not None and new > due_at else "extended_to must be later than due_at"


def confirmed(step: Step) -> str | None:
    """Demand a confirming follow-up or, approved, three failed attempts (the 沾益 rule)."""
    if not step.rules.follow_up_required:
        return None
    memory = step.before["memory"]
    if memory.get("confirmed"):
        return None
    if memory.get("failed", 0) >= MAX_FAILED_ATTEMPTS:
        return approved(step)
    return (
        "a reached follow-up that confirms the result is missing "
        f"(or {MAX_FAILED_ATTEMPTS} failed attempts and a supervisor's approval)"
    )


def closing_outcome(step: Step) -> str | None:
    """Demand that the stated outcome of a closing is one a closing can have."""
    stated = step.facts.get("close_outcome", Outcome.RESOLVED)
    if stated in (Outcome.RESOLVED, Outcome.UNRESOLVED_CLOSED):
        return None
    return "close_outcome must be resolved or unresolved_closed"


def adoptable(step: Step) -> str | None:
    """Demand what a state taken over from a source cannot do without."""
    facts = step.facts
    stage = facts.get("stage")
    if (stage == Stage.CLOSED or facts.get("closed_at")) and not facts.get("close_outcome"):
        return "close_outcome is missing"
    if facts.get("closed_at") and stage not in (None, Stage.CLOSED):
        return f"closed_at is stated but the stage is {stage}"
    accepted_at = facts.get("accepted_at") or step.before["accepted_at"] or step.at
    if facts.get("closed_at") and facts["closed_at"] < accepted_at:
        return "closed_at is before accepted_at"
    if facts.get("due_at") and facts["due_at"] < accepted_at:
        return "due_at is before accepted_at"
    return None


def _missing(names: list[str]) -> str | None:
    if not names:
        return None
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} missing"
