"""Whom a leader's page is about: an area, a department or a situation, and who its peers are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from dashboard.centre import Centre
from dashboard.database.tables import area, department
from dashboard.figures.dimension import (
    COUNTY,
    DEPARTMENT,
    GRID,
    SITUATION,
    TOWNSHIP,
    VILLAGE,
    Dimension,
)
from dashboard.figures.scope import Scope
from dashboard.snapshots.board import Name
from dashboard.terms import AreaLevel, Situation

BY_LEVEL = {
    AreaLevel.COUNTY: COUNTY,
    AreaLevel.TOWNSHIP: TOWNSHIP,
    AreaLevel.VILLAGE: VILLAGE,
    AreaLevel.GRID: GRID,
}
LEVELS = tuple(AreaLevel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A unit with its peers.

    `own` are the fields of Filters that mean it (no area: the whole of the database). `among` is
    the dimension its peers are told by and `peers` are they, in order, itself among them. `parent`
    is the area the peers lie in. `below` is the dimension of the level below and `parts` are its
    areas with their inhabitants. `competes` False: its peers are no units that can be ranked.
    """

    name: Name
    level: AreaLevel | None
    parents: tuple[Name, ...]
    own: dict[str, Any]
    among: Dimension
    peers: tuple[Name, ...]
    parent: str | None
    below: Dimension | None
    parts: tuple[tuple[Name, int | None], ...]
    competes: bool = True

    def lies_in(self, scope: Scope) -> bool:
        """Tell whether a scope holds all of it: half an area's figures would not be its figures."""
        if self.level is not None:
            return scope.holds(self.name.code)
        units = self.own.get("departments", ())
        return all(scope.has(unit) for unit in units)


def area_subject(connection: Connection, code: str) -> Subject | None:
    """Find an area of any level, the areas beside it and those below; None if there is none."""
    row = _row(connection, code)
    if row is None:
        return None
    level = AreaLevel(row.level)
    parts = _children(connection, code)
    below = BY_LEVEL[AreaLevel(parts[0].level)] if parts else None
    parent = row.parent_code
    beside = _children(connection, parent) if parent is not None else [row]
    peers = [one for one in beside if one.level == row.level]
    return Subject(
        name=_name(row),
        level=level,
        parents=_parents(connection, parent),
        own={"area": None if parent is None else code},
        among=BY_LEVEL.get(level, COUNTY),
        peers=tuple(_name(one) for one in peers),
        parent=parent,
        below=below,
        parts=tuple((_name(one), _inhabitants(one)) for one in parts),
    )


def department_subject(connection: Connection, centre: Centre, code: str) -> Subject | None:
    """Find a department; its peers are all active ones, its parts the centre's areas below."""
    rows = connection.execute(
        select(department).order_by(department.c.sort_order, department.c.dept_id)
    ).all()
    found = next((row for row in rows if row.dept_id == code), None)
    whole = area_subject(connection, centre.profile.area_code)
    if found is None or whole is None:
        return None
    active = [row for row in rows if row.active or row.dept_id == code]
    return Subject(
        name=_department(found),
        level=None,
        parents=(whole.name,),
        own={"departments": frozenset({code})},
        among=DEPARTMENT,
        peers=tuple(_department(row) for row in active),
        parent=None,
        below=whole.below,
        parts=whole.parts,
    )


def situation_subject(connection: Connection, centre: Centre, code: str) -> Subject | None:
    """Find one of the centre's five situations."""
    shown = centre.profile.situations
    whole = area_subject(connection, centre.profile.area_code)
    if whole is None or code not in tuple(map(str, shown)):
        return None
    names = tuple(Name(code=str(one), full=str(one), short=str(one), en=str(one)) for one in shown)
    return Subject(
        name=next(name for name in names if name.code == str(Situation(code))),
        level=None,
        parents=(whole.name,),
        own={"situations": frozenset({code})},
        competes=False,
        among=SITUATION,
        peers=names,
        parent=None,
        below=whole.below,
        parts=whole.parts,
    )


def _row(connection: Connection, code: str | None) -> Row[Any] | None:
    wanted = select(area).where(area.c.area_code == code)
    found: Row[Any] | None = connection.execute(wanted).first()
    return found


def _children(connection: Connection, code: str) -> Sequence[Row[Any]]:
    order = (area.c.sort_order, area.c.area_code)
    found = select(area).where(area.c.parent_code == code, area.c.valid_to.is_(None))
    return connection.execute(found.order_by(*order)).all()


def _parents(connection: Connection, code: str | None) -> tuple[Name, ...]:
    names: list[Name] = []
    while len(names) < len(LEVELS) and (row := _row(connection, code)) is not None:
        names.insert(0, _name(row))
        code = row.parent_code
    return tuple(names)


def _name(row: Row[Any]) -> Name:
    return Name(code=row.area_code, full=row.name, short=row.short_name, en=row.name_en or row.name)


def _department(row: Row[Any]) -> Name:
    return Name(code=row.dept_id, full=row.name, short=row.short_name, en=row.name_en or row.name)


def _inhabitants(row: Row[Any]) -> int | None:
    """Return the population, estimated from households (2.8 a household, metrics 4.8)."""
    if row.population is not None:
        return int(row.population)
    return None if row.households is None else round(row.households * 2.8)
