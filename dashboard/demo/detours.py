"""What does not go straight: returns, pauses, supervision, second tries, cases that come back."""

from datetime import UTC, datetime, timedelta

from dashboard.cases.happening import Actor
from dashboard.demo.arrivals import Arrival, CaseKey
from dashboard.demo.chance import share
from dashboard.demo.closing import close, report_back
from dashboard.demo.hours import DAY, HOUR, MINUTE
from dashboard.demo.line import Line
from dashboard.terms import CaseKind, Event, Role

RETURNED, REASSIGNED = 0.035, 0.015
DIVERTED, WITHDRAWN = 0.05, 0.012
PAUSED, EXTENDED = 0.05, 0.05
SENT_BACK, REOPENED = 0.025, 0.015
SUPERVISED_LATE, SUPERVISED_IN_TIME = 0.8, 0.012
"""Chances of a detour, made up for the demo."""

RED_ORDER_S = 8 * DAY
"""A case that is so much overdue before it is reported back is supervised in red."""

OVERDUE_REASONS = ("涉及多方，协商未一致", "等待鉴定意见", "当事人外出，多次联系未果")

EXCLUDED = 0.008
EXCLUSIONS = {
    CaseKind.APPEAL: "enquiry",
    CaseKind.PETITION: "beyond_authority",
    CaseKind.DISPUTE: "unfounded",
}

EXTENSION = timedelta(days=10)

SECOND_DEPTS = ("justice", "petition", "urban", "civil")
"""Who a returned case goes to, or the next of them if it came from there."""


def joint_review(line: Line, dept: str) -> None:
    """Analysts call departments together before a complex case is handed out."""
    others = [dept, "justice" if dept != "justice" else "petition"]
    line.add(Event.OPEN_JOINT_REVIEW, line.desk(line.at + HOUR), Role.ANALYST,
             facts={"dept_ids": others})  # fmt: skip
    line.add(Event.END_JOINT_REVIEW, line.desk(line.at + 4 * HOUR), Role.ANALYST,
             dept=dept)  # fmt: skip


def before_start(line: Line, dept: str, span: int) -> str:
    """Let a department give a case back or the centre move it on; returns who has it then."""
    chance = line.rng.random()
    if span < DAY or chance >= RETURNED + REASSIGNED:
        return dept
    other = next(second for second in SECOND_DEPTS if second != dept)
    at = line.desk(line.at + line.rng.randint(1, 5) * HOUR)
    if chance < RETURNED:
        line.add(Event.RETURN, at, Actor(role=Role.DEPT, org_id=dept), reason="不属于本单位职责")
        line.add(Event.DISPATCH, line.desk(at + HOUR), Role.DISPATCHER, dept=other,
                 sheet=f"演示再派{line.at}")  # fmt: skip
    else:
        line.add(Event.REASSIGN, at, Role.DISPATCHER, dept=other, reason="职责调整",
                 sheet=f"演示改派{line.at}")  # fmt: skip
    return other


def leaves_early(line: Line, kind: CaseKind, until: int) -> bool:
    """Some cases go to court or are withdrawn on the way; tells whether this one did."""
    chance = line.rng.random()
    if kind is CaseKind.DISPUTE and chance < DIVERTED:
        target = line.rng.choice(("litigation", "fast_track_court", "arbitration"))
        line.add(Event.DIVERT, line.between(until, 0.8), Role.OPERATOR, reason="调解未达成一致",
                 facts={"diverted_to": target}, sheet=f"演示转{line.at}")  # fmt: skip
        return True
    if chance > 1 - WITHDRAWN:
        line.add(Event.WITHDRAW, line.between(until, 0.5), Role.OPERATOR, reason="当事人撤回")
        return True
    return False


def merged(line: Line, into: CaseKey) -> None:
    """The same matter was told before; `merged_into` names that case until it is written."""
    line.add(Event.MERGE, line.at + line.rng.randint(10, 50) * MINUTE, Role.ANALYST,
             facts={"merged_into": into})  # fmt: skip


def on_the_way(line: Line, worker: Actor, back: int, due: int, *, mediates: bool) -> None:
    """What happens while a department works: rounds, pauses, extensions, supervision."""
    rng = line.rng
    days = (back - line.at) / DAY
    chance = rng.random()
    if days > 5 and chance < PAUSED:
        line.add(Event.PAUSE, line.between(back, 0.2), Role.SUPERVISOR, reason="appraisal")
        line.add(Event.RESUME, line.between(back, 0.4), Role.SUPERVISOR)
    elif days > 5 and chance < PAUSED + EXTENDED and line.at + DAY < due:
        new_due = datetime.fromtimestamp(due, UTC) + EXTENSION
        line.add(Event.EXTEND, line.between(min(back, due), 0.6), Role.SUPERVISOR,
                 reason="案情复杂", facts={"extended_to": new_due})  # fmt: skip
    elif days > 1:
        for _ in range(rng.randint(0, 1 + (days > 4))):
            at = line.between(back, 0.4)
            if mediates:
                line.add(Event.MEDIATION_ROUND, at, Role.MEDIATOR)
            else:
                line.add(Event.PROGRESS, at, worker)
    if back > due + 3 * HOUR and rng.random() < SUPERVISED_LATE:
        colour = "red" if back > due + RED_ORDER_S else "yellow"
        _supervise(line, line.hours.desk(due + rng.randint(1, 3) * HOUR, rng), worker, colour)
    elif days > 2 and rng.random() < SUPERVISED_IN_TIME:
        _supervise(line, line.desk(line.between(back, 0.5)), worker, "blue")


def sent_back(line: Line, worker: Actor, until: int) -> None:
    """The centre does not accept some results; the department goes back and reports again."""
    if until - line.at > 6 * HOUR and line.rng.random() < SENT_BACK:
        line.add(Event.REJECT_RESULT, line.between(until, 0.2), Role.OPERATOR, reason="反馈不完整")
        report_back(line, line.between(until, 0.6), worker)


def excluded(line: Line, arrival: Arrival) -> None:
    """Two agree that a few closed matters count in no unit's rate."""
    may = EXCLUSIONS.get(arrival.kind)
    closed = line.steps[-1][1].event is Event.CLOSE
    if may is not None and closed and share(arrival.number, "excluded") < EXCLUDED:
        line.add(Event.EXCLUDE, line.at + 30 * MINUTE, Role.SUPERVISOR,
                 reason=may, facts={"approved_by": "中心值班负责人"})  # fmt: skip


def reopened(line: Line, worker: Actor) -> None:
    """A few closed cases come back after days or weeks and are closed a second time."""
    rng = line.rng
    if rng.random() >= REOPENED:
        return
    watched = {"rebound_watch": True} if line.at % 2 else {}
    line.add(Event.REOPEN, line.desk(line.at + rng.randint(3, 35) * DAY), Role.SUPERVISOR,
             reason="协议未履行", facts=watched)  # fmt: skip
    back = line.at + rng.randint(20, 40) * HOUR
    line.add(Event.PROGRESS, line.between(back, 0.4), worker)
    report_back(line, line.desk(back), worker)
    close(line, line.desk(line.at + 3 * HOUR), 20 * MINUTE)


def _supervise(line: Line, at: int, worker: Actor, colour: str) -> None:
    rng = line.rng
    line.add(
        Event.SUPERVISE,
        at,
        Role.SUPERVISOR,
        dept=worker.org_id if worker.role is Role.DEPT else None,  # None: to the lead department
        facts={"sheet_type": "supervision_sheet", "colour": colour, "kind": "procedure"},
    )
    reply = line.hours.desk(line.at + rng.randint(2, 20) * HOUR, rng)
    facts = {"reply_text": "已说明原因并加快处置"}
    if colour != "blue":
        facts["overdue_reason"] = OVERDUE_REASONS[line.at % len(OVERDUE_REASONS)]
    line.add(Event.SUPERVISE_REPLY, reply, worker, facts=facts)
    line.add(Event.SUPERVISE_END, line.hours.desk(reply + HOUR, rng), Role.SUPERVISOR)
