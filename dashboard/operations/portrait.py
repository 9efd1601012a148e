"""What a database comes to: the rows of every table and ten figures; two alike are copies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, inspect, select, table

from dashboard.database.schema import newest_version
from dashboard.figures.catalogue import by_id
from dashboard.figures.measure import measure, total
from dashboard.figures.period import SECOND, Period
from dashboard.figures.view import view_at

FIGURES = (
    "accepted", "closed", "resolved", "open", "overdue", "due", "on_time_rate",
    "satisfaction_rate", "hand_overs", "hazards",
)  # fmt: skip
"""Between them they read every column a clock, a stage or an outcome is kept in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """`figures` is empty for a schema this program does not read; values are n or n/of."""

    version: str | None
    rows: Mapping[str, int]
    figures: Mapping[str, str]

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return self.rows.get("cases", 0)


def portray(connection: Connection, as_of: datetime) -> Portrait:
    """Count everything in one transaction; figures over all time, as of an instant."""
    names = sorted(inspect(connection).get_table_names())
    counts = {
        name: connection.scalar(select(func.count()).select_from(table(name))) or 0
        for name in names
    }
    version = None
    if "alembic_version" in names:
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    readable = version == newest_version()
    return Portrait(
        version=version,
        rows=counts,
        figures=_figures(connection, as_of) if readable else {},
    )


def differences(original: Portrait, copy: Portrait) -> list[str]:
    """Name what is not the same."""
    found = []
    if original.version != copy.version:
        found.append(f"version {original.version} / {copy.version}")
    for before, after in ((original.rows, copy.rows), (original.figures, copy.figures)):
        found += [
            f"{name} {before.get(name, '-')} / {after.get(name, '-')}"
            for name in sorted({*before, *after})
            if before.get(name) != after.get(name)
        ]
    return found


def _figures(connection: Connection, as_of: datetime) -> dict[str, str]:
    wanted = [by_id(name) for name in FIGURES]
    ever = Period(datetime.fromtimestamp(0, UTC), as_of + SECOND)
    found = measure(view_at(connection, as_of), wanted, period=ever)
    values = {}
    for figure in wanted:
        cell = total(found[figure].values())
        values[figure.id] = (
            f"{cell.numerator}/{cell.denominator}"
            if figure.denominator is not None
            else f"{cell.numerator}"
        )
    return values
