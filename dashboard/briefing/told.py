"""The numbers a briefing tells, each with how its cases are found again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, null, or_
from sqlalchemy.sql.expression import FromClause

from dashboard.briefing.added import Added
from dashboard.briefing.briefing import Briefing
from dashboard.briefing.overall import Number
from dashboard.briefing.read_added import GROUP
from dashboard.briefing.spans import Spans
from dashboard.drilldown.league_units import hands_of
from dashboard.figures.catalogue import by_id
from dashboard.figures.catalogue.flow import REBOUNDED, RECEIVED
from dashboard.figures.catalogue.rates import RESOLUTION_RATE
from dashboard.figures.catalogue.repeats import REPEAT_PETITIONS
from dashboard.figures.catalogue.stock import IN_HAND, OVERDUE
from dashboard.figures.catalogue.times import HANDLING_TIME
from dashboard.figures.dimension import DEPARTMENT, RISK, SITUATION, Dimension
from dashboard.figures.figure import Figure
from dashboard.figures.period import Period
from dashboard.figures.population import Population
from dashboard.figures.unit import Unit
from dashboard.league.kind import Kind
from dashboard.snapshots.read_place import Known
from dashboard.terms import Risk

OVERALL = (
    "accepted", "closed", "in_hand", "overdue", "on_time", "closed_same_day", "followed_up",
    "satisfied", "first_dispatch", "accepted_so_far",
)  # fmt: skip

ACCEPTED = by_id("accepted")


@dataclass(frozen=True, slots=True)
class Where:
    """Which rows of a figure are counted: those of a period, by `by` of a code each."""

    figure: Figure
    period: Period | None
    by: tuple[Dimension, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One number: where it stands and what it says; `codes` are those of `where.by`."""

    place: str
    code: str | None
    name: str
    where: Where
    codes: tuple[str | None, ...]
    value: float | None
    of: int | None = None

    @property
    def unit(self) -> Unit:
        """What it is counted in: how many cases a share counts is no share."""
        counts = self.where.figure.unit is Unit.SHARE and self.of is None
        return Unit.CASE if counts else self.where.figure.unit

    @property
    def key(self) -> tuple[str, str | None, str]:
        """Tell it apart from all others of a briefing, and find it in another."""
        return self.place, self.code, self.name


def numbers(briefing: Briefing, spans: Spans, known: Known) -> Iterator[Told]:
    """Give every number whose cases can be found."""
    yield from _overall(briefing, spans)
    situations = Where(RECEIVED, spans.now, (SITUATION,))
    for line in briefing.situations:
        where = Where(by_id(line.number.figure), spans.now, situations.by)
        codes = (line.code.value,)
        yield Told("situation", line.code.value, "accepted", where, codes, line.number.value)
    yield from _key_moves(briefing, spans.now)
    yield from _units(briefing, spans, known)
    if briefing.added is not None:
        yield from _added(briefing.added, spans.now, known)


def _overall(briefing: Briefing, spans: Spans) -> Iterator[Told]:
    stocks = (IN_HAND.id, OVERDUE.id)
    for name in OVERALL:
        number: Number = getattr(briefing.overall, name)
        period = spans.so_far if name == "accepted_so_far" else spans.now
        where = Where(by_id(number.figure), None if number.figure in stocks else period)
        yield Told("overall", None, name, where, (), number.value, number.of)


def _key_moves(briefing: Briefing, period: Period) -> Iterator[Told]:
    found = briefing.key_moves
    if found is not None:
        high, rebounded = Where(RECEIVED, period, (RISK,)), Where(REBOUNDED, period)
        codes = (Risk.HIGH.value,)
        yield Told("risk", Risk.HIGH.value, "accepted", high, codes, found.high_risk)
        yield Told("overall", None, "rebounded", rebounded, (), found.rebounded)


def _units(briefing: Briefing, spans: Spans, known: Known) -> Iterator[Told]:
    for place, lines, unit in (
        ("township", briefing.townships, known.unit),
        ("department", briefing.departments, DEPARTMENT),
    ):
        accepted = Where(ACCEPTED, spans.now, (unit,))
        in_hand, overdue = Where(IN_HAND, None, (unit,)), Where(OVERDUE, None, (unit,))
        for one in lines:
            if one.code is None:
                continue
            codes = (one.code,)
            yield Told(place, one.code, "accepted", accepted, codes, one.accepted)
            yield Told(place, one.code, "in_hand", in_hand, codes, one.in_hand)
            yield Told(place, one.code, "overdue", overdue, codes, one.overdue)


def _added(added: Added, period: Period, known: Known) -> Iterator[Told]:
    """Give what longer cycles add."""
    type_, area = _type_of(known), _area_of(known)
    of_type = Where(RECEIVED, period, (type_,))
    for kind in added.types:
        yield Told("type", kind.code, "accepted", of_type, (kind.code,), kind.accepted)
    yield from _outcomes(added, period)
    of_area = Where(RECEIVED, period, (area,))
    of_situation = Where(RECEIVED, period, (area, SITUATION))
    of_area_type = Where(RECEIVED, period, (area, type_))
    for line in added.areas:
        code = line.code
        yield Told("area", code, "accepted", of_area, (code,), line.accepted)
        for situation, n in line.situations:
            name = f"situation.{situation or ''}"
            yield Told("area", code, name, of_situation, (code, situation), n)
        for group, n in line.types:
            yield Told("area", code, f"type.{group or ''}", of_area_type, (code, group), n)


def _outcomes(added: Added, period: Period) -> Iterator[Told]:
    for place, kind, lines in (
        ("township", Kind.TOWNSHIPS, added.townships),
        ("department", Kind.DEPARTMENTS, added.departments),
    ):
        by = (hands_of(kind, [one.code for one in lines]).unit,) if lines else ()
        figures = (RESOLUTION_RATE, REPEAT_PETITIONS, HANDLING_TIME)
        resolved, repeats, minutes = (Where(figure, period, by) for figure in figures)
        for one in lines:
            codes = (one.code,)
            share = one.resolved / one.due_to if one.due_to else None
            yield Told(place, one.code, "resolved", resolved, codes, share, one.due_to)
            yield Told(place, one.code, "repeats", repeats, codes, one.repeats)
            yield Told(place, one.code, "minutes", minutes, codes, one.minutes)


def _type_of(known: Known) -> Dimension:
    """Group as `read_added` does: what may not be told is among those without a category."""

    def key(rows: FromClause, _population: Population, _as_of: datetime) -> ColumnElement[str]:
        category = rows.c.category_code
        group = func.substr(category, 1, GROUP)
        untold = or_(category.in_(known.sensitive), group.in_(known.sensitive))
        return case((untold, null()), else_=group)

    return Dimension("type", key)


def _area_of(known: Known) -> Dimension:
    """Find a row's area; one without a name is none."""

    def key(rows: FromClause, population: Population, as_of: datetime) -> ColumnElement[str]:
        unit = known.unit.key(rows, population, as_of)
        return case((unit.in_(known.townships), unit), else_=null())

    return Dimension("area", key)
