"""What the meeting is to decide: each matter with its reason and what is asked of whom."""

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.matter import Matter
from layouts.briefing.cases import colour_word, hotspot_cases, hotspot_text, hotspot_title
from layouts.briefing.document import Cell, Item, Part, Row, Section, Table
from layouts.briefing.reference import CaseOf, Reference
from layouts.briefing.said import (
    case_left,
    column,
    joined_by,
    order_text,
    title_of,
    township_name,
)
from layouts.names import joined
from layouts.words import Words

MOST = 5
"""Matters that stand in the briefing itself; the others are in the annex."""


def matters(briefing: Briefing, words: Words) -> Section:
    """Write the matters in their order; beyond MOST they are a list."""
    items = items_of(briefing, words)
    none = "" if items else ".none"
    return Section(
        part=Part.MATTERS,
        title=words.text(f"briefing.matters{none}", n=len(items)),
        items=items[:MOST],
        tables=(_table(items, words),) if len(items) > MOST else (),
    )


def items_of(briefing: Briefing, words: Words) -> tuple[Item, ...]:
    """Write each matter as an item, in their order."""
    return tuple(_item(place, one, briefing, words)
                 for place, one in enumerate(briefing.matters, start=1))  # fmt: skip


def _table(items: tuple[Item, ...], words: Words) -> Table:
    return Table(
        name=words.text("briefing.list.matters"),
        columns=(
            column("colour", 0.8, words), column("title", 3, words), column("what", 7, words)
        ),
        rows=tuple(
            Row(
                cells=(Cell(item.tag), Cell(item.title, opens=item.opens), Cell(item.text)),
                colour=item.colour,
            )
            for item in items
        ),
        shown=0,
    )  # fmt: skip


def _item(place: int, one: Matter, briefing: Briefing, words: Words) -> Item:
    return Item(
        colour=one.colour,
        title=words.text(
            "briefing.matter.title", n=place, title=matter_title(one, briefing, words)
        ),
        text=_text(one, words),
        tag=colour_word(one.colour, words),
        opens=_opens(one, briefing, words),
    )


def _opens(one: Matter, briefing: Briefing, words: Words) -> Reference | None:
    """Refer to its case or to the cases of its hotspot; one a person put down has neither."""
    if one.case is not None:
        return CaseOf(one.case.code)
    return None if one.hotspot is None else hotspot_cases(one.hotspot, briefing, words)


def matter_title(one: Matter, briefing: Briefing, words: Words) -> str:
    """Name a matter: by its own title, else by its case or hotspot."""
    if one.title:
        return one.title
    if one.case is not None:
        place = township_name(one.case.township, briefing.directory, words)
        return joined(place, title_of(one.case, words))
    if one.hotspot is not None:
        return hotspot_title(one.hotspot, briefing, words)
    return one.key


def _text(one: Matter, words: Words) -> str:
    parts = [words.text(f"briefing.matter.{one.kind}")]
    if one.case is not None:
        if one.case.left_s is not None:
            parts.append(case_left(one.case, words))
        parts.append(order_text(one.case, words))
    if one.hotspot is not None:
        parts.append(hotspot_text(one.hotspot, words))
    said = words.text("briefing.stop", text=joined_by(words, *parts))
    if one.ask:
        said += words.text("briefing.stop", text=one.ask.rstrip("。.； ;"))
    if not one.confirmed:
        said += words.text("briefing.matter.open")
    return said
