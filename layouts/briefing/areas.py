"""A quarter's pictures: what each area accepted, by type and by situation."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from dashboard.briefing.added import Added, AreaRow, rows_by_situation, rows_by_type
from dashboard.briefing.briefing import Briefing
from dashboard.export.table import Kind
from dashboard.figures.filters import EVERY, NONE, Filters
from layouts.briefing.document import Cell, Column, Row, Section, Table
from layouts.briefing.headline import days_of
from layouts.briefing.reference import Counted
from layouts.briefing.said import column, count_cell, section_of, table_of, township_name, type_name
from layouts.briefing.sentence import line
from layouts.words import Words

Codes: TypeAlias = frozenset[str | None]
Asked: TypeAlias = Callable[[Codes], Filters | None]
"""How cases of some codes are asked for; None where no question means just these."""


def areas(found: Added, briefing: Briefing, words: Words) -> Section:
    """Write the pictures that count cases; of persons there is no list, and no number."""
    whole = {one.code for one in found.types if one.whole}

    def of_types(codes: Codes) -> Filters | None:
        return Filters(categories=frozenset(map(str, codes))) if codes <= whole else None

    def of_situations(codes: Codes) -> Filters:
        return Filters(situations=frozenset(code or NONE for code in codes))

    situations = [one.code for one in briefing.situations]
    types = [type_name(code, words) for code in found.types_told()]
    named = [words.text(f"situation.{code}") for code in situations]
    by_type = _rows(rows_by_type(found), found.types_told(), of_types, briefing, words)
    by_situation = _rows(
        rows_by_situation(found, situations), situations, of_situations, briefing, words
    )
    tables = (
        _table("types", types, by_type, words),
        _table("situations", named, by_situation, words),
    )
    note = line(words.text("briefing.areas.note"))
    return section_of("areas", tables, words, after=(note,))


def _table(which: str, heads: Iterable[str], rows: tuple[Row, ...], words: Words) -> Table:
    columns = (
        column("area", 3, words), column("accepted", 1, words, Kind.COUNT),
        *(Column(head=head, weight=1.4, right=True, kind=Kind.COUNT) for head in heads),
        column("rest", 1, words, Kind.COUNT),
    )  # fmt: skip
    return table_of(f"areas.{which}", columns, rows, words)


def _rows(
    lines: Iterable[AreaRow], codes: Sequence[str], asked: Asked, briefing: Briefing, words: Words
) -> tuple[Row, ...]:
    """Count by area and what the codes mean; the last number is the rest."""
    own = days_of(briefing, words).own

    def row(one: AreaRow) -> Row:
        def opens(filters: Filters | None) -> Counted | None:
            if one.code is None or filters is None:
                return None
            return Counted("accepted", own, replace(filters, area=one.code))

        groups = (*(frozenset({code}) for code in codes), one.others)
        counts = zip((*one.counts, one.rest), groups, strict=True)
        cells = (count_cell(n, opens(asked(group))) for n, group in counts)
        place = Cell(township_name(one.code, briefing.directory, words))
        return Row(cells=(place, count_cell(one.accepted, opens(EVERY)), *cells))

    return tuple(map(row, lines))
