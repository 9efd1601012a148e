"""What belongs to a case beside its log: other cases, parties, and who had it how long."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Text, exists, or_, select, true, type_coerce

from dashboard.database import tables
from dashboard.drilldown.case import Held, Linked, Party, Tie
from dashboard.drilldown.read_case_rows import read_case_rows
from dashboard.figures.scope import EVERYTHING
from dashboard.figures.view import View

SAME_PARTY = timedelta(days=365)
"""How far apart two cases of one party may be reported to be shown together."""

MOST_LINKED = 50


def read_linked(view: View, case: Mapping[str, Any]) -> tuple[Linked, ...]:
    """Read the cases that belong to this one, the newest first, each with all its reasons."""
    ties: dict[int, list[Tie]] = defaultdict(list)
    for tie, ids in _tied(view, case):
        for case_id in ids:
            if case_id != case["id"] and tie not in ties[case_id]:
                ties[case_id].append(tie)
    if not ties:
        return ()
    cases = view.cases
    seen = view.scoped(cases)
    order = (cases.c.reported_at.desc(), cases.c.id)
    rows = read_case_rows(view, cases.c.id.in_(sorted(ties)) & seen, order, limit=MOST_LINKED)
    return tuple(Linked(row=row, ties=tuple(ties[row.id])) for row in rows)


def read_parties(view: View, case_id: int) -> tuple[Party, ...]:
    """Read the parties under their masked names; nothing else of them is kept."""
    party = tables.party.c
    found = view.connection.execute(
        select(party.role, party.name_masked, party.is_group_rep)
        .where(party.case_id == case_id, _seen(view, party.case_id))
        .order_by(party.party_id)
    )
    return tuple(
        Party(role=row.role, name=row.name_masked, is_group_rep=bool(row.is_group_rep))
        for row in found
    )


def read_held(view: View, case_id: int) -> tuple[Held, ...]:
    """Sum how long each unit, or nobody, had the case in hand, in the order they got it first."""
    holds = view.rows(tables.case_hold)
    rows = view.connection.execute(
        select(holds.c.township_code, holds.c.lead_dept_id, holds.c.from_at, holds.c.until_at)
        .where(holds.c.case_id == case_id, holds.c.from_at <= view.as_of)
        .where(_seen(view, holds.c.case_id))  # also what another unit had of it
        .order_by(holds.c.number)
    )
    found: dict[tuple[str | None, str | None], list[tuple[int, bool]]] = defaultdict(list)
    for row in rows:
        runs = row.until_at is None or row.until_at > view.as_of
        end = view.as_of if runs else row.until_at
        seconds = int((end - row.from_at).total_seconds())
        found[row.township_code, row.lead_dept_id].append((seconds, runs))
    return tuple(
        Held(
            township=township,
            department=department,
            seconds=sum(seconds for seconds, _ in stretches),
            stretches=len(stretches),
            holds_now=any(runs for _, runs in stretches),
        )
        for (township, department), stretches in found.items()
    )


def _seen(view: View, case_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Tell whether the case a row belongs to lies in the scope."""
    if view.scope == EVERYTHING:
        return true()
    cases = view.cases
    return exists().where(cases.c.id == case_id, view.scoped(cases))


def _tied(view: View, case: Mapping[str, Any]) -> Iterable[tuple[Tie, list[int]]]:
    cases, party = view.cases, tables.party
    named = [one for one in case["linked_case_ids"] or () if isinstance(one, int)]
    yield Tie.REPEATS if case["is_repeat"] else Tie.NAMED, named
    for row in _naming(view, case["id"]):
        yield _tie_of(row, case), [row.id]
    yield Tie.MERGED_INTO, [] if case["merged_into"] is None else [case["merged_into"]]
    merged = select(cases.c.id).where(cases.c.merged_into == case["id"], view.scoped(cases))
    yield Tie.MERGED_HERE, list(view.connection.scalars(merged))
    keys = select(party.c.party_key).where(
        party.c.case_id == case["id"], party.c.party_key.is_not(None)
    )
    near = cases.c.reported_at.between(
        case["reported_at"] - SAME_PARTY, case["reported_at"] + SAME_PARTY
    )
    same = (
        select(cases.c.id)
        .where(cases.c.id.in_(select(party.c.case_id).where(party.c.party_key.in_(keys))), near)
        .where(view.scoped(cases))
        .order_by(cases.c.reported_at.desc())
        .limit(MOST_LINKED)
    )
    yield Tie.SAME_PARTY, list(view.connection.scalars(same))


def _naming(view: View, case_id: int) -> Iterator[Any]:
    """Find the cases whose list of ids, kept as compact text, has this one in any place."""
    cases = view.cases
    ids = type_coerce(cases.c.linked_case_ids, Text)
    named = or_(
        ids == f"[{case_id}]",
        ids.like(f"[{case_id},%"),
        ids.like(f"%,{case_id},%"),
        ids.like(f"%,{case_id}]"),
    )
    wanted = select(cases.c.id, cases.c.reported_at, cases.c.is_repeat)
    found = wanted.where(cases.c.linked_case_ids.is_not(None), named, view.scoped(cases))
    yield from view.connection.execute(found)


def _tie_of(row: Any, case: Mapping[str, Any]) -> Tie:  # noqa: ANN401 -- a row of the cases
    if row.is_repeat:
        return Tie.REPEATED_BY
    return Tie.FOLLOWED_BY if row.reported_at > case["reported_at"] else Tie.NAMED_BY
