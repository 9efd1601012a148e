"""Read what a week, a month and a quarter add: types, outcomes of units, areas by type."""

from collections import Counter
from collections.abc import Iterable

from dashboard.briefing.added import Added, AreaLine, OutcomeLine, TypeLine
from dashboard.briefing.issue import Cycle
from dashboard.briefing.spans import Spans
from dashboard.drilldown.league_units import hands_of
from dashboard.figures.catalogue.flow import RECEIVED
from dashboard.figures.catalogue.rates import RESOLUTION_RATE
from dashboard.figures.catalogue.repeats import REPEAT_PETITIONS
from dashboard.figures.catalogue.times import HANDLING_TIME
from dashboard.figures.cell import Cell
from dashboard.figures.comparison import change
from dashboard.figures.dimension import CATEGORY, SITUATION
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.spread import spreads
from dashboard.figures.view import View
from dashboard.league.kind import Kind
from dashboard.snapshots.board import Directory
from dashboard.snapshots.read_place import Known
from dashboard.terms import Situation

GROUP = 2
"""So many digits of a category's code name its group."""

WITH_OUTCOMES = (Cycle.MONTHLY, Cycle.QUARTERLY)

Counts = Counter[str | None]


def read_added(
    view: View, cycle: Cycle, spans: Spans, directory: Directory, known: Known
) -> Added | None:
    """Read what a cycle adds; a daily one adds nothing."""
    if cycle is Cycle.DAILY:
        return None
    outcomes = cycle in WITH_OUTCOMES
    townships = [name.code for name in directory.townships if outcomes]
    departments = [name.code for name in directory.departments if outcomes]
    return Added(
        types=_types(view, spans, known),
        townships=_outcomes(view, Kind.TOWNSHIPS, townships, spans.now),
        departments=_outcomes(view, Kind.DEPARTMENTS, departments, spans.now),
        areas=_areas(view, spans.now, known) if cycle is Cycle.QUARTERLY else (),
    )


def _types(view: View, spans: Spans, known: Known) -> tuple[TypeLine, ...]:
    counted = _by_category(view, spans.now)
    partly = {code[:GROUP] for code in counted if code and known.category(code) is None}
    now = _by_type(counted, known)
    before = _by_type(_by_category(view, spans.before), known)
    year = None if spans.year is None else _by_type(_by_category(view, spans.year), known)
    lines = (
        TypeLine(
            code=code,
            accepted=now[code],
            change=change(Cell(now[code]), Cell(before[code]), share=False),
            year=None if year is None else change(Cell(now[code]), Cell(year[code]), share=False),
            whole=code is not None and code not in partly,
        )
        for code in {*now, *before}
    )
    return tuple(sorted(lines, key=lambda one: (one.code is None, -one.accepted, one.code or "")))


def _by_category(view: View, period: Period) -> Counts:
    cells = measure(view, (RECEIVED,), (CATEGORY,), period)[RECEIVED]
    return Counter({key[0]: cell.numerator for key, cell in cells.items()})


def _by_type(counted: Counts, known: Known) -> Counts:
    counts: Counts = Counter()
    for category, n in counted.items():
        counts[_group(category, known)] += n
    return +counts


def _group(category: str | None, known: Known) -> str | None:
    """Return a category's group; one that may not be told is among those without."""
    told = known.category(category)
    return None if told is None else told[:GROUP]


def _outcomes(
    view: View, kind: Kind, codes: Iterable[str], period: Period
) -> tuple[OutcomeLine, ...]:
    codes = tuple(codes)
    if not codes:
        return ()
    by = (hands_of(kind, codes).unit,)
    found = measure(view, (RESOLUTION_RATE, REPEAT_PETITIONS), by, period)
    times = spreads(view, HANDLING_TIME, by, period)
    lines = []
    for code in codes:
        rate = found[RESOLUTION_RATE].get((code,), Cell(0, 0))
        taken = times.get((code,))
        lines.append(
            OutcomeLine(
                code=code,
                resolved=rate.numerator,
                due_to=rate.denominator or 0,
                repeats=found[REPEAT_PETITIONS].get((code,), Cell()).numerator,
                minutes=None if taken is None else taken.mean,
            )
        )
    return tuple(lines)


def _areas(view: View, period: Period, known: Known) -> tuple[AreaLine, ...]:
    """Count what each area accepted; what lies in none that has a name stands last."""
    situations: dict[str | None, Counts] = {}
    types: dict[str | None, Counts] = {}
    by = (known.unit, SITUATION, CATEGORY)
    for (unit, situation, category), cell in measure(view, (RECEIVED,), by, period)[
        RECEIVED
    ].items():
        area = known.township(unit)
        situations.setdefault(area, Counter())[situation] += cell.numerator
        types.setdefault(area, Counter())[_group(category, known)] += cell.numerator
    lines = (
        AreaLine(
            code=area,
            accepted=sum(types[area].values()),
            situations=tuple(
                (None if code is None else Situation(code), n)
                for code, n in _ordered(situations[area])
            ),
            types=_ordered(types[area]),
        )
        for area in types
    )
    return tuple(sorted(lines, key=lambda one: (one.code is None, -one.accepted, one.code or "")))


def _ordered(counts: Counts) -> tuple[tuple[str | None, int], ...]:
    return tuple(sorted(counts.items(), key=lambda one: (one[0] is None, one[0] or "")))
