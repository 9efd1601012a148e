"""The stage machine of a case (model 3.5) as one table, and `apply`, which takes one step of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dashboard.calendar import local_day
from dashboard.cases import adoption, clock, closing, effects, guards, holds, supervision
from dashboard.cases.area import township_of, village_of
from dashboard.cases.happening import Happening
from dashboard.cases.rules import Rules
from dashboard.cases.state import STATED, FactError, State, clean, instant, new_state
from dashboard.cases.step import Effect, Guard, Step
from dashboard.terms import STAGE_ORDER, TERMINAL_STAGES, Event, Role, Stage

NEW = frozenset({None})
INCOMING = frozenset({Stage.REPORTED, Stage.REGISTERED})
OPEN = frozenset(STAGE_ORDER) - INCOMING - TERMINAL_STAGES
ANY = frozenset(Stage)

UNITS = frozenset({Role.DEPT, Role.TOWNSHIP, Role.VILLAGE})
"""Who handles a case; the model says `dept`, but villages and townships settle cases too."""

BEGINNING = frozenset({"source_channel", "source_no", "reported_at"})
RESULT = frozenset({"resolution_methods", "resolving_org", "resolution_text",
                    "resolved_successfully"})  # fmt: skip
APPROVAL = frozenset({"approved_by"})


class TransitionError(Exception):
    """An event cannot happen; the message names it, the stage, the role and what is missing."""

    def __init__(self, happening: Happening, stage: str | None, missing: str) -> None:
        self.missing = missing
        where = "a new case" if stage is None else f"a case that is {stage}"
        super().__init__(f"{happening.event} by {happening.actor.role} on {where}: {missing}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row of the machine; `to` None stays where it is.

    `facts` are the facts the event takes beside STATED; those of `keep` go into the columns of the
    same name.
    """

    sources: frozenset[Stage | None]
    to: Stage | Callable[[Step], Stage] | None
    roles: frozenset[Role]
    guards: tuple[Guard, ...] = ()
    effect: Effect | None = None
    facts: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()


def _row(  # noqa: PLR0913 -- one argument a column of the table
    sources: Iterable[Stage | None],
    to: Stage | Callable[[Step], Stage] | None,
    roles: Iterable[Role],
    *checks: Guard,
    effect: Effect | None = None,
    facts: Iterable[str] = (),
    keep: Iterable[str] = (),
) -> Transition:
    return Transition(
        sources=frozenset(sources),
        to=to,
        roles=frozenset(roles),
        guards=checks,
        effect=effect,
        facts=frozenset(facts),
        keep=frozenset(keep),
    )


S, R, E = Stage, Role, Event
g, do = guards, effects

# fmt: off
TRANSITIONS: dict[Event, Transition] = {
    # event: from, to, who, guards, effect, facts
    E.REPORT: _row(NEW, S.REPORTED, {R.GRID_WORKER, R.CITIZEN_CHANNEL, R.IMPORT} | UNITS,
        g.identity, effect=do.begin, keep=BEGINNING),
    E.REGISTER: _row({None, S.REPORTED}, S.REGISTERED, {R.WINDOW, R.OPERATOR},
        g.identity, g.same_source, g.known("first_receiver"), effect=do.begin, keep=BEGINNING),
    E.ACCEPT: _row(INCOMING, S.ACCEPTED, {R.WINDOW, R.OPERATOR},
        g.known("area_code", "case_kind", "level"), effect=do.accept),
    E.REJECT_ACCEPTANCE: _row(INCOMING, S.NOT_ACCEPTED, {R.OPERATOR},
        g.reason, g.notice, g.approved, effect=closing.refuse, facts=APPROVAL | {"notice_given"}),
    E.START_FIRST_MEDIATION: _row({S.ACCEPTED}, S.FIRST_MEDIATION, {R.MEDIATOR, R.OPERATOR},
        g.listed_first_mediation),
    E.MEDIATION_ROUND: _row({S.FIRST_MEDIATION, S.IN_PROCESS}, None, {R.MEDIATOR},
        effect=do.count_round),
    E.SETTLE_ON_SPOT: _row({S.ACCEPTED, S.FIRST_MEDIATION}, S.REPORTED_BACK,
        {R.WINDOW, R.MEDIATOR}, g.small, effect=do.report_result, keep=RESULT),
    E.ASSESS: _row({S.ACCEPTED, S.FIRST_MEDIATION, S.ASSESSED}, S.ASSESSED, {R.ANALYST},
        g.known("risk_level")),
    E.OPEN_JOINT_REVIEW: _row({S.ASSESSED}, None, {R.ANALYST},
        g.two_departments, facts={"dept_ids"}),
    E.END_JOINT_REVIEW: _row({S.ASSESSED}, None, {R.ANALYST}, g.one_lead, effect=do.name_lead),
    E.DISPATCH: _row({S.ACCEPTED, S.ASSESSED}, S.DISPATCHED, {R.DISPATCHER},
        g.target_department, g.sheet, effect=do.dispatch, facts={"items_proposed"}),
    E.CLAIM: _row({S.DISPATCHED}, S.CLAIMED, UNITS, effect=do.respond),
    E.RETURN: _row({S.DISPATCHED, S.CLAIMED}, S.ASSESSED, UNITS,
        g.reason, g.may_return, effect=do.give_back),
    E.REASSIGN: _row({S.DISPATCHED, S.CLAIMED, S.IN_PROCESS}, S.DISPATCHED, {R.DISPATCHER},
        g.reason, g.other_department, effect=do.dispatch, facts={"items_proposed"}),
    E.START: _row({S.CLAIMED}, S.IN_PROCESS, UNITS),
    E.PROGRESS: _row({S.IN_PROCESS}, None, UNITS, effect=do.respond),
    E.PAUSE: _row({S.IN_PROCESS}, None, UNITS | {R.SUPERVISOR},
        g.running, g.pause_reason, g.approved, effect=do.pause, facts=APPROVAL),
    E.RESUME: _row({S.IN_PROCESS}, None, UNITS | {R.SUPERVISOR},
        g.paused, g.approved, effect=do.resume, facts=APPROVAL),
    E.EXTEND: _row(OPEN, None, UNITS | {R.SUPERVISOR},
        g.approved, g.not_yet_extended, g.before_due, effect=do.extend,
        facts=APPROVAL | {"extended_to"}),
    E.ESCALATE_LEVEL: _row(OPEN, S.ASSESSED,
        {R.VILLAGE, R.TOWNSHIP, R.OPERATOR, R.SUPERVISOR, R.LEADER},
        g.wider_area, effect=do.escalate),
    E.ASSIGN_OFFICIAL: _row(OPEN, None, {R.LEADER}, g.given("lead_official")),
    E.REPORT_BACK: _row({S.CLAIMED, S.IN_PROCESS}, S.REPORTED_BACK, UNITS,
        g.given("resolution_text", "resolution_methods"), effect=do.report_result, keep=RESULT),
    E.REJECT_RESULT: _row({S.REPORTED_BACK, S.FOLLOW_UP}, S.IN_PROCESS, {R.OPERATOR, R.SUPERVISOR},
        effect=closing.reject_result),
    E.FOLLOW_UP: _row({S.REPORTED_BACK, S.FOLLOW_UP, S.EVALUATED}, S.FOLLOW_UP, {R.OPERATOR},
        g.reached_stated, effect=do.follow_up, facts=do.FOLLOW_UP_FACTS),
    E.EVALUATE: _row({S.REPORTED_BACK, S.FOLLOW_UP, S.CLOSED}, do.stay_closed,
        {R.SUPERVISOR, R.ANALYST}, facts={"evaluation_text", "evaluation_score"}),
    E.CLOSE: _row({S.REPORTED_BACK, S.FOLLOW_UP, S.EVALUATED}, S.CLOSED, {R.OPERATOR},
        g.confirmed, g.closing_outcome, effect=closing.close, facts=APPROVAL | {"close_outcome"}),
    E.DIVERT: _row(OPEN - {S.REPORTED_BACK, S.FOLLOW_UP, S.EVALUATED}, S.CLOSED,
        {R.OPERATOR} | UNITS, g.given("diverted_to"), g.sheet, effect=closing.divert,
        facts={"diverted_to"}),
    E.WITHDRAW: _row(OPEN, S.WITHDRAWN, {R.OPERATOR}, g.reason, effect=closing.withdraw),
    E.MERGE: _row(OPEN, S.MERGED, {R.ANALYST},
        g.given("merged_into"), g.other_case, effect=closing.merge, facts={"merged_into"}),
    E.REOPEN: _row({S.CLOSED}, S.IN_PROCESS, {R.SUPERVISOR}, g.reason, effect=closing.reopen),
    E.SUPERVISE: _row(OPEN, None, {R.SUPERVISOR},
        effect=supervision.supervise, facts=supervision.ORDER_FACTS),
    E.SUPERVISE_REPLY: _row(ANY, None, UNITS,
        g.unanswered, effect=supervision.reply, facts={"reply_text"}),
    E.SUPERVISE_END: _row(ANY, None, {R.SUPERVISOR},
        g.open_order, g.order_end, effect=supervision.end_supervision, facts={"status"}),
    E.EXCLUDE: _row(ANY, None, {R.SUPERVISOR},
        g.exclusion_reason, g.second_person, effect=do.exclude, facts=APPROVAL),
    E.CORRECT: _row(ANY, None, {R.SUPERVISOR}, g.reason, g.event_named,
        facts={"corrects"}, keep=RESULT | {"reported_at"}),
    E.ADOPT: _row(ANY | NEW, adoption.adopted_stage, {R.IMPORT, R.SYSTEM},
        g.identity, g.same_source, g.adoptable, effect=adoption.adopt,
        facts={"stage", "accepted_at", "due_at", "closed_at", "close_outcome"}, keep=BEGINNING),
}
# fmt: on


def apply(state: State | None, happening: Happening, rules: Rules) -> State:
    """Return the columns of a case after `happening`; None is the state before the first.

    Raises:
        TransitionError: the event is not possible here, or a fact cannot be taken.
    """
    return advance(new_state() if state is None else state, happening, rules).case


def advance(before: State, happening: Happening, rules: Rules) -> Step:
    """Take one step; `before` stays as it was."""
    row = TRANSITIONS[happening.event]
    stage = before["stage"]
    try:
        at, facts = instant(happening.at), clean(happening.facts)
        _check_columns(happening)
    except FactError as error:
        raise TransitionError(happening, stage, str(error)) from None
    case = before | {name: facts[name] for name in facts if name in STATED or name in row.keep}
    case.pop("note", None)
    step = Step(before=before, case=case, happening=happening, facts=facts, at=at, rules=rules)
    missing = _missing(row, step)
    if missing is not None:
        raise TransitionError(happening, stage, missing)
    if row.effect is not None:
        row.effect(step)
    _enter(step, row)
    _derive(step)
    return step


def _check_columns(happening: Happening) -> None:
    actor = happening.actor
    texts = (
        ("reason", happening.reason),
        ("dept_id", happening.dept_id),
        ("sheet_no", happening.sheet_no),
        ("actor_org_id", actor.org_id),
        ("actor_staff", actor.staff),
    )
    clean({name: text for name, text in texts if text is not None})


def _missing(row: Transition, step: Step) -> str | None:
    if row.sources.isdisjoint(step.rules.stands_for(step.before["stage"])):
        return "not possible in this stage"
    if step.happening.actor.role not in row.roles:
        return f"only {', '.join(sorted(row.roles))} may do this"
    unknown = step.facts.keys() - STATED - row.keep - row.facts
    if unknown:
        return f"takes no fact {', '.join(sorted(unknown))}"
    return next((text for guard in row.guards if (text := guard(step)) is not None), None)


def _enter(step: Step, row: Transition) -> None:
    """Move to the next stage; a pause does not outlive its stage."""
    stage = row.to(step) if callable(row.to) else row.to
    if stage is not None and stage != step.before["stage"]:
        clock.end_pause(step.case, step.at)
        step.case["stage"] = str(stage)
        step.case["stage_since"] = step.at


def _same_day(case: State, rules: Rules) -> bool | None:
    """Tell whether the case was closed on the local day it was accepted; None while it is open."""
    if case["closed_at"] is None or case["accepted_at"] is None:
        return None
    zone = rules.calendar.zone
    return local_day(case["closed_at"], zone) == local_day(case["accepted_at"], zone)


def _derive(step: Step) -> None:
    """Bring the columns that follow from others up to date."""
    before, case = step.before, step.case
    if case["area_code"] != before["area_code"]:
        case["township_code"] = township_of(case["area_code"])
        case["village_code"] = village_of(case["area_code"])
    clock.set_deadline(case, before, step.rules)
    if case["closed_at"] != before["closed_at"] or case["accepted_at"] != before["accepted_at"]:
        clock.set_handling_time(case, step.rules)
        case["closed_same_day"] = _same_day(case, step.rules)
    if case["first_closed_at"] is None:
        case["first_closed_at"] = case["closed_at"]
    holds.follow(step)
    case["last_event_at"] = step.at
