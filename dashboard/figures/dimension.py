"""What a figure can be broken down by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, case, func, type_coerce
from sqlalchemy.sql.expression import FromClause

from dashboard.database.types import UtcDateTime
from dashboard.figures import conditions
from dashboard.figures.population import Population

Key = Callable[[FromClause, Population, datetime], ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A name and the SQL of its key: a code, None where the row has none, or an instant."""

    id: str
    key: Key


def _column(name: str) -> Key:
    return lambda rows, _population, _as_of: rows.c[name]


def _hour(rows: FromClause, population: Population, _as_of: datetime) -> ColumnElement[Any]:
    seconds = type_coerce(instant_of(rows, population), BigInteger)
    return type_coerce(seconds - seconds % 3600, UtcDateTime)


def instant_of(rows: FromClause, population: Population) -> ColumnElement[datetime]:
    """Return the column of a population's instant.

    Raises:
        ValueError: it has none.
    """
    if population.instant is None:
        raise ValueError(f"population {population.id} has no instant to group by")
    return rows.c[population.instant]


def _county(rows: FromClause, _population: Population, _as_of: datetime) -> ColumnElement[Any]:
    return func.substr(rows.c.area_code, 1, 6, type_=String) + "000000"


COUNTY = Dimension("county", _county)
TOWNSHIP = Dimension("township", _column("township_code"))
VILLAGE = Dimension("village", _column("village_code"))
GRID = Dimension("grid", _column("area_code"))
DEPARTMENT = Dimension("department", _column("lead_dept_id"))
SITUATION = Dimension("situation", _column("situation"))
CATEGORY = Dimension("category", _column("category_code"))
KIND = Dimension("kind", _column("case_kind"))
LEVEL = Dimension("level", _column("level"))
CHANNEL = Dimension("channel", _column("source_channel"))
STAGE = Dimension("stage", _column("stage"))
RISK = Dimension("risk", _column("risk_level"))
COLOUR = Dimension("colour", lambda rows, _, as_of: conditions.colour(rows, as_of))
HOUR = Dimension("hour", _hour)


MANY = 4
"""With more spans than this of one length, an instant's span is divided for."""


def spans(starts: Sequence[datetime]) -> Dimension:
    """Group by the span an instant falls into; each begins at one of `starts` (ascending).

    The key is the span's position in `starts`. The last span has no end but the period's. Local
    days are spans between midnights, so SQL needs no calendar.
    """
    step = even_step(starts)

    def key(rows: FromClause, population: Population, _: datetime) -> ColumnElement[Any]:
        instant = instant_of(rows, population)
        if step is not None:
            return _evenly(type_coerce(instant, BigInteger), starts, step)
        ends = [(instant < end, position) for position, end in enumerate(starts[1:])]
        return case(*ends, else_=len(starts) - 1) if ends else type_coerce(instant, BigInteger) * 0

    return Dimension("span", key)


def even_step(starts: Sequence[datetime]) -> int | None:
    """Return the seconds from each start to the next where they are all the same, else None."""
    steps = {int((end - start).total_seconds()) for start, end in pairwise(starts)}
    return steps.pop() if len(steps) == 1 and len(starts) > MANY else None


def _evenly(
    seconds: ColumnElement[int], starts: Sequence[datetime], step: int
) -> ColumnElement[Any]:
    """Divide instead of asking span after span: a year of days would be asked 365 times a row."""
    first, last = int(starts[0].timestamp()), int(starts[-1].timestamp())
    return case(
        (seconds < first + step, 0),
        (seconds >= last, len(starts) - 1),
        else_=(seconds - first) // step,
    )
