"""其后更正: what is known of a sealed issue's span now and was not then, by figure and by case."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, or_, select, true

from dashboard.briefing.briefing import Briefing, Number
from dashboard.briefing.compose import compose
from dashboard.briefing.issued import Correction, Corrections, Sealed
from dashboard.briefing.spans import Spans
from dashboard.cases.rules import Rules
from dashboard.centre import Centre
from dashboard.database.tables import case_event, cases
from dashboard.figures.catalogue import by_id
from dashboard.figures.catalogue.stock import IN_HAND, OVERDUE
from dashboard.figures.composition import Part
from dashboard.figures.dimension import DEPARTMENT, SITUATION, Dimension
from dashboard.figures.figure import Figure
from dashboard.figures.parts import candidate_test, part_test
from dashboard.figures.period import Period
from dashboard.figures.view import View, view_at
from dashboard.snapshots.read_place import Known

OVERALL = (
    "accepted", "closed", "in_hand", "overdue", "on_time", "closed_same_day", "followed_up",
    "satisfied", "first_dispatch", "accepted_so_far",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    """One number of a briefing and how its cases are found again."""

    place: str
    code: str | None
    name: str
    figure: Figure
    period: Period | None
    by: Dimension | None
    value: float | None
    of: int | None

    @property
    def key(self) -> tuple[str, str | None, str]:
        return self.place, self.code, self.name


def corrections(
    connection: Connection, centre: Centre, sealed: Sealed, now: datetime
) -> Corrections:
    """Compare a sealed issue with what it would say now of the same span."""
    briefing, at = sealed.briefing, now.replace(microsecond=0)
    later = _recorded_later(connection, sealed)
    if not later:
        return Corrections(at=at, figures=(), cases={})
    anew = compose(connection, centre, briefing.issue, max(at, sealed.seal.as_of))
    spans = Spans.of(briefing.issue, centre, sealed.seal.as_of)
    unit = Known.of(briefing.directory, centre.profile).unit
    then = {one.key: one for one in _numbers(briefing, spans, unit)}
    found = {one.key: one for one in _numbers(anew, spans, unit)}
    changed = [
        key
        for key in dict.fromkeys((*then, *found))
        if _value(then.get(key)) != _value(found.get(key))
    ]
    sides = []
    for known_at in (at, sealed.seal.as_of):
        view = _view(connection, centre, briefing.as_of, known_at)
        sides.append({key: _cases(view, found.get(key) or then[key], later) for key in changed})
    listed = tuple(
        Correction(
            place=key[0],
            code=key[1],
            name=key[2],
            figure=(found.get(key) or then[key]).figure.id,
            sealed=_value(then.get(key))[0],
            now=_value(found.get(key))[0],
            cases=tuple(sorted({code for code, _ in sides[0][key] ^ sides[1][key]})),
        )
        for key in changed
    )
    by_case: dict[str, list[str]] = defaultdict(list)
    for one in listed:
        for code in one.cases:
            if one.figure not in by_case[code]:
                by_case[code].append(one.figure)
    return Corrections(
        at=at, figures=listed, cases={code: tuple(by_case[code]) for code in sorted(by_case)}
    )


def _recorded_later(connection: Connection, sealed: Sealed) -> frozenset[int]:
    event, seal = case_event.c, sealed.seal
    unknown = event.recorded_at > seal.as_of
    if seal.event_id is not None:
        unknown = or_(unknown, event.event_id > seal.event_id)
    found = select(event.case_id).where(unknown, event.at <= sealed.briefing.as_of).distinct()
    return frozenset(connection.scalars(found))


def _view(connection: Connection, centre: Centre, at: datetime, known_at: datetime) -> View:
    def rules() -> Rules:
        return centre.rules_of(connection)

    return view_at(connection, at, rules=rules, known_at=known_at)


def _value(one: _Told | None) -> tuple[float | None, int | None]:
    return (0, None) if one is None else (one.value, one.of)


def _numbers(briefing: Briefing, spans: Spans, unit: Dimension) -> Iterator[_Told]:
    stocks = (IN_HAND.id, OVERDUE.id)
    for name in OVERALL:
        number: Number = getattr(briefing.overall, name)
        period = spans.so_far if name == "accepted_so_far" else spans.now
        at = None if number.figure in stocks else period
        figure = by_id(number.figure)
        yield _Told("overall", None, name, figure, at, None, number.value, number.of)
    for line in briefing.situations:
        figure, value = by_id(line.number.figure), line.number.value
        yield _Told(
            "situation", line.code.value, "accepted", figure, spans.now, SITUATION, value, None
        )
    for place, lines, by in (
        ("township", briefing.townships, unit),
        ("department", briefing.departments, DEPARTMENT),
    ):
        for one in lines:
            if one.code is None:
                continue
            for name, figure, at, count in (
                ("accepted", by_id("accepted"), spans.now, one.accepted),
                ("in_hand", IN_HAND, None, one.in_hand),
                ("overdue", OVERDUE, None, one.overdue),
            ):
                yield _Told(place, one.code, name, figure, at, by, count, None)


def _cases(view: View, told: _Told, among: frozenset[int]) -> frozenset[tuple[str, int]]:
    """Name the cases among those learned of later that count in a number, and in which part."""
    figure = told.figure
    rows = view.rows(figure.population.table)
    case_id = rows.c.id if figure.population.table is cases else rows.c.case_id
    own: ColumnElement[bool] = true()
    if told.by is not None:
        own = told.by.key(rows, figure.population, view.as_of) == told.code
    parts = [part_test(view, figure, Part.COUNTED)]
    if figure.denominator is not None:
        parts.append(part_test(view, figure, Part.REST))
    names: set[tuple[str, int]] = set()
    for part, test in enumerate(parts):
        wanted = and_(candidate_test(view, figure, told.period), test, own, case_id.in_(among))
        codes = select(cases.c.case_code).where(cases.c.id.in_(select(case_id).where(wanted)))
        names |= {(code, part) for code in view.connection.scalars(codes)}
    return frozenset(names)
