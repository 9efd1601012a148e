"""What the log of a case says: its stages, its entries, sheets, orders and follow-ups."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import Row, select

from dashboard.cases.accounting import Told, tell
from dashboard.cases.guards import MAX_FAILED_ATTEMPTS
from dashboard.cases.lifecycle import TransitionError
from dashboard.cases.rules import Rules
from dashboard.cases.store import read_logs
from dashboard.database.tables import case_event
from dashboard.database.tripwire import for_itself
from dashboard.drilldown.case import (
    Attempt,
    Entry,
    FollowUps,
    Order,
    SheetRow,
    StageMark,
    StageStep,
)
from dashboard.figures.view import View
from dashboard.intake.scrub import scrub
from dashboard.profile import Profile
from dashboard.terms import TERMINAL_STAGES, Colour, Event, Role, Satisfaction, Stage

WRITTEN = ("resolution_text", "reply_text", "evaluation_text", "note")
"""Facts of events that are shown as they were written."""

Rows = Sequence[Row[Any]]


def read_events(view: View, case_id: int) -> Rows:
    """Read the events of a case that had happened and were known, in the order of time."""
    event = case_event.c
    wanted = select(case_event).where(event.case_id == case_id, event.at <= view.as_of)
    if view.known_at is not None:
        wanted = wanted.where(event.recorded_at <= view.known_at)
    mine = wanted.where(view.scoped(case_event))
    return view.connection.execute(mine.order_by(event.at, event.seq)).all()


def read_told(view: View, case_id: int, events: Rows, rules: Rules) -> Told | None:
    """Tell these events anew; None when there are none or today's rules do not allow them."""
    kept = {event.seq for event in events}
    with for_itself(view.connection):  # whoever asks has been shown these events before
        log = read_logs(view.connection, [case_id])[case_id]
    try:
        return tell([one for one in log if one.seq in kept], rules) if kept else None
    except TransitionError:
        return None


def entries_of(events: Rows) -> tuple[Entry, ...]:
    """Make an entry of each event; corrections are entries of their own."""
    return tuple(_entry(row, late=_known_late(row, events)) for row in events)


def stages_of(
    case: Mapping[str, Any], events: Rows, told: Told | None, profile: Profile, as_of: datetime
) -> tuple[StageStep, ...]:
    """Lay out the profile's stages: when each was entered first, and the time spent in all."""
    moves = list(_moves(case, events, told))
    columns = profile.columns
    place = {stage: n for n, (_, covered) in enumerate(columns) for stage in covered}
    entered: dict[int, datetime] = {}
    spent: dict[int, int] = defaultdict(int)
    ends = [at for at, _ in moves[1:]] + [case["left_at"] or as_of]
    for (at, stage), end in zip(moves, ends, strict=True):
        if stage not in place:
            continue
        entered.setdefault(place[stage], at)
        if stage not in TERMINAL_STAGES:
            spent[place[stage]] += max(int((end - at).total_seconds()), 0)
    here = place.get(Stage(case["stage"]))
    if Stage(case["stage"]) in TERMINAL_STAGES:
        here = None
    reached = max(entered, default=-1) if here is None else here
    return tuple(
        StageStep(
            code=label.code,
            label=label.zh,
            mark=_mark(n, here, reached),
            entered_at=entered.get(n) if n <= reached else None,
            spent_s=spent.get(n) if n <= reached else None,
        )
        for n, (label, _) in enumerate(columns)
    )


def passed_of(told: Told | None, as_of: datetime) -> tuple[datetime, ...]:
    """Return the deadlines that passed while the case was open; the log has no event for it."""
    steps = [] if told is None else [step for _, step in told.steps]
    found: set[datetime] = set()
    for step, later in zip_longest(steps, steps[1:]):
        due_at = step.case["due_at"]
        if due_at is None or (later is not None and later.case["due_at"] == due_at):
            continue
        end = step.case["left_at"] or (as_of if later is None else later.at)
        if due_at < end:
            found.add(due_at)
    return tuple(sorted(found))


def sheets_of(events: Rows) -> tuple[SheetRow, ...]:
    """Name every sheet an event was recorded under."""
    return tuple(
        SheetRow(number=row.sheet_no, event=Event(row.type), at=row.at, department=row.dept_id)
        for row in events
        if row.sheet_no
    )


def orders_of(told: Told | None) -> tuple[Order, ...]:
    """Return the supervision orders as the events left them."""
    return tuple(
        Order(
            number=number,
            colour=None if values["colour"] is None else Colour(values["colour"]),
            issued_at=values["issued_at"],
            department=values["to_dept_id"],
            reply_due=values["reply_due"],
            replied_at=values["replied_at"],
            status=values["status"],
        )
        for number, values in _side_rows(told, "supervision_order")
    )


def follow_ups_of(told: Told | None, rules: Rules) -> FollowUps:
    """Return the attempts and how far they carry a closing."""
    memory = {} if told is None else told.steps[-1][1].case["memory"]
    attempts = tuple(
        Attempt(
            number=number,
            at=values["at"],
            role=None if values["by_role"] is None else Role(values["by_role"]),
            reached=bool(values["reached"]),
            confirmed=values["confirmed_resolved"],
            satisfaction=(
                None if values["satisfaction"] is None else Satisfaction(values["satisfaction"])
            ),
        )
        for number, values in _side_rows(told, "follow_up")
    )
    return FollowUps(
        required=rules.follow_up_required,
        attempts=attempts,
        confirmed=bool(memory.get("confirmed")),
        failed=memory.get("failed", 0),
        most_failed=MAX_FAILED_ATTEMPTS,
    )


def _entry(row: Row[Any], *, late: bool) -> Entry:
    payload, corrected = row.payload or {}, row.type == Event.CORRECT
    texts = [scrub(payload[name]) for name in WRITTEN if isinstance(payload.get(name), str)]
    return Entry(
        seq=row.seq,
        event=Event(row.type),
        at=row.at,
        recorded_at=row.recorded_at,
        role=Role(row.actor_role),
        org=row.actor_org_id,
        department=row.dept_id,
        sheet_no=row.sheet_no,
        reason=None if row.reason is None else scrub(row.reason),
        text="\n".join(texts) or None,
        to_stage=None if row.to_stage is None else Stage(row.to_stage),
        corrects=payload.get("corrects") if corrected else None,
        changed=tuple(sorted(row.after)) if corrected else (),
        late=late,
    )


def _known_late(row: Row[Any], events: Rows) -> bool:
    """Tell whether something that happened later was recorded before it."""
    return any(other.at > row.at and other.seq < row.seq for other in events)


def _moves(
    case: Mapping[str, Any], events: Rows, told: Told | None
) -> Iterator[tuple[datetime, Stage]]:
    """Yield when the case entered which stage, in order; a source may know more than its events."""
    moves = [(row.at, row.to_stage) for row in events]
    if told is not None:
        moves = [(step.at, step.case["stage"]) for _, step in told.steps]
    accepted_at, before = case["accepted_at"], None
    if accepted_at is not None and (not moves or accepted_at < moves[0][0]):
        yield accepted_at, Stage.ACCEPTED
        before = Stage.ACCEPTED
    for at, stage in moves:
        if stage is None or stage == before:
            continue
        before = Stage(stage)
        closed = before is Stage.CLOSED and case["closed_at"] is not None
        yield (min(at, case["closed_at"]) if closed else at), before


def _mark(n: int, here: int | None, reached: int) -> StageMark:
    if n == here:
        return StageMark.CURRENT
    return StageMark.PASSED if n <= reached else StageMark.AHEAD


def _side_rows(told: Told | None, table: str) -> list[tuple[int, dict[str, Any]]]:
    rows = {} if told is None else told.rows
    return sorted((key, row.values) for (name, key), row in rows.items() if name == table)
