"""What is not made of events: orders about areas, visits, whistles, hazards, intelligence."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, or_, select

from dashboard.cases.area import township_of
from dashboard.check.recount import Moment, Of
from dashboard.check.tally import Group, Hands, Tally, flows, stocks
from dashboard.database import tables

TABLES: dict[Of, Table] = {
    Of.ORDER: tables.supervision_order,
    Of.VISIT: tables.inspection_task,
    Of.WHISTLE: tables.whistle,
    Of.HAZARD: tables.hazard_point,
    Of.ITEM: tables.intelligence_item,
}
CHUNK_ROWS = 1_000


def count_beside(
    connection: Connection,
    groups: tuple[Group, ...],
    tally: Tally,
    moment: Moment,
    hands: Mapping[int, Hands],
) -> None:
    """Count every row that is no case; it belongs where it says, else where its case was."""
    for of, table in TABLES.items():
        flowing, standing = flows(groups, of), stocks(groups, of)
        whens = () if standing else tuple({str(group.first.when) for group in flowing})
        for row in _rows(connection, table, whens, tally.window.oldest):
            where = _hands(row, hands)
            tally.add(flowing, row, moment, where)
            for span, at in enumerate(tally.window.moments if standing else ()):
                tally.add_stock(standing, row, Moment(at, moment.links), span, where)


def _rows(
    connection: Connection, table: Table, whens: tuple[str, ...], since: datetime
) -> Iterator[dict[str, Any]]:
    """Read the rows of a table; with `whens`, those one of whose instants is not before `since`."""
    wanted = select(table)
    if whens:
        wanted = wanted.where(or_(*(table.c[when] >= since for when in whens)))
    names = tuple(map(str, table.columns.keys()))
    with connection.execute(wanted, execution_options={"yield_per": CHUNK_ROWS}) as found:
        for row in found:
            values = dict(zip(names, row, strict=True))
            yield values | {"case": values.get("case_id")}


def named_cases(connection: Connection) -> frozenset[int]:
    """Return the cases these rows name."""
    found: set[int] = set()
    for table in TABLES.values():
        if "case_id" in table.c:
            column = table.c.case_id
            found |= set(connection.scalars(select(column).where(column.is_not(None)).distinct()))
    return frozenset(found)


def _hands(row: Mapping[str, Any], hands: Mapping[int, Hands]) -> Hands:
    of_case = hands.get(row["case"], (None, None)) if row["case"] is not None else (None, None)
    area = row.get("area_code")
    township = of_case[0] if area is None else row.get("township_code", township_of(area))
    return township, row["lead_dept_id"] if "lead_dept_id" in row else of_case[1]
