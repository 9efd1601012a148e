"""The five situations over the span of a briefing, and what became of the intelligence."""

from dashboard.briefing.briefing import Briefing
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
    signs = (
        Cell(words.text(f"sit.{one.unusual}") if one.unusual else fmt.DASH,
             strong=one.unusual == "high")
        for one in lines
    )  # fmt: skip
    rows = tuple(
        Row(cells=(Cell(words.text(f"briefing.situation.{name}")), *cells))
        for name, cells in (("cases", counts), ("change", changes), ("unusual", signs))
    )
    title = words.text("briefing.situations")
    table = Table(name=title, columns=columns, rows=rows, shown=len(rows))
    return Section(
        title=title, tables=(table,) if lines else (), after=(_intelligence(briefing, words),)
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
