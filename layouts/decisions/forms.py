"""What is written into the register: a new decision, or an entry under one."""

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.decision import Decision, EntryKind
from dashboard.snapshots.board import Directory, Name
from layouts.desk.controls import Input
from layouts.words import Words

LONGEST_TITLE, LONGEST_TEXT, LONGEST_NAME = 120, 1_000, 50

FIELDS: dict[EntryKind, tuple[str, ...]] = {
    EntryKind.SIGNED: (),
    EntryKind.REPLY: ("text",),
    EntryKind.DONE: ("text",),
    EntryKind.MOVED: ("due", "text"),
    EntryKind.DROPPED: ("agreed", "text"),
    EntryKind.REMINDED: ("text",),
}
"""What each kind of entry says; a text is required where the register's rule asks for a reply."""

REQUIRED = frozenset({(EntryKind.REPLY, "text"), (EntryKind.DONE, "text"), (EntryKind.MOVED, "due"),
                      (EntryKind.DROPPED, "agreed")})  # fmt: skip


def entry_forms(one: Decision, kinds: Sequence[EntryKind], words: Words) -> list[Component]:
    """Draw a form for each of `kinds` the decision allows: what is done next is first and green."""
    steps = [kind for kind in one.steps if kind in kinds]
    if not steps:
        return []
    note = html.P(words.text("decision.names"), className="d-note")
    forms = [_entry_form(one, kind, words, first=kind is steps[0]) for kind in steps]
    return [html.Div(forms, className="d-entries"), note]


def _entry_form(one: Decision, kind: EntryKind, words: Words, *, first: bool) -> Component:
    name = words.text(f"decision.do.{kind}")
    fields = [_entry_field(field, kind, words) for field in FIELDS[kind]]
    form = html.Form(
        [
            Input(type="hidden", name="kind", value=str(kind)),
            Input(type="hidden", name="lang", value=words.language),
            *fields,
            html.Button(name, type="submit", className="primary" if fields or first else ""),
        ],
        method="POST",
        action=f"/decisions/{one.id}",
        className="d-form",
    )
    if not fields:
        return form
    summary = html.Summary(name, className="primary" if first else "")
    return html.Details([summary, form], className="d-fold-down")


def _entry_field(field: str, kind: EntryKind, words: Words) -> Component:
    needed = (kind, field) in REQUIRED
    label = words.text(f"decision.field.{field}")
    if field == "text":
        box = _area("text", required=needed)
    elif field == "due":
        box = Input(type="datetime-local", name="due", required="required")
    else:
        box = Input(type="text", name="agreed", required="required", maxLength=str(LONGEST_NAME))
    return html.Label([html.Span(label), box])


def new_form(directory: Directory, words: Words) -> Component:
    """Draw the form of a new decision in a fold."""

    def labelled(name: str, box: Component) -> Component:
        return html.Label([html.Span(words.text(f"decision.field.{name}")), box])

    units = unit_options(directory, words)
    title = Input(type="text", name="title", required="required", maxLength=str(LONGEST_TITLE))
    form = html.Form(
        [
            labelled("title", title),
            labelled("ask", _area("ask")),
            html.P(words.text("decision.names"), className="d-note"),
            labelled("owner", html.Select(units, name="owner")),
            labelled("beside", html.Select(units, name="beside", multiple="multiple", size="5")),
            labelled("due", Input(type="datetime-local", name="due", required="required")),
            labelled("case", Input(type="text", name="case", maxLength="24")),
            Input(type="hidden", name="lang", value=words.language),
            html.Button(words.text("decision.do.take"), type="submit", className="primary"),
        ],
        method="POST",
        action="/decisions",
        className="d-form",
    )
    return html.Details([html.Summary(words.text("decision.new")), form], className="d-fold")


def unit_options(directory: Directory, words: Words, first: str = "") -> list[Component]:
    """Offer every department and township; a browser takes the first, so `first` goes ahead."""
    units = {f"d:{one.code}": one for one in directory.departments}
    units |= {f"a:{one.code}": one for one in directory.townships}
    codes = sorted(units, key=lambda code: code != first)
    return [html.Option(_name(units[code], words), value=code) for code in codes]


def local_value(at: datetime, words: Words) -> str:
    """Write an instant as a field of a form holds it."""
    return at.astimezone(words.zone).strftime("%Y-%m-%dT%H:%M")


def _area(name: str, *, required: bool = False) -> Component:
    more = {"required": "required"} if required else {}
    return html.Textarea(name=name, rows=2, maxLength=str(LONGEST_TEXT), **more)


def _name(unit: Name, words: Words) -> str:
    return (unit.en or unit.short) if words.language == "en" else unit.short
