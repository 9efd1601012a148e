"""What became of cases since the issue before: in the paper, and in full on a page of its own."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.case_line import Turn, Turned
from layouts import format as fmt
from layouts.briefing.case_table import case_table
from layouts.briefing.document import Cell, Row, Section, Table
from layouts.briefing.morning import source_text
from layouts.briefing.reference import Changed
from layouts.briefing.said import case_left, case_place, code_cell, column, title_of
from layouts.briefing.sentence import line, listed, number, pair, sentence
from layouts.words import Words

QUIET = "quiet"
"""The group of what is no case: feeds that fell silent."""


def changed(briefing: Briefing, words: Words) -> Table:
    """Count what became of cases, and list all but the new ones."""
    columns = (
        column("turn", 8, words), column("colour", 5.2, words), column("code", 10, words),
        column("title", 10.8, words), column("place", 14, words), column("left", 8.6, words),
    )  # fmt: skip
    rows = tuple(
        Row(
            cells=(
                Cell(words.text(f"briefing.turn.{one.turn}")),
                Cell(words.text(f"colour.{one.case.colour}")),
                code_cell(one.case),
                Cell(title_of(one.case, words)),
                Cell(case_place(one.case, briefing.directory, words)),
                Cell(case_left(one.case, words)),
            ),
        )
        for one in briefing.since
        if one.turn is not Turn.NEW
    )
    told = listed(
        (
            pair(words.text(f"briefing.turn.{group}"), number(n, Changed(group)), words)
            for group, n in numbers(briefing).items()
            if n and group != QUIET
        ),
        words,
    )
    return Table(
        name=words.text("briefing.list.since"), columns=columns, rows=rows, shown=len(rows),
        caption=sentence(words, "briefing.since", counts=told),
    )  # fmt: skip


def numbers(briefing: Briefing) -> dict[str, int]:
    """Count every group, in their order; the feeds are the last."""
    counts = Counter(one.turn for one in briefing.since)
    return {**{turn.value: counts[turn] for turn in Turn}, QUIET: len(briefing.quiet)}


def groups(shown: Sequence[Turned], briefing: Briefing, words: Words) -> Iterator[Section]:
    """Give cases that stand in the order of their groups a section for each group.

    Its title counts the whole group, whatever part of it is shown.
    """
    whole = numbers(briefing)
    for turn, turned in groupby(shown, lambda one: one.turn):
        cases = (one.case for one in turned)
        yield Section(
            title=_title(turn, whole[turn], words),
            tables=(case_table(cases, "left", briefing, words),),
        )


def quiet(briefing: Briefing, words: Words) -> Section:
    """Name the feeds that fell silent, each since when."""
    silent = (one for one in briefing.sources if one.channel in briefing.quiet)
    told = [line(source_text(one, briefing.as_of, words)) for one in silent]
    none = [line(words.text("briefing.none"))]
    return Section(title=_title(QUIET, len(briefing.quiet), words), lines=tuple(told or none))


def _title(group: str, count: int, words: Words) -> str:
    name = words.text(f"briefing.turn.{group}")
    return words.text("briefing.pair", name=name, n=fmt.number(count))
