"""The demo county before its first day: areas, departments, items, feeds, site facts."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from dashboard.database import tables
from dashboard.demo.county import AREA_CODE, County, Department, table
from dashboard.demo.grid import workers
from dashboard.demo.grids import Grids
from dashboard.demo.hours import HOUR
from dashboard.demo.people import People, households
from dashboard.demo.progress import KEY, Progress, write_progress
from dashboard.demo.responsibility import responsibility_items
from dashboard.demo.rules import site_facts
from dashboard.intake.area_tree import write_areas
from dashboard.profile import Profile


class DemoError(Exception):
    """The demo cannot be built here; the message says why."""


def check(connection: Connection, profile: Profile) -> None:
    """Refuse a database that is somebody's own, and a profile of another place.

    Raises:
        DemoError: it holds cases that are not synthetic, or the profile is of another place.
    """
    if profile.area_code != AREA_CODE:
        raise DemoError(
            f"the demo county is Zhanyi District ({AREA_CODE}), "
            f"profile {profile.id!r} is of {profile.place_en}"
        )
    site = {row.key: row.value for row in connection.execute(select(tables.site))}
    held = connection.scalar(select(func.count()).select_from(tables.cases)) or 0
    if held and site.get("synthetic") is not True:
        raise DemoError(
            f"this database holds {held} cases that are not synthetic; the demo leaves it alone, "
            "give it a database of its own with --database"
        )
    if site.get("profile", profile.id) != profile.id:
        raise DemoError(f"this database belongs to profile {site['profile']!r}")


WRITTEN = (
    "party", "points_entry", "grid_worker", "inspection_task", "whistle", "case_hold",
    "case_event", "follow_up", "supervision_order", "warning", "cases", "hazard_point",
    "intelligence_item", "duty_shift", "duty_shift_removed", "responsibility_item", "department",
    "source", "area", "decision_entry", "decision", "sealed_league", "check_run", "wall_snapshot",
    "snapshot_history",
)  # fmt: skip
"""The tables a demo fills, itself or through what the application does with it."""


def clear(connection: Connection) -> None:
    """Take a demo out of its database again; `check` has made sure that it is one."""
    for name in WRITTEN:
        connection.execute(delete(tables.metadata.tables[name]))
    connection.execute(delete(tables.site).where(tables.site.c.key == KEY))


def found(  # noqa: PLR0913 -- what a demo begins with
    connection: Connection,
    county: County,
    profile: Profile,
    *,
    seed: int,
    begins: date,
    played: datetime,
) -> Progress:
    """Write what stands before the first day; the script begins with the local day `begins`."""
    grids = Grids(county)
    write_areas(connection, [area._asdict() for area in (*county.areas, *grids.areas)])
    _write_inhabitants(connection, grids.people)
    connection.execute(insert(tables.grid_worker), workers(grids, begins))
    departments = [_department(order, dept) for order, dept in enumerate(county.departments)]
    connection.execute(insert(tables.department), departments)
    connection.execute(insert(tables.responsibility_item), responsibility_items(county))
    connection.execute(
        insert(tables.source),
        [
            {
                "channel": row["channel"],
                "system": row["system"],
                "expected_every_s": int(row["expected_every_h"]) * HOUR,
            }
            for row in table("sources.csv")
        ],
    )
    facts = site_facts(profile.id)
    connection.execute(delete(tables.site).where(tables.site.c.key.in_(facts)))
    connection.execute(
        insert(tables.site), [{"key": key, "value": value} for key, value in facts.items()]
    )
    progress = Progress(seed, begins, played)
    write_progress(connection, progress, new=True)
    return progress


def _write_inhabitants(connection: Connection, people: People) -> None:
    values: dict[str, Any] = {"population": bindparam("persons"), "households": bindparam("homes")}
    connection.execute(
        update(tables.area).where(tables.area.c.area_code == bindparam("code")).values(values),
        [
            {"code": code, "persons": persons, "homes": households(persons)}
            for code, persons in people.items()
        ],
    )


def _department(order: int, dept: Department) -> dict[str, object]:
    return {
        **{name: value for name, value in asdict(dept).items() if name != "pace"},
        "area_code": AREA_CODE,
        "sort_order": order,
    }
