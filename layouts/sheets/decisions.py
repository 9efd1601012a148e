"""The register of decisions as a table to take away: the rows of its page, in their order."""

from collections.abc import Callable
from typing import NamedTuple

from dashboard.briefing.decision import Decision, EntryKind
from dashboard.briefing.register_page import Listed, RegisterPage
from dashboard.export.table import Column, Kind, Table, Value
from dashboard.figures.period import Period
from layouts.decisions.counted import days_text
from layouts.decisions.names import beside_names, owner_name, title_of
from layouts.decisions.selecting import keys_of
from layouts.desk.asking import Asking
from layouts.sheets.about import Asked, Maker, facts, mark
from layouts.words import Words

HOUR_S = 3600


class _Field(NamedTuple):
    name: str
    kind: Kind
    width: int
    value: Callable[[Decision, RegisterPage, Words], Value]


def _left(one: Decision, page: RegisterPage) -> Value:
    left_s = one.left_s(page.as_of)
    return None if left_s is None else round(left_s / HOUR_S, 1)


def _signed(one: Decision) -> Value:
    return next((entry.at for entry in one.entries if entry.kind is EntryKind.SIGNED), None)


def _on_time(one: Decision, words: Words) -> Value:
    if one.on_time is None:
        return None
    return words.text("decision.on_time" if one.on_time else "decision.late")


_FIELDS = (
    _Field("number", Kind.TEXT, 10, lambda one, _, __: str(one.id)),
    _Field("title", Kind.TEXT, 44, lambda one, _, words: title_of(one, words)),
    _Field("ask", Kind.TEXT, 44, lambda one, _, __: one.ask),
    _Field("owner", Kind.TEXT, 16, lambda one, page, words: (
        owner_name(one.owner, page.directory, words))),
    _Field("beside", Kind.TEXT, 20, lambda one, page, words: (
        beside_names(one, page.directory, words))),
    _Field("taken", Kind.INSTANT, 17, lambda one, _, __: one.recorded_at),
    _Field("asked_due", Kind.INSTANT, 17, lambda one, _, __: one.asked_due_at),
    _Field("due", Kind.INSTANT, 17, lambda one, _, __: one.due_at),
    _Field("progress", Kind.TEXT, 8, lambda one, _, words: (
        words.text(f"decision.progress.{one.progress}"))),
    _Field("left", Kind.HOURS, 12, lambda one, page, _: _left(one, page)),
    _Field("missed", Kind.COUNT, 10, lambda one, page, _: one.times_missed(page.as_of)),
    _Field("signed", Kind.INSTANT, 17, lambda one, _, __: _signed(one)),
    _Field("reply", Kind.TEXT, 44, lambda one, _, __: one.reply.text if one.reply else None),
    _Field("closed", Kind.INSTANT, 17, lambda one, _, __: one.closed.at if one.closed else None),
    _Field("on_time", Kind.TEXT, 10, lambda one, _, words: _on_time(one, words)),
    _Field("agreed", Kind.TEXT, 12, lambda one, _, __: (
        (one.closed.agreed_by or None) if one.closed else None)),
    _Field("case", Kind.TEXT, 26, lambda one, _, __: one.case_code),
)  # fmt: skip


def decisions_table(  # noqa: PLR0913 -- the page, what it is about, and how much of it
    page: RegisterPage,
    period: Period,
    asking: Asking,
    maker: Maker,
    *,
    synthetic: bool,
    most: int,
) -> Table:
    """Make a table of at most so many rows; `period` is what its list is about."""
    words, selected = asking.words, page.selected
    name = words.text(f"decision.sheet.{selected.listed}")
    if selected.owner is not None:
        name += f" {owner_name(selected.owner, page.directory, words)}"
    if selected.taken is not None:
        name += f" {days_text(selected.taken, words)}"
    if selected.part is not None:
        name += f" {words.text(f'decision.tally.{selected.part}')}"
    defined = "decision.definition"
    if selected.listed is Listed.PAPER:
        defined = "decision.definition.paper"
    elif selected.taken is not None:
        defined = "decision.definition.taken"
    asked = Asked(
        name=f"{words.text('decision.title')} · {name}",
        definition=words.text(defined),
        source="",
        question=asking.question,
        period=period,
        as_of=page.as_of,
        address=asking.to("/decisions", None, **keys_of(page)),
        directory=page.directory,
        synthetic=synthetic,
    )
    rows = [tuple(field.value(one, page, words) for field in _FIELDS) for one in page.rows[:most]]
    columns = (
        Column(words.text(f"decision.sheet.column.{field.name}"), field.kind, field.width)
        for field in _FIELDS
    )
    return Table(
        name=f"{words.text('decision.title')} {name}",
        about_name=words.text("export.about"),
        about=facts(asked, maker, (len(rows), len(page.rows)), words),
        columns=tuple(columns),
        rows=rows,
        made_at=maker.made_at,
        mark=mark(asked, words),
    )
