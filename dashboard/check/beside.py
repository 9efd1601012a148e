"""What is not made of events: orders about areas, visits, whistles, hazards, intelligence."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, select

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
    hands: dict[int, Hands],
) -> None:
    """Count every row that is no case; it belongs where it says, else where its case was."""
    for of, table in TABLES.items():
        flowing, standing = flows(groups, of), stocks(groups, of)
        for row in _rows(connection, table):
            where = _hands(row, hands)
            tally.add(flowing, row, moment, where)
            for span, at in enumerate(tally.window.moments if standing else ()):
                tally.add_stock(standing, row, Moment(at, moment.links), span, where)


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    with connection.execute(select(table), execution_options={"yield_per": CHUNK_ROWS}) as found:
        for row in found:
            values = {str(name): value for name, value in row._mapping.items()}
            yield values | {"case": values.get("case_id")}


def named_cases(connection: Connection) -> dict[int, Hands]:
    """Return the cases these rows name, still in nobody's hands."""
    found: dict[int, Hands] = {}
    for table in TABLES.values():
        if "case_id" in table.c:
            column = table.c.case_id
            named = select(column).where(column.is_not(None)).distinct()
            found |= dict.fromkeys(connection.scalars(named), (None, None))
    return found


def _hands(row: dict[str, Any], hands: dict[int, Hands]) -> Hands:
    of_case = hands.get(row["case"], (None, None)) if row["case"] is not None else (None, None)
    area = row.get("area_code")
    township = of_case[0] if area is None else row.get("township_code", township_of(area))
    return township, row["lead_dept_id"] if "lead_dept_id" in row else of_case[1]
