"""The five situations over the span of a briefing, the intelligence, and what was inspected."""

from collections.abc import Iterable, Iterator

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.issue import Cycle
from layouts import format as fmt
from layouts.briefing.document import Cell, Column, Line, Row, Section, Table
from layouts.briefing.headline import days_of
from layouts.briefing.reference import of
from layouts.briefing.said import bare_change, count_cell
from layouts.briefing.sentence import number, sentence
from layouts.words import Words


def situations(briefing: Briefing, words: Words) -> Section:
    """Write the five situations beside each other, then the intelligence."""
    lines, own = briefing.situations, days_of(briefing, words).own
    columns = (
        Column(head="", weight=1),
        *(Column(head=words.text(f"situation.{one.code}"), weight=1, right=True) for one in lines),
    )
    counts = (
        count_cell(one.number.value, of("accepted", own, situations=frozenset({one.code})))
        for one in lines
    )
    changes = (Cell(bare_change(one.number.change, words)) for one in lines)
    rows = tuple(
        Row(cells=(Cell(words.text(f"briefing.situation.{name}")), *cells))
        for name, cells in (
            ("cases", counts), ("change", changes), *_of_the_cycle(briefing, words)
        )
    )  # fmt: skip
    title = words.text("briefing.situations")
    table = Table(name=title, columns=columns, rows=rows, shown=len(rows))
    return Section(
        title=title,
        tables=(table,) if lines else (),
        after=(_intelligence(briefing, words), *_inspections(briefing, words)),
    )


def _of_the_cycle(briefing: Briefing, words: Words) -> Iterator[tuple[str, Iterable[Cell]]]:
    """A day can be unusual; longer cycles are set beside the year before, where it is known."""
    lines = briefing.situations
    if briefing.issue.cycle is Cycle.DAILY:
        yield (
            "unusual",
            (
                Cell(words.text(f"sit.{one.unusual}") if one.unusual else fmt.DASH,
                     strong=one.unusual == "high")
                for one in lines
            ),
        )  # fmt: skip
    elif any(one.number.year for one in lines):
        yield "year", (Cell(bare_change(one.number.year, words)) for one in lines)


def _inspections(briefing: Briefing, words: Words) -> Iterator[Line]:
    found, own = briefing.inspections, days_of(briefing, words).own
    if found is not None:
        yield sentence(
            words,
            "briefing.inspections",
            done=number(found.done, of("inspections_done", own)),
            finding=number(found.finding, of("inspections_finding", own)),
        )


def _intelligence(briefing: Briefing, words: Words) -> Line:
    found, own = briefing.intelligence, days_of(briefing, words).own
    return sentence(
        words,
        "briefing.intelligence",
        received=number(found.received, of("intelligence", own)),
        judged=number(found.judged, of("intelligence_judged", own)),
        converted=number(found.converted, of("intelligence_converted", own)),
        open=number(found.open, of("intelligence_waiting")),
        old=number(found.open_over_24h, of("intelligence_waiting_long")),
    )
