"""What longer cycles add: types, outcomes of units, areas, and what the meeting writes by hand."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from dashboard.briefing.added import Added, AreaLine, OutcomeLine
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

TYPES = 6
"""So many types stand beside each other; the others are added up."""

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
        yield _areas(found.areas, briefing, words)
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


def _areas(lines: Sequence[AreaLine], briefing: Briefing, words: Words) -> Section:
    """Write the pictures that count cases; of persons there is no list, and no number."""
    types: Counter[str | None] = Counter()
    for one in lines:
        types.update(dict(one.types))
    told = sorted((code for code in types if code), key=lambda code: (-types[code], code))[:TYPES]
    names: dict[str, dict[Any, str]] = {
        "types": {code: type_name(code, words) for code in told},
        "situations": {
            one.code: words.text(f"situation.{one.code}") for one in briefing.situations
        },
    }
    tables = tuple(_matrix(which, lines, names[which], briefing, words) for which in names)
    section = _section("areas", tables, words)
    return Section(
        title=section.title, tables=section.tables, after=(line(words.text("briefing.areas.note")),)
    )


def _matrix(
    which: str,
    lines: Iterable[AreaLine],
    names: dict[Any, str],
    briefing: Briefing,
    words: Words,
) -> Table:
    """Count by area and code; the last column adds up what is not one of the codes."""
    columns = (
        column("area", 3, words), column("accepted", 1, words, Kind.COUNT),
        *(Column(head=head, weight=1.4, right=True, kind=Kind.COUNT) for head in names.values()),
        column("rest", 1, words, Kind.COUNT),
    )  # fmt: skip
    rows = []
    for one in lines:
        counts = dict(getattr(one, which))
        own = [counts.get(code, 0) for code in names]
        numbers = (one.accepted, *own, one.accepted - sum(own))
        place = Cell(township_name(one.code, briefing.directory, words))
        rows.append(Row(cells=(place, *map(count_cell, numbers))))
    return _table(f"areas.{which}", columns, tuple(rows), words)


def _table(name: str, columns: tuple[Column, ...], rows: tuple[Row, ...], words: Words) -> Table:
    return Table(
        name=words.text(f"briefing.list.{name}"), columns=columns, rows=rows, shown=len(rows)
    )


def _section(name: str, tables: tuple[Table, ...], words: Words) -> Section:
    there = tuple(table for table in tables if table.rows)
    return Section(title=words.text(f"briefing.{name}"), tables=there)
