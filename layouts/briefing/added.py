"""What longer cycles add: types, outcomes of units, areas, and what the meeting writes by hand."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from dashboard.briefing.added import Added, AreaRow, OutcomeLine, rows_by_situation, rows_by_type
from dashboard.briefing.briefing import Briefing, Cycle
from dashboard.export.table import Kind
from layouts import format as fmt
from layouts.briefing.document import Cell, Column, Row, Section, Table
from layouts.briefing.said import (
    bare_change,
    column,
    count_cell,
    department_name,
    line,
    township_name,
    type_name,
)
from layouts.words import Words

BY_HAND = {Cycle.MONTHLY: ("best_cases", "next_month"), Cycle.QUARTERLY: ("mediators",)}
"""What no source says how to choose, or what would rank persons: the meeting writes it."""

MINUTE_S, HOUR_MIN = 60, 60


def added(briefing: Briefing, words: Words) -> Iterator[Section]:
    """Give the sections that a cycle adds, in their order."""
    found, cycle = briefing.added, briefing.issue.cycle
    if found is None:
        return
    yield _types(found, words)
    if cycle in (Cycle.MONTHLY, Cycle.QUARTERLY):
        yield _outcomes(found, briefing, words)
    if cycle is Cycle.QUARTERLY:
        yield _areas(found, briefing, words)
    for name in BY_HAND.get(cycle, ()):
        told = words.text("briefing.by_hand", why=words.text(f"briefing.{name}.by_hand"))
        yield Section(title=words.text(f"briefing.{name}"), lines=(line(told),))


def _types(found: Added, words: Words) -> Section:
    columns = (
        column("category", 4, words), column("accepted", 1, words, Kind.COUNT),
        *(replace(column(name, 2, words), right=True) for name in ("change", "year")),
    )  # fmt: skip
    rows = tuple(
        Row(
            cells=(
                Cell(type_name(one.code, words)), count_cell(one.accepted),
                Cell(bare_change(one.change, words)), Cell(bare_change(one.year, words)),
            )
        )
        for one in found.types
    )  # fmt: skip
    return _section("types", (_table("types", columns, rows, words),), words)


def _outcomes(found: Added, briefing: Briefing, words: Words) -> Section:
    def table(which: str, lines: Sequence[OutcomeLine], named: Callable[..., str]) -> Table:
        columns = (
            column(which, 4, words), column("resolution", 1.5, words, Kind.SHARE),
            column("resolved", 1.5, words, Kind.COUNT), column("of", 1.5, words, Kind.COUNT),
            column("repeats", 1.5, words, Kind.COUNT), column("mean", 2, words, Kind.HOURS),
        )  # fmt: skip
        rows = tuple(
            _outcome(one, named(one.code, briefing.directory, words), words) for one in lines
        )
        return _table(f"outcomes.{which}", columns, rows, words)

    tables = (
        table("townships", found.townships, township_name),
        table("departments", found.departments, department_name),
    )
    return _section("outcomes", tables, words)


def _outcome(one: OutcomeLine, name: str, words: Words) -> Row:
    k, n, minutes = one.resolved, one.due_to, one.minutes
    mean = Cell(fmt.DASH)
    if minutes is not None:
        mean = Cell(fmt.duration_two(minutes * MINUTE_S, words), round(minutes / HOUR_MIN, 1))
    rate = Cell(f"{fmt.rate(k, n)}%", k / n) if n else Cell(fmt.DASH)
    return Row(
        cells=(Cell(name), rate, count_cell(k), count_cell(n), count_cell(one.repeats), mean)
    )


def _areas(found: Added, briefing: Briefing, words: Words) -> Section:
    """Write the pictures that count cases; of persons there is no list, and no number."""
    situations = [one.code for one in briefing.situations]
    types = [type_name(code, words) for code in found.types_told()]
    named = [words.text(f"situation.{code}") for code in situations]
    tables = (
        _matrix("types", rows_by_type(found), types, briefing, words),
        _matrix("situations", rows_by_situation(found, situations), named, briefing, words),
    )
    section = _section("areas", tables, words)
    return replace(section, after=(line(words.text("briefing.areas.note")),))


def _matrix(
    which: str, lines: Iterable[AreaRow], heads: Iterable[str], briefing: Briefing, words: Words
) -> Table:
    """Count by area and what the heads name; the last column is the rest."""
    columns = (
        column("area", 3, words), column("accepted", 1, words, Kind.COUNT),
        *(Column(head=head, weight=1.4, right=True, kind=Kind.COUNT) for head in heads),
        column("rest", 1, words, Kind.COUNT),
    )  # fmt: skip
    rows = []
    for one in lines:
        place = Cell(township_name(one.code, briefing.directory, words))
        rows.append(Row(cells=(place, *map(count_cell, (one.accepted, *one.counts, one.rest)))))
    return _table(f"areas.{which}", columns, tuple(rows), words)


def _table(name: str, columns: tuple[Column, ...], rows: tuple[Row, ...], words: Words) -> Table:
    return Table(
        name=words.text(f"briefing.list.{name}"), columns=columns, rows=rows, shown=len(rows)
    )


def _section(name: str, tables: tuple[Table, ...], words: Words) -> Section:
    there = tuple(table for table in tables if table.rows)
    return Section(title=words.text(f"briefing.{name}"), tables=there)
