"""Cases as rows of an exported table: an allow-list of columns, none of them personal."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from dashboard.drilldown.case_row import CaseRow
from dashboard.drilldown.listing import ItemRow
from dashboard.export.table import Column, Kind, Value
from dashboard.snapshots.board import Directory
from layouts.desk.table import title_of
from layouts.names import category_name, unit_name
from layouts.words import Words

Rows = tuple[tuple[Value, ...], ...]

HOUR_S = 3600


class _Field(NamedTuple):
    name: str
    kind: Kind
    width: int
    value: Callable[[CaseRow, Directory, Words], Value]


def _term(prefix: str, code: str | None, words: Words) -> Value:
    if code is None:
        return None
    name = f"{prefix}.{code}"
    return words.text(name) if words.knows(name) else code


def _hours(row: CaseRow) -> Value:
    return None if row.left_s is None or row.paused else round(row.left_s / HOUR_S, 1)


_FIELDS = (
    _Field("code", Kind.TEXT, 26, lambda row, _, __: row.code),
    _Field("title", Kind.TEXT, 44, lambda row, _, words: title_of(row, words)),
    _Field("colour", Kind.TEXT, 8, lambda row, _, words: (
        _term("colour", row.colour, words) if row.left_at is None else None)),
    _Field("left", Kind.HOURS, 12, lambda row, _, __: _hours(row)),
    _Field("due", Kind.INSTANT, 17, lambda row, _, __: row.due_at),
    _Field("paused", Kind.TEXT, 8, lambda row, _, words: (
        words.text("export.yes") if row.paused else None)),
    _Field("category", Kind.TEXT, 16, lambda row, _, words: (
        category_name(row.category, row.kind, words))),
    _Field("kind", Kind.TEXT, 12, lambda row, _, words: _term("kind", row.kind, words)),
    _Field("situation", Kind.TEXT, 12, lambda row, _, words: (
        _term("situation", row.situation, words))),
    _Field("level", Kind.TEXT, 8, lambda row, _, words: _term("level", row.level, words)),
    _Field("risk", Kind.TEXT, 8, lambda row, _, words: _term("risk", row.risk, words)),
    _Field("channel", Kind.TEXT, 14, lambda row, _, words: _term("channel", row.channel, words)),
    _Field("area", Kind.TEXT, 14, lambda row, directory, words: (
        unit_name(row.township, directory.townships, words))),
    _Field("department", Kind.TEXT, 16, lambda row, directory, words: (
        unit_name(row.department, directory.departments, words))),
    _Field("stage", Kind.TEXT, 12, lambda row, _, words: _term("stage", row.stage, words)),
    _Field("accepted", Kind.INSTANT, 17, lambda row, _, __: row.accepted_at),
    _Field("closed", Kind.INSTANT, 17, lambda row, _, __: row.closed_at),
    _Field("outcome", Kind.TEXT, 12, lambda row, _, words: _term("outcome", row.outcome, words)),
    _Field("orders", Kind.COUNT, 10, lambda row, _, __: row.supervisions),
)  # fmt: skip
_EVENT = _Field("event", Kind.INSTANT, 17, lambda row, _, __: row.event_at)


def case_rows(
    cases: Sequence[CaseRow], directory: Directory, words: Words
) -> tuple[tuple[Column, ...], Rows]:
    """Return columns and rows; the instant of an event where the list is one of events."""
    fields = _FIELDS if all(row.event_at is None for row in cases) else (*_FIELDS, _EVENT)
    columns = tuple(
        Column(words.text(f"export.column.{field.name}"), field.kind, field.width)
        for field in fields
    )
    rows = tuple(tuple(field.value(row, directory, words) for field in fields) for row in cases)
    return columns, rows


def item_rows(
    items: Sequence[ItemRow], directory: Directory, words: Words
) -> tuple[tuple[Column, ...], Rows]:
    """Return columns and rows of what is no case: points, intelligence, whistles."""
    columns = tuple(
        Column(words.text(f"export.column.{name}"), kind, width)
        for name, kind, width in (
            ("code", Kind.TEXT, 20), ("title", Kind.TEXT, 44), ("area", Kind.TEXT, 14),
            ("risk", Kind.TEXT, 8), ("event", Kind.INSTANT, 17),
        )
    )  # fmt: skip
    english = words.language == "en"
    rows = tuple(
        (
            item.id,
            (item.title_en or item.title) if english else item.title,
            unit_name(item.township, directory.townships, words),
            _term("risk", item.risk, words),
            item.at,
        )
        for item in items
    )
    return columns, rows
