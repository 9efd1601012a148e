"""Reading what belongs to one matter: its calls, the matters they make, the people behind them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from dashboard.database.tables import party
from dashboard.drilldown.case import Matter
from dashboard.figures.filters import EVERY
from dashboard.figures.population import ACCEPTED, CALLS
from dashboard.figures.view import View

AGAIN = timedelta(days=365)
"""How far from the matter its party may come again for it to be the same (metrics 4.2)."""


def read_matter(view: View, case: Mapping[str, Any]) -> Matter:
    """Count the calls, matters and people of the matter `case` belongs to (asks, idea 15).

    Calls are the matter itself, all that was merged into it, and what its applicants brought again
    in the same category group, with what was merged into that. Filters do not count here.
    """
    root = _root(view, case["id"])
    own = _with_merged(view, [root])
    roots = {_root(view, each) for each in _brought_again(view, root, own)}
    members = _with_merged(view, [root, *roots])
    everything = view.narrowed(EVERY)
    chosen = view.cases.c.id.in_(members)
    keys = func.count(party.c.party_key.distinct())
    counted = select(view.cases.c.id).where(chosen, everything.members(CALLS, None))
    people = select(keys).where(party.c.case_id.in_(counted))
    return Matter(
        calls=_count(view, chosen & everything.members(CALLS, None)),
        matters=_count(view, chosen & everything.members(ACCEPTED, None)),
        people=int(view.connection.execute(people).scalar_one()),
    )


def _count(view: View, which: ColumnElement[bool]) -> int:
    found = select(func.count()).select_from(view.cases).where(which)
    return int(view.connection.execute(found).scalar_one())


def _root(view: View, case_id: int) -> int:
    """Follow a case to the last it was merged into that is there at that moment."""
    cases, passed = view.cases, {case_id}
    other = cases.alias("other")
    into = select(other.c.id).join(cases, cases.c.merged_into == other.c.id)
    while True:
        found = view.connection.scalar(into.where(cases.c.id == case_id, view.scoped(other)))
        if found is None or found in passed:
            return case_id
        case_id = found
        passed.add(found)


def _with_merged(view: View, roots: Iterable[int]) -> list[int]:
    """Return these cases and all that were merged into them, at whatever remove."""
    cases, found = view.cases, set(roots)
    edge = found
    while edge:
        merged = select(cases.c.id).where(cases.c.merged_into.in_(sorted(edge)), view.scoped(cases))
        edge = set(view.connection.scalars(merged)) - found
        found = found | edge
    return sorted(found)


def _brought_again(view: View, root: int, own: list[int]) -> list[int]:
    """Return other cases of the matter's applicants, near in time and of its category group."""
    cases = view.cases
    about = (cases.c.id, cases.c.case_kind, cases.c.category_code, cases.c.reported_at)
    first = view.connection.execute(
        select(*about).where(cases.c.id == root, view.scoped(cases))
    ).one()
    keys = select(party.c.party_key).where(
        party.c.case_id.in_(own), party.c.role == "applicant", party.c.party_key.is_not(None)
    )
    same = select(party.c.case_id).where(party.c.role == "applicant", party.c.party_key.in_(keys))
    rows = view.connection.execute(
        select(*about).where(
            cases.c.id.in_(same),
            cases.c.reported_at.between(*_near(first.reported_at)),
            cases.c.id.not_in(own),
            view.scoped(cases),
        )
    )
    return [row.id for row in rows if _group(row) == _group(first)]


def _near(moment: datetime) -> tuple[datetime, datetime]:
    return moment - AGAIN, moment + AGAIN


def _group(row: Any) -> str:  # noqa: ANN401 -- a row of the cases
    return str(row.category_code[:2] if row.category_code else row.case_kind)
