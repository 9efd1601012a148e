"""The lists of a briefing whose rows are cases, hotspots and hazards."""

from dataclasses import replace

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.case_line import CaseTable, KeyCase
from dashboard.briefing.matter import Hotspot
from dashboard.export.table import Kind
from dashboard.signals.hotspots import cases_of
from dashboard.terms import Colour
from layouts import format as fmt
from layouts.briefing.case_table import case_table
from layouts.briefing.document import Cell, Row, Section, Table
from layouts.briefing.headline import days_of
from layouts.briefing.key_moves import key_moves
from layouts.briefing.reference import Counted, of
from layouts.briefing.said import (
    case_place,
    code_cell,
    column,
    count_cell,
    joined_by,
    title_of,
    township_name,
)
from layouts.briefing.sentence import listed, number, pair, sentence
from layouts.briefing.since import changed
from layouts.names import category_name, joined
from layouts.words import Words

TEN_THOUSAND = 10_000


def deadlines(briefing: Briefing, words: Words) -> Section:
    """List what is overdue, and what falls due today."""
    today = days_of(briefing, words).today
    return Section(
        title=words.text("briefing.deadlines"),
        tables=(
            _counted_table("overdue", of("overdue"), briefing, words),
            _counted_table("due_today", of("pending", today), briefing, words),
            *([changed(briefing, words)] if briefing.since else []),
        ),
    )


def _counted_table(name: str, opens: Counted, briefing: Briefing, words: Words) -> Table:
    found: CaseTable = getattr(briefing, name)
    key = f"briefing.{name}.line" if found.total else f"briefing.{name}.none"
    caption = sentence(words, key, n=number(found.total, opens))
    table = case_table(found.rows, name, briefing, words)
    return replace(table, total=found.total, caption=caption)


def key_cases(briefing: Briefing, words: Words) -> Section:
    """List the cases with a leader's name on them."""
    columns = (
        column("colour", 5, words), column("code", 9.2, words), column("title", 10.8, words),
        column("place", 10, words), column("size", 9.2, words), column("risk", 2.8, words),
        column("leader", 5.2, words), column("next", 8.6, words, Kind.INSTANT),
    )  # fmt: skip
    rows = tuple(_key_row(one, briefing, words) for one in briefing.key_cases)
    title, name = words.text("briefing.key_cases"), words.text("briefing.list.key_cases")
    return Section(
        title=title,
        lines=key_moves(briefing, words),
        tables=(Table(name=name, columns=columns, rows=rows, shown=len(rows)),),
    )


def _key_row(one: KeyCase, briefing: Briefing, words: Words) -> Row:
    case = one.case
    assigned = "briefing.leader.yes" if one.leader_assigned else "briefing.leader.no"
    return Row(
        colour=case.colour,
        cells=(
            Cell(words.text(f"colour.{case.colour}")),
            code_cell(case),
            Cell(title_of(case, words)),
            Cell(case_place(case, briefing.directory, words)),
            Cell(size_text(one, words) or fmt.DASH),
            Cell(words.text(f"risk.{one.risk}") if one.risk else fmt.DASH),
            Cell(words.text(assigned)),
            Cell(fmt.DASH if one.next_at is None else fmt.moment_short(one.next_at, words),
                 one.next_at),
        ),
    )  # fmt: skip


def size_text(one: KeyCase, words: Words) -> str:
    """Say how many people and how much money a case is about, as far as known."""
    people = "" if one.people is None else words.text("case.people", n=fmt.number(one.people))
    amount = "" if one.amount is None else words.text(
        "case.amount", n=f"{one.amount / TEN_THOUSAND:,.1f}"
    )  # fmt: skip
    return joined_by(words, people, amount)


def hotspots(briefing: Briefing, words: Words) -> Section:
    """List where many cases of one kind are, and the townships with most."""
    columns = (
        column("colour", 1, words), column("area", 4, words), column("category", 4, words),
        column("cases", 1, words, Kind.COUNT), column("expected", 1, words, Kind.COUNT),
        replace(column("ratio", 1, words), right=True),
    )  # fmt: skip
    rows = tuple(_hotspot_row(one, briefing, words) for one in briefing.hotspots)
    own = days_of(briefing, words).own
    most = listed(
        (
            pair(
                township_name(code, briefing.directory, words),
                number(n, None if code is None else of("accepted", own, area=code)),
                words,
            )
            for code, n in briefing.busiest
        ),
        words,
    )
    title, name = words.text("briefing.hotspots"), words.text("briefing.list.hotspots")
    after = (sentence(words, "briefing.busiest", places=most),) if most else ()
    table = Table(name=name, columns=columns, rows=rows, shown=len(rows))
    return Section(title=title, tables=(table,), after=after)


def _hotspot_row(one: Hotspot, briefing: Briefing, words: Words) -> Row:
    return Row(
        colour=one.colour,
        cells=(
            Cell(words.text(f"colour.{one.colour}")),
            Cell(township_name(one.area, briefing.directory, words)),
            Cell(category_name(one.category, "unknown", words)),
            count_cell(one.cases, hotspot_cases(one, briefing, words)),
            Cell(f"{one.expected:.1f}", one.expected),
            Cell(words.text("briefing.times", n=f"{one.ratio:.1f}"), one.ratio),
        ),
    )


def hazards(briefing: Briefing, words: Words) -> Section:
    """Say how many points came and went, and list those past their date."""
    found = briefing.hazards
    columns = (
        column("point", 1.5, words), column("kind", 2, words), column("area", 2, words),
        column("risk", 1, words), column("found", 1.7, words, Kind.INSTANT),
        column("due", 1.7, words, Kind.INSTANT),
    )  # fmt: skip
    rows = tuple(
        Row(
            cells=(
                Cell(one.id),
                Cell(_hazard_kind(one.type, words)),
                Cell(township_name(one.township, briefing.directory, words)),
                Cell(words.text(f"risk.{one.risk}")),
                Cell(fmt.moment_short(one.found_at, words), one.found_at),
                Cell(fmt.DASH if one.due_at is None else fmt.moment_short(one.due_at, words),
                     one.due_at),
            )
        )
        for one in found.rows
    )  # fmt: skip
    own = days_of(briefing, words).own
    told = sentence(
        words,
        "briefing.hazards.line",
        found=number(found.found, of("hazards_found", own)),
        removed=number(found.removed, of("hazards_removed", own)),
        late=number(found.late, of("hazards_late")),
    )
    title, name = words.text("briefing.hazards"), words.text("briefing.list.hazards")
    table = Table(name=name, columns=columns, rows=rows, shown=len(rows))
    return Section(title=title, lines=(told,), tables=(table,))


def _hazard_kind(code: str | None, words: Words) -> str:
    key = f"hazard.{code}"
    return words.text(key if words.knows(key) else "hazard.unknown")


def hotspot_cases(one: Hotspot, briefing: Briefing, words: Words) -> Counted:
    """Refer to the cases of a hotspot: the seven days' first reports of its place and category."""
    return Counted("signal_intake", days_of(briefing, words).week, cases_of(one.area, one.category))


def hotspot_text(one: Hotspot, words: Words) -> str:
    """Say how many cases a hotspot has, against what is usual."""
    return words.text(
        "briefing.hotspot", n=fmt.number(one.cases), expected=f"{one.expected:.1f}",
        ratio=f"{one.ratio:.1f}",
    )  # fmt: skip


def hotspot_title(one: Hotspot, briefing: Briefing, words: Words) -> str:
    """Name a hotspot by its place and its category."""
    return joined(
        township_name(one.area, briefing.directory, words),
        category_name(one.category, "unknown", words),
    )


def colour_word(colour: Colour | None, words: Words) -> str:
    """Name a warning colour, "" for none."""
    return words.text(f"briefing.colour.{colour}") if colour else ""
