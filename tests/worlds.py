"""Builders of small worlds: defaults everywhere, the test names what matters."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, insert

from dashboard.database import tables
from dashboard.terms import TERMINAL_STAGES, Stage

COUNTY = "530303000000"
XIPING, HUASHAN, BAISHUI = "530303001000", "530303004000", "530303103000"
TOWNSHIPS = {XIPING: "西平街道", HUASHAN: "花山街道", BAISHUI: "白水镇"}
VILLAGES = {"530303001001": XIPING, "530303001002": XIPING, "530303004001": HUASHAN,
            "530303103001": BAISHUI}  # fmt: skip
DEPARTMENTS = {"hrss": "人社局", "housing": "住建局", "water": "水务局", "justice": "司法局"}
ACCEPTED = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)

_numbers = count(1)


def small_county(connection: Connection) -> None:
    """Insert the county, three townships, four villages and four departments."""
    areas = [(COUNTY, None, "county", "沾益区")]
    areas += [(code, COUNTY, "township", name) for code, name in TOWNSHIPS.items()]
    areas += [(code, town, "village", f"{code[-3:]}村") for code, town in VILLAGES.items()]
    connection.execute(
        insert(tables.area),
        [
            {
                "area_code": code,
                "parent_code": parent,
                "level": level,
                "name": name,
                "short_name": name[:5],
                "name_en": code,
                "sort_order": order,
            }
            for order, (code, parent, level, name) in enumerate(areas)
        ],
    )
    connection.execute(
        insert(tables.department),
        [
            {
                "dept_id": code,
                "name": f"区{name}",
                "short_name": name,
                "name_en": code,
                "kind": "industry",
                "sort_order": order,
            }
            for order, (code, name) in enumerate(DEPARTMENTS.items())
        ],
    )


def a_case(connection: Connection, **columns: Any) -> int:
    """Insert one row of `cases` as it stands, without its events; returns its id.

    Defaults: an accepted dispute of 西平街道 led by 人社局, in process, due in three days.
    """
    number = next(_numbers)
    accepted = columns.get("accepted_at", ACCEPTED)
    stage = Stage(columns.get("stage", Stage.IN_PROCESS))
    row = {
        "case_code": f"530303-20260310-D{number:05d}-0",
        "source_channel": "window",
        "source_no": str(number),
        "case_kind": "dispute",
        "title": f"事项{number}",
        "reported_at": accepted or ACCEPTED,
        "accepted_at": accepted,
        "area_code": XIPING,
        "township_code": XIPING,
        "category_code": "0101",
        "level": "general",
        "situation": "public_concern",
        "lead_dept_id": "hrss",
        "stage": stage,
        "stage_since": accepted or ACCEPTED,
        "blue_at": None,
        "yellow_at": None,
        "due_at": (accepted or ACCEPTED) + timedelta(days=3),
        **columns,
    }
    if stage in TERMINAL_STAGES and "left_at" not in columns:
        row["left_at"] = row.get("closed_at") or row["stage_since"]
    result = connection.execute(insert(tables.cases).values(**row))
    return int(result.inserted_primary_key[0])
