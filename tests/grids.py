"""Builders of what lies below a village."""

from typing import Any

from sqlalchemy import Connection, insert

from dashboard.database import tables
from tests import worlds

VILLAGE = "530303001001"
GRIDS = tuple(f"{VILLAGE}{number:03d}" for number in range(1, 5))
FIRST = GRIDS[0]


def four_grids(connection: Connection) -> None:
    """Insert four grids below one of the small county's villages."""
    rows = [
        {
            "area_code": code,
            "parent_code": VILLAGE,
            "level": "grid",
            "name": f"001村第{place}网格",
            "short_name": f"第{place}网格",
            "name_en": f"Grid {place}",
            "population": 300,
            "sort_order": 100 + place,
        }
        for place, code in enumerate(GRIDS, 1)
    ]
    connection.execute(insert(tables.area), rows)


def a_case_in(connection: Connection, area: str, **columns: Any) -> int:
    """Insert a case that lies in the village or one of its grids."""
    place = {"area_code": area, "village_code": VILLAGE, "township_code": worlds.XIPING}
    return worlds.a_case(connection, **place, **columns)
