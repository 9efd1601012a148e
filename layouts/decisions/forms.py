"""What is written into the register: a new decision, or an entry under one."""

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.decision import Decision, EntryKind
from dashboard.snapshots.board import Directory, Name
from layouts.desk.asking import Asking
from layouts.desk.controls import Input
from layouts.words import Words

ACTION = "/decisions"

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


def entry_forms(one: Decision, kinds: Sequence[EntryKind], asking: Asking) -> list[Component]:
    """Draw a form for each of `kinds` the decision allows: what is done next is first and green."""
    steps = [kind for kind in one.steps if kind in kinds]
    if not steps:
        return []
    note = html.P(asking.words.text("decision.names"), className="d-note")
    forms = [_entry_form(one, kind, asking, first=kind is steps[0]) for kind in steps]
    return [html.Div(forms, className="d-entries"), note]


def _entry_form(one: Decision, kind: EntryKind, asking: Asking, *, first: bool) -> Component:
    words, action = asking.words, f"{ACTION}/{one.id}"
    name = words.text(f"decision.do.{kind}")
    filling = asking.filling(action, kind=str(kind))
    fields = [
        (
            field,
            words.text(f"decision.field.{field}"),
            _entry_box(field, kind, filling.typed(field)),
        )
        for field in FIELDS[kind]
    ]
    form = html.Form(
        [
            Input(type="hidden", name="kind", value=str(kind)),
            Input(type="hidden", name="lang", value=words.language),
            *filling.form(fields),
            html.Button(name, type="submit", className="primary" if fields or first else ""),
        ],
        method="POST",
        action=action,
        className="d-form",
    )
    if not fields:
        return form
    summary = html.Summary(name, className="primary" if first else "")
    return html.Details([summary, form], className="d-fold-down", **filling.opened)


def _entry_box(field: str, kind: EntryKind, typed: str) -> Component:
    if field == "text":
        return _area("text", typed, required=(kind, field) in REQUIRED)
    if field == "due":
        return Input(type="datetime-local", name="due", value=typed, required="required")
    return Input(type="text", name="agreed", value=typed, required="required",
                 maxLength=str(LONGEST_NAME))  # fmt: skip


def new_form(directory: Directory, asking: Asking) -> Component:
    """Draw the form of a new decision in a fold."""
    words, filling = asking.words, asking.filling(ACTION, matter="")
    typed = filling.typed
    beside = unit_options(directory, words, chosen=filling.chosen("beside"))
    boxes = {
        "title": Input(type="text", name="title", value=typed("title"), required="required",
                       maxLength=str(LONGEST_TITLE)),
        "ask": _area("ask", typed("ask")),
        "owner": html.Select(unit_options(directory, words, first=typed("owner")), name="owner"),
        "beside": html.Select(beside, name="beside", multiple="multiple", size="5"),
        "due": Input(type="datetime-local", name="due", value=typed("due"), required="required"),
        "case": Input(type="text", name="case", value=typed("case"), maxLength="24"),
    }  # fmt: skip
    fields = ((name, words.text(f"decision.field.{name}"), box) for name, box in boxes.items())
    form = html.Form(
        [
            *filling.form(fields),
            html.P(words.text("decision.names"), className="d-note"),
            Input(type="hidden", name="lang", value=words.language),
            html.Button(words.text("decision.do.take"), type="submit", className="primary"),
        ],
        method="POST",
        action=ACTION,
        className="d-form",
    )
    summary = html.Summary(words.text("decision.new"))
    return html.Details([summary, form], className="d-fold", **filling.opened)


def unit_options(
    directory: Directory, words: Words, first: str = "", chosen: Sequence[str] = ()
) -> list[Component]:
    """Offer every department and township; a browser takes the first, so `first` goes ahead.

    Of a field that takes several, those `chosen` are.
    """
    units = unit_names(directory, words)
    codes = sorted(units, key=lambda code: code != first)
    return [
        html.Option(units[code], value=code, **({"selected": "selected"} if code in chosen else {}))
        for code in codes
    ]


def unit_names(directory: Directory, words: Words) -> dict[str, str]:
    """Name every department and township by its code in a form."""
    units = {f"d:{one.code}": _name(one, words) for one in directory.departments}
    return units | {f"a:{one.code}": _name(one, words) for one in directory.townships}


def local_value(at: datetime, words: Words) -> str:
    """Write an instant as a field of a form holds it."""
    return at.astimezone(words.zone).strftime("%Y-%m-%dT%H:%M")


def _area(name: str, typed: str, *, required: bool = False) -> Component:
    more = {"required": "required"} if required else {}
    return html.Textarea(typed, name=name, rows=2, maxLength=str(LONGEST_TEXT), **more)


def _name(unit: Name, words: Words) -> str:
    return (unit.en or unit.short) if words.language == "en" else unit.short
