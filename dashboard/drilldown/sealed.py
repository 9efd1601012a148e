"""Months whose league is closed: kept as it stood, with what was learned of them since."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

import orjson
from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, and_, func, insert, select

from dashboard.calendar import local_day
from dashboard.cases.rules import Rules
from dashboard.centre import Centre
from dashboard.database.tables import case_event, sealed_league
from dashboard.drilldown.corrections import read_corrections
from dashboard.drilldown.league import Columns, League, Seal
from dashboard.drilldown.league_units import Asked, units_of
from dashboard.drilldown.read_league import read_league
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.past import LateRules
from dashboard.figures.period import SECOND
from dashboard.figures.view import view_at
from dashboard.league.kind import Kind


class SealError(Exception):
    """A month cannot be closed; the message names it and why."""


def seal_month(
    connection: Connection, month: PeriodChoice, centre: Centre, now: datetime
) -> tuple[Kind, ...]:
    """Close a month for both kinds of units; return those that were not closed before.

    Raises:
        SealError: it is no month, or not over.
    """
    end = month.span(centre.zone).end
    if month.kind is not PeriodKind.MONTH:
        raise SealError(f"{month.first} to {month.last} is no month")
    if now < end:
        raise SealError(f"{month.first:%Y-%m} is not over")

    def rules() -> Rules:
        return centre.rules_of(connection)

    newest = connection.execute(select(func.max(case_event.c.event_id))).scalar()
    closed = []
    for kind in Kind:
        if connection.execute(_row(kind, month.first)).first() is not None:
            continue
        view = view_at(connection, end - SECOND, rules=rules, known_at=now)
        asked = Asked.of(centre, kind, units_of(view, centre, kind), month)
        league = read_league(view, replace(asked, columns=frozenset(Columns)))
        connection.execute(
            insert(sealed_league).values(
                kind=kind.value,
                month=month.first,
                sealed_at=now,
                as_of=view.as_of,
                event_id=newest,
                rule_version=league.rule_version,
                body=_adapter().dump_python(league, mode="json"),
            )
        )
        closed.append(kind)
    return tuple(closed)


def close_last_month(connection: Connection, centre: Centre, now: datetime) -> tuple[Kind, ...]:
    """Close the month before the running one, unless nothing had happened by its end."""
    running = PeriodChoice.containing(PeriodKind.MONTH, local_day(now, centre.zone))
    month = running.previous()
    end = month.span(centre.zone).end
    happened = select(case_event.c.event_id).where(case_event.c.at < end).limit(1)
    if connection.execute(happened).first() is None:
        return ()
    return seal_month(connection, month, centre, now)


def read_sealed(connection: Connection, kind: Kind, month: date, rules: LateRules) -> League | None:
    """Return a closed month as it was closed, and the figures that are others now; else None."""
    row = connection.execute(_row(kind, month)).first()
    if row is None:
        return None
    league = _adapter().validate_json(orjson.dumps(row.body))
    corrections = read_corrections(connection, league, row, rules)
    return replace(
        league, seal=Seal(month=row.month, sealed_at=row.sealed_at, corrections=corrections)
    )


def _row(kind: Kind, month: date) -> Select[Any]:
    return select(sealed_league).where(
        and_(sealed_league.c.kind == kind.value, sealed_league.c.month == month)
    )


@cache
def _adapter() -> TypeAdapter[League]:
    return TypeAdapter(League)
