"""What is known of a closed month now and was not when it was closed: figures and their cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select
from sqlalchemy.sql.expression import FromClause

from dashboard.database.tables import case_event, cases
from dashboard.drilldown.league import Correction, League, Line
from dashboard.drilldown.league_units import Asked, hands_of
from dashboard.drilldown.read_league import read_league
from dashboard.figures.catalogue.due import DECIDED, ON_TIME_RATE
from dashboard.figures.catalogue.flow import CLEARED, REOPENED
from dashboard.figures.catalogue.league import (
    IN_HANDS,
    STOCK_CLOSED,
    STOCK_DROPPED,
    STOCK_MERGED,
)
from dashboard.figures.composition import Part
from dashboard.figures.figure import Figure
from dashboard.figures.parts import candidate_test, part_test
from dashboard.figures.past import LateRules
from dashboard.figures.period import SECOND, Period
from dashboard.figures.view import View, view_at
from dashboard.league.balance import Code, Flow
from dashboard.league.flow import Hands

Counts = Mapping[tuple[Code, str], int]


@dataclass(frozen=True, slots=True)
class _Counted:
    """Where a number of the table comes from; one without a period is counted at `moment`."""

    figure: Figure
    moment: datetime | None = None


def read_corrections(
    connection: Connection, league: League, row: Row[Any], rules: LateRules
) -> tuple[Correction, ...]:
    """Compare a closed table with what its month looks like now.

    A difference lists the cases, among those recorded later, that count now and did not, or did.
    """
    later = _recorded_later(connection, row)
    if not later:
        return ()
    asked = Asked(
        kind=league.kind,
        units=tuple(one.line.code for one in league.lines if one.line.code is not None),
        period=Period(league.start, league.end),
    )
    now = view_at(connection, league.as_of, rules=rules)
    found = read_league(now, asked)
    before, after = _counts(league), _counts(found)
    changed = [key for key in before if after.get(key, 0) != before[key]]
    changed += [key for key in after if key not in before and after[key]]
    counted = _sources(league)
    ids_now = {key: _cases(now, league, counted[key[1]], key[0], later) for key in changed}
    then = view_at(connection, league.as_of, rules=rules, known_at=row.sealed_at)
    return tuple(
        Correction(
            unit=key[0],
            figure=counted[key[1]].figure.id,
            column=key[1],
            sealed=before.get(key, 0),
            now=after.get(key, 0),
            cases=tuple(
                sorted(ids_now[key] ^ _cases(then, league, counted[key[1]], key[0], later))
            ),
        )
        for key in changed
    )


def _recorded_later(connection: Connection, row: Row[Any]) -> frozenset[int]:
    event = case_event.c
    unknown = event.recorded_at > row.sealed_at
    if row.event_id is not None:
        unknown = or_(unknown, event.event_id > row.event_id)
    found = select(event.case_id).where(unknown, event.at <= row.as_of).distinct()
    return frozenset(connection.scalars(found))


def _counts(league: League) -> dict[tuple[Code, str], int]:
    lines = [one.line for one in league.lines]
    lines += [] if league.nobody is None else [league.nobody]
    return {(line.code, name): count for line in lines for name, count in _numbers(line)}


def _numbers(line: Line) -> Iterator[tuple[str, int]]:
    for field in fields(Flow):
        yield field.name, getattr(line.flow, field.name)
    yield "met", line.on_time.k
    yield "due", line.on_time.n
    yield "cleared", line.cleared


def _sources(league: League) -> dict[str, _Counted]:
    hands = _hands(league)
    return {
        "opening": _Counted(IN_HANDS, league.start - SECOND),
        "received": _Counted(hands.received),
        "transferred_in": _Counted(hands.transferred_in),
        "reopened": _Counted(REOPENED),
        "transferred_out": _Counted(hands.transferred_out),
        "merged": _Counted(STOCK_MERGED),
        "dropped": _Counted(STOCK_DROPPED),
        "closed": _Counted(STOCK_CLOSED),
        "closing": _Counted(IN_HANDS, league.end - SECOND),
        "met": _Counted(ON_TIME_RATE),
        "due": _Counted(DECIDED),
        "cleared": _Counted(CLEARED),
    }


def _hands(league: League) -> Hands:
    return hands_of(league.kind, (one.line.code for one in league.lines))


def _cases(
    view: View, league: League, counted: _Counted, code: Code, among: frozenset[int]
) -> frozenset[str]:
    """Name the cases that count for a unit in one number of the table."""
    population = counted.figure.population
    rows = view.rows(population.table)
    key = _hands(league).unit.key(rows, population, view.as_of)
    case_id = rows.c.id if population.table is cases else rows.c.case_id
    found = select(cases.c.case_code).where(
        cases.c.id.in_(
            select(case_id).where(
                _counts_then(view, rows, counted, Period(league.start, league.end)),
                key == code if code is not None else _of_nobody(key, league),
                case_id.in_(among),
            )
        )
    )
    return frozenset(view.connection.scalars(found))


def _counts_then(
    view: View, rows: FromClause, counted: _Counted, period: Period
) -> ColumnElement[bool]:
    if counted.moment is not None:
        return counted.figure.population.base(rows, counted.moment)
    figure = counted.figure
    return and_(candidate_test(view, figure, period), part_test(view, figure, Part.COUNTED))


def _of_nobody(key: ColumnElement[Any], league: League) -> ColumnElement[bool]:
    known = [one.line.code for one in league.lines]
    return or_(key.is_(None), key.not_in(known))
