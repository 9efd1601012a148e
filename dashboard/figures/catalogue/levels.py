"""Where matters end: 小事不出村, 大事不出镇, 矛盾不上交 (metrics 4.4)."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func
from sqlalchemy.sql.expression import FromClause

from dashboard.figures import conditions
from dashboard.figures.conditions import Condition
from dashboard.figures.figure import Figure
from dashboard.figures.lacking import lacks
from dashboard.figures.population import ACCEPTED, CLOSED
from dashboard.figures.unit import Unit
from dashboard.terms import AreaLevel, Channel

VILLAGE = (AreaLevel.VILLAGE, AreaLevel.GRID)
TOWNSHIP = (AreaLevel.TOWNSHIP,)


def _resolved_at(levels: tuple[AreaLevel, ...]) -> Condition:
    def test(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
        return and_(conditions.resolved(rows, as_of), rows.c.resolved_level.in_(levels))

    return test


def _passed_up(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """Handled by the prefecture, or sent down again by it as a repeated petition."""
    prefecture = func.substr(rows.c.handling_area_code, 5, 8) == "00000000"
    again = and_(rows.c.source_channel == Channel.UPPER_TRANSFER, rows.c.is_repeat.is_(True))
    return prefecture | again


def _kept(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return lacks(_passed_up(rows, as_of))


def _share(name: str, levels: tuple[AreaLevel, ...]) -> Figure:
    return Figure(
        id=name,
        unit=Unit.SHARE,
        population=CLOSED,
        numerator=_resolved_at(levels),
        denominator=conditions.resolved,
        source="metrics 4.4",
    )


def _share_of_accepted(name: str, levels: tuple[AreaLevel, ...]) -> Figure:
    return Figure(
        id=name,
        unit=Unit.SHARE,
        population=ACCEPTED,
        numerator=_resolved_at(levels),
        denominator=conditions.every,
        source="metrics 4.4 (东至)",
    )


VILLAGE_SHARE = _share("village_share", VILLAGE)
TOWNSHIP_SHARE = _share("township_share", TOWNSHIP)
GRASSROOTS_SHARE = _share("grassroots_share", VILLAGE + TOWNSHIP)
VILLAGE_SHARE_ACCEPTED = _share_of_accepted("village_share_accepted", VILLAGE)
TOWNSHIP_SHARE_ACCEPTED = _share_of_accepted("township_share_accepted", TOWNSHIP)
NOT_PASSED_UP = Figure(
    id="not_passed_up",
    unit=Unit.SHARE,
    population=ACCEPTED,
    numerator=_kept,
    denominator=conditions.every,
    source="metrics 4.4",
)

FIGURES = (
    VILLAGE_SHARE,
    TOWNSHIP_SHARE,
    GRASSROOTS_SHARE,
    VILLAGE_SHARE_ACCEPTED,
    TOWNSHIP_SHARE_ACCEPTED,
    NOT_PASSED_UP,
)
