"""What longer cycles add: types, outcomes of units, areas, and what the meeting writes by hand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from dashboard.briefing.added import Added, OutcomeLine, TypeLine
from dashboard.briefing.briefing import Briefing
from dashboard.briefing.issue import Cycle
from dashboard.export.table import Kind
from dashboard.figures.choice import PeriodChoice
from dashboard.figures.composition import Part
from layouts import format as fmt
from layouts.briefing.areas import areas
from layouts.briefing.document import Cell, Row, Section, Table
from layouts.briefing.headline import days_of
from layouts.briefing.reference import Counted, of
from layouts.briefing.said import (
    bare_change,
    column,
    count_cell,
    department_name,
    section_of,
    table_of,
    township_name,
    type_name,
)
from layouts.briefing.sentence import line
from layouts.briefing.units import unit_cases
from layouts.words import Words

BY_HAND = {Cycle.MONTHLY: ("best_cases", "next_month"), Cycle.QUARTERLY: ("mediators",)}
"""What no source says how to choose, or what would rank persons: the meeting writes it."""

MINUTE_S, HOUR_MIN = 60, 60


def added(briefing: Briefing, words: Words) -> Iterator[Section]:
    """Give the sections that a cycle adds, in their order."""
    found, cycle = briefing.added, briefing.issue.cycle
    if found is None:
        return
    yield _types(found, briefing, words)
    if cycle in (Cycle.MONTHLY, Cycle.QUARTERLY):
        yield _outcomes(found, briefing, words)
    if cycle is Cycle.QUARTERLY:
        yield areas(found, briefing, words)
    for name in BY_HAND.get(cycle, ()):
        told = words.text("briefing.by_hand", why=words.text(f"briefing.{name}.by_hand"))
        yield Section(title=words.text(f"briefing.{name}"), lines=(line(told),))


def _types(found: Added, briefing: Briefing, words: Words) -> Section:
    own = days_of(briefing, words).own
    columns = (
        column("category", 4, words), column("accepted", 1, words, Kind.COUNT),
        *(replace(column(name, 2, words), right=True) for name in ("change", "year")),
    )  # fmt: skip
    rows = tuple(
        Row(
            cells=(
                Cell(type_name(one.code, words)),
                count_cell(one.accepted, type_cases(one, own)),
                Cell(bare_change(one.change, words)), Cell(bare_change(one.year, words)),
            )
        )
        for one in found.types
    )  # fmt: skip
    return section_of("types", (table_of("types", columns, rows, words),), words)


def _outcomes(found: Added, briefing: Briefing, words: Words) -> Section:
    def table(which: str, lines: Sequence[OutcomeLine], named: Callable[..., str]) -> Table:
        columns = (
            column(which, 4, words), column("resolution", 1.5, words, Kind.SHARE),
            column("resolved", 1.5, words, Kind.COUNT), column("of", 1.5, words, Kind.COUNT),
            column("repeats", 1.5, words, Kind.COUNT), column("mean", 2, words, Kind.HOURS),
        )  # fmt: skip
        own = days_of(briefing, words).own
        rows = tuple(
            _outcome(
                one,
                named(one.code, briefing.directory, words),
                partial(unit_cases, which, one.code, period=own),
                words,
            )
            for one in lines
        )
        return table_of(f"outcomes.{which}", columns, rows, words)

    tables = (
        table("townships", found.townships, township_name),
        table("departments", found.departments, department_name),
    )
    return section_of("outcomes", tables, words)


def _outcome(
    one: OutcomeLine, name: str, of_unit: Callable[..., Counted | None], words: Words
) -> Row:
    k, n, minutes = one.resolved, one.due_to, one.minutes
    resolution = of_unit("resolution_rate")
    mean = Cell(fmt.DASH)
    if minutes is not None:
        text = fmt.duration_two(minutes * MINUTE_S, words)
        mean = Cell(text, round(minutes / HOUR_MIN, 1), opens=of_unit("handling_time"))
    rate = Cell(f"{fmt.rate(k, n)}%", k / n, opens=resolution) if n else Cell(fmt.DASH)
    return Row(
        cells=(
            Cell(name), rate,
            count_cell(k, of_unit("resolution_rate", part=Part.COUNTED)),
            count_cell(n, resolution), count_cell(one.repeats, of_unit("repeat_petitions")), mean,
        )
    )  # fmt: skip


def type_cases(one: TypeLine, own: PeriodChoice) -> Counted | None:
    """Refer to the cases of a type; those of none, or of one not all of which is told, to none."""
    if one.code is None or not one.whole:
        return None
    return of("accepted", own, categories=frozenset({one.code}))
