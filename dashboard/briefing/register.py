"""The register of decisions in the database: taking one, writing under it, reading any moment."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, insert, or_, select, true

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.decision import Decision, Entry, EntryKind, Owner, matter_of
from dashboard.briefing.issue import Cycle
from dashboard.database.decision_tables import decision, decision_entry
from dashboard.database.tables import cases
from dashboard.database.tripwire import AREA, DEPARTMENTS
from dashboard.figures.scope import EVERYTHING, Scope
from dashboard.figures.scoping import scoped


def take(connection: Connection, one: Decision, *, by: str) -> int:
    """Write a decision down; its `id` is not looked at. Returns the one it got.

    Raises:
        ValueError: nobody owns it, or it is to be done before it was taken.
    """
    if (one.owner.department is None) == (one.owner.area is None):
        raise ValueError("a decision has one owner, a department or an area")
    if one.asked_due_at <= one.recorded_at:
        raise ValueError("a decision is due after it is taken")
    row = insert(decision).values(
        taken_on=one.taken_on,
        cycle=one.cycle.value,
        matter_key=one.matter,
        title=one.title,
        ask=one.ask,
        case_code=one.case_code,
        lead_dept_id=one.owner.department,
        area_code=one.owner.area or "",
        beside=list(one.beside),
        due_at=one.asked_due_at,
        recorded_at=one.recorded_at,
        recorded_by=by,
    )
    (number,) = connection.execute(row).inserted_primary_key or (0,)
    return int(number)


def follow(connection: Connection, number: int, entry: Entry, scope: Scope) -> Decision | None:
    """Write an entry under a decision that lies in the scope; None if there is none such.

    Two who write at once get different numbers, or one of them fails.

    Raises:
        EntryError: the register's rule does not allow it; nothing was written.
    """
    found = read_decision(connection, number, scope)
    if found is None:
        return None
    followed = found.followed(entry)
    connection.execute(
        insert(decision_entry).values(
            decision_id=number,
            number=len(followed.entries),
            kind=entry.kind.value,
            at=entry.at,
            text=entry.text,
            due_at=entry.due_at,
            agreed_by=entry.agreed_by or None,
            recorded_by=entry.by,
        )
    )
    return followed


def read_decision(
    connection: Connection, number: int, scope: Scope, as_of: datetime | None = None
) -> Decision | None:
    """Read one as it was known at an instant; None: as it is now."""
    wanted = and_(decision.c.decision_id == number, _in(scope))
    if as_of is not None:
        wanted = and_(wanted, decision.c.recorded_at <= as_of)
    found = _read(connection, wanted, scope, as_of)
    return found[0] if found else None


def is_decided(connection: Connection, cycle: Cycle, matter: str) -> bool:
    """Tell whether a matter of an issue has its decision."""
    c = decision.c
    found = select(c.decision_id).where(c.cycle == cycle.value, c.matter_key == matter)
    return connection.execute(found).first() is not None


def read_decided(
    connection: Connection, briefing: Briefing, as_of: datetime | None
) -> dict[str, Decision]:
    """Read the decisions about the matters of a briefing, by the matters' keys.

    A matter without one of its own has the newest that is still open about its case.
    """
    issue, c = briefing.issue, decision.c
    keys = {matter_of(issue.day, one.key): one.key for one in briefing.matters}
    codes = {one.case.code: one.key for one in briefing.matters if one.case is not None}
    own = and_(c.cycle == issue.cycle.value, c.matter_key.in_(sorted(keys)))
    wanted = or_(own, c.case_code.in_(sorted(codes)))
    if as_of is not None:
        wanted = and_(wanted, c.recorded_at <= as_of)
    found: dict[str, Decision] = {}
    answers: dict[str, Decision] = {}
    for one in _read(connection, wanted, EVERYTHING, as_of):
        if one.cycle is issue.cycle and one.matter in keys:
            answers[keys[one.matter]] = one
        elif one.closed is None and one.case_code in codes:
            found[codes[one.case_code]] = one
    return found | answers


def read_register(
    connection: Connection,
    scope: Scope = EVERYTHING,
    *,
    as_of: datetime | None,
    since: date | None = None,
) -> tuple[Decision, ...]:
    """Read what was known at an instant: decisions taken from `since` on, and all then open.

    `as_of` None: all that is written. In the order they were taken.
    """
    known = _in(scope)
    if as_of is not None:
        known = and_(known, decision.c.recorded_at <= as_of)
    if since is not None:
        closing = select(decision_entry.c.decision_id).where(
            decision_entry.c.kind.in_([EntryKind.DONE, EntryKind.DROPPED])
        )
        if as_of is not None:
            closing = closing.where(decision_entry.c.at <= as_of)
        still_open = decision.c.decision_id.not_in(closing)
        known = and_(known, or_(decision.c.taken_on >= since, still_open))
    return _read(connection, known, scope, as_of)


def read_open(
    connection: Connection, scope: Scope, *, as_of: datetime | None
) -> tuple[Decision, ...]:
    """Read those that were open at an instant; None: that are open now."""
    return read_register(connection, scope, as_of=as_of, since=date.max)


def read_about(
    connection: Connection, code: str, scope: Scope, *, as_of: datetime | None
) -> tuple[Decision, ...]:
    """Read those about a case, the newest first."""
    wanted = and_(decision.c.case_code == code, _in(scope))
    if as_of is not None:
        wanted = and_(wanted, decision.c.recorded_at <= as_of)
    return _read(connection, wanted, scope, as_of)[::-1]


def _read(
    connection: Connection, wanted: ColumnElement[bool], scope: Scope, as_of: datetime | None
) -> tuple[Decision, ...]:
    """Read decisions with what their cases are called, as far as these lie in the scope."""
    about = and_(cases.c.case_code == decision.c.case_code, scoped(scope, cases, cases))
    called = select(decision, cases.c.title_en).select_from(decision.outerjoin(cases, about))
    rows = connection.execute(called.where(wanted).order_by(decision.c.decision_id)).all()
    entry = decision_entry.c
    known = select(decision.c.decision_id).where(wanted)
    mine = select(decision_entry).where(entry.decision_id.in_(known))
    if as_of is not None:
        mine = mine.where(entry.at <= as_of)
    entries: dict[int, list[Entry]] = defaultdict(list)
    for row in connection.execute(mine.order_by(entry.decision_id, entry.number)):
        entries[row.decision_id].append(_entry(row))
    return tuple(_decision(row, entries[row.decision_id]) for row in rows)


def _in(scope: Scope) -> ColumnElement[bool]:
    """What a department or an area owns, those bound to it see; helpers do not."""
    tests: list[ColumnElement[bool]] = []
    if scope.area:
        tests.append(decision.c.area_code.like(bindparam(AREA, f"{scope.area}%")))
    if scope.departments is not None:
        mine = sorted(scope.departments)
        tests.append(decision.c.lead_dept_id.in_(bindparam(DEPARTMENTS, mine, expanding=True)))
    return and_(true(), *tests)


def _decision(row: Row[Any], entries: Sequence[Entry]) -> Decision:
    return Decision(
        id=row.decision_id,
        taken_on=row.taken_on,
        cycle=Cycle(row.cycle),
        title=row.title,
        ask=row.ask,
        case_code=row.case_code,
        owner=Owner(department=row.lead_dept_id, area=row.area_code or None),
        beside=tuple(row.beside),
        asked_due_at=row.due_at,
        recorded_at=row.recorded_at,
        entries=tuple(entries),
        matter=row.matter_key,
        case_title_en=row.title_en,
    )


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        kind=EntryKind(row.kind),
        at=row.at,
        text=row.text,
        due_at=row.due_at,
        agreed_by=row.agreed_by or "",
        by=row.recorded_by,
    )
