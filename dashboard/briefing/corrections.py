"""其后更正: what is known of a sealed issue's span now and was not then, by figure and by case."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection, and_, case, literal, null, or_, select

from dashboard.briefing.compose import compose
from dashboard.briefing.issued import Correction, Corrections, Sealed
from dashboard.briefing.spans import Spans
from dashboard.briefing.told import Told, Where, numbers
from dashboard.cases.rules import Rules
from dashboard.centre import Centre
from dashboard.database.tables import case_event, cases
from dashboard.figures.comparing import counting
from dashboard.figures.composition import Part
from dashboard.figures.parts import candidate_test, part_test
from dashboard.figures.view import View, view_at
from dashboard.snapshots.read_place import Known

Counted: TypeAlias = tuple[str, str, float | None]
"""A case in a number: its code, the part it stands in, and its amount where that is measured."""

Places: TypeAlias = Mapping[tuple[str | None, ...], set[Counted]]
"""The cases of a figure by the codes it is broken down by."""


def corrections(
    connection: Connection, centre: Centre, sealed: Sealed, now: datetime
) -> Corrections:
    """Compare a sealed issue with what it would say now of the same span."""
    briefing, at = sealed.briefing, now.replace(microsecond=0)
    later = _recorded_later(connection, sealed)
    if not later:
        return Corrections(at=at, figures=(), cases={})
    anew = compose(connection, centre, briefing.issue, max(at, sealed.seal.as_of))
    if briefing.key_moves is None:  # sealed before they were counted
        anew = replace(anew, key_moves=None)
    spans = Spans.of(briefing.issue, centre, sealed.seal.as_of)
    known = Known.of(briefing.directory, centre.profile, centre.settings.privacy.sensitive)
    then = {one.key: one for one in numbers(briefing, spans, known)}
    found = {one.key: one for one in numbers(anew, spans, known)}
    changed = {
        key: found.get(key) or then[key]
        for key in dict.fromkeys((*then, *found))
        if _differ(then.get(key), found.get(key))
    }
    wheres = dict.fromkeys(one.where for one in changed.values())
    sides = []
    for known_at in (at, sealed.seal.as_of):
        view = _view(connection, centre, briefing.as_of, known_at)
        sides.append({where: _counted(view, where, later) for where in wheres})
    listed = tuple(
        _correction(one, then.get(key), found.get(key), [side[one.where] for side in sides])
        for key, one in changed.items()
    )
    return Corrections(at=at, figures=listed, cases=_by_case(listed))


def _recorded_later(connection: Connection, sealed: Sealed) -> frozenset[int]:
    event, seal = case_event.c, sealed.seal
    unknown = or_(event.recorded_at > seal.as_of, event.event_id > (seal.event_id or 0))
    found = select(event.case_id).where(unknown, event.at <= sealed.briefing.as_of).distinct()
    return frozenset(connection.scalars(found))


def _view(connection: Connection, centre: Centre, at: datetime, known_at: datetime) -> View:
    def rules() -> Rules:
        return centre.rules_of(connection)

    sensitive = centre.settings.privacy.sensitive
    return view_at(connection, at, rules=rules, known_at=known_at, sensitive=sensitive)


def _differ(then: Told | None, now: Told | None) -> bool:
    """Tell whether a number is another; one that stood in no line counted nothing."""
    return _worth(then) != _worth(now)


def _worth(one: Told | None) -> tuple[float, int]:
    return (0, 0) if one is None else (one.value or 0, one.of or 0)


def _correction(one: Told, then: Told | None, now: Told | None, sides: list[Places]) -> Correction:
    at_now, at_then = (side.get(one.codes, set()) for side in sides)
    return Correction(
        place=one.place,
        code=one.code,
        name=one.name,
        figure=one.where.figure.id,
        unit=one.unit,
        sealed=0 if then is None else then.value,
        now=0 if now is None else now.value,
        sealed_of=None if then is None else then.of,
        now_of=None if now is None else now.of,
        cases=tuple(sorted({code for code, *_ in at_now ^ at_then})),
    )


def _counted(view: View, where: Where, later: frozenset[int]) -> Places:
    """Name the cases that count; of a figure that compares cases also those known before."""
    figure, population = where.figure, where.figure.population
    rows = view.rows(population.table)
    parts = [Part.COUNTED] if figure.denominator is None else [Part.COUNTED, Part.REST]
    tests = {part: part_test(view, figure, part) for part in parts}
    wanted = and_(candidate_test(view, figure, where.period), or_(*tests.values()))
    case_id = rows.c.id if population.table is cases else rows.c.case_id
    if not figure.compares:
        wanted = and_(wanted, case_id.in_(later))
    amount = null() if figure.amount is None else figure.amount(rows, view.as_of)
    keys = [
        each.key(rows, population, view.as_of).label(f"key_{place}")
        for place, each in enumerate(where.by)
    ]
    part = case(*((test, literal(each.value)) for each, test in tests.items()))
    counted = (
        select(case_id.label("case_id"), part.label("part"), amount.label("amount"), *keys)
        .where(wanted)
        .subquery()
    )
    statement = select(
        cases.c.case_code, counted.c.part, counted.c.amount, *(counted.c[key.name] for key in keys)
    ).where(cases.c.id == counted.c.case_id)
    found: dict[tuple[str | None, ...], set[Counted]] = defaultdict(set)
    with counting(view, [figure]):
        for code, in_part, taken, *codes in view.connection.execute(statement):
            found[tuple(codes)].add((code, in_part, taken))
    return found


def _by_case(listed: tuple[Correction, ...]) -> dict[str, tuple[str, ...]]:
    """Name the figures each case changed, each once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for one in listed:
        for code in one.cases:
            found[code][one.figure] = None
    return {code: tuple(found[code]) for code in sorted(found)}
