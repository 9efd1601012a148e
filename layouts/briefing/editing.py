"""What may be done with a draft's matters: confirm, order, ask, strike, restore, add."""

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.edit import LONGEST_ASK, LONGEST_TITLE, EditKind
from dashboard.briefing.issued import Issued
from dashboard.briefing.matter import Matter
from layouts import format as fmt
from layouts.briefing import deciding
from layouts.briefing.matters import matter_title
from layouts.desk.asking import Asking
from layouts.desk.controls import Input
from layouts.words import Words

ACTION = "/briefing/edit"
ALL = "matters"
"""The id of the card."""


def place_of(key: str, *, struck: bool) -> str:
    """Return the id of a matter on the page; what is struck is folded away in the card."""
    return ALL if struck else deciding.place_of(key)


def _deeds(matter: Matter, at: int, of: int) -> list[str]:
    return [
        *([] if matter.confirmed else [EditKind.CONFIRM]),
        *([] if at == 0 else ["up"]),
        *([] if at == of - 1 else ["down"]),
        EditKind.STRIKE,
    ]


def edits(matter: Matter, at: int, of: int, issued: Issued, asking: Asking) -> list[Component]:
    """Draw what may be done with a matter that stands `at` (from 0) among `of`."""
    forms = [_form(deed, matter.key, issued, asking.words) for deed in _deeds(matter, at, of)]
    return [*forms, _fold("brief.edit.ask", EditKind.ASK, matter, issued, asking)]


def adding(issued: Issued, asking: Asking) -> Component:
    """Draw the form that adds a matter of one's own."""
    return _fold("brief.edit.add", EditKind.ADD, None, issued, asking)


def _fold(
    summary: str, deed: EditKind, matter: Matter | None, issued: Issued, asking: Asking
) -> Component:
    """Draw a form to type into; open, with what was typed, where that was not kept."""
    words, key = asking.words, "" if matter is None else matter.key
    filling = asking.filling(ACTION, deed=str(deed), key=key)
    asked = filling.typed("ask", "" if matter is None else matter.ask)
    box = html.Textarea(asked, name="ask", rows=2, maxLength=str(LONGEST_ASK))
    fields = [("ask", words.text("decision.field.ask"), box)]
    if matter is None:
        title = Input(type="text", name="title", value=filling.typed("title"), required="required",
                      maxLength=str(LONGEST_TITLE))  # fmt: skip
        fields.insert(0, ("title", words.text("decision.field.title"), title))
    form = _form(deed, key, issued, words, filling.form(fields))
    return html.Details(
        [html.Summary(words.text(summary)), form], className="d-fold-down", **filling.opened
    )


def struck(issued: Issued, words: Words) -> list[Component]:
    """Draw what was struck, with the way back, in a fold."""
    if not issued.struck:
        return []
    rows = [
        html.Li([
            html.B(matter_title(matter, issued.briefing, words)),
            html.P(words.text("brief.edit.struck.by", who=by, t=fmt.moment_short(at, words))),
            html.Div(_form(EditKind.RESTORE, matter.key, issued, words), className="d-entries"),
        ])
        for matter, by, at in issued.struck
    ]  # fmt: skip
    title = words.text("brief.edit.struck", n=len(rows))
    return [html.Details([html.Summary(title), html.Ul(rows)], className="d-fold-down")]


def _form(
    deed: str, key: str, issued: Issued, words: Words, fields: list[Component] | None = None
) -> Component:
    issue = issued.briefing.issue
    known = {"deed": deed, "key": key, "cycle": issue.cycle, "day": issue.day.isoformat(),
             "lang": words.language}  # fmt: skip
    hidden = [Input(type="hidden", name=name, value=str(text)) for name, text in known.items()]
    send = html.Button(words.text(f"brief.do.{deed}"), type="submit", className="d-button")
    return html.Form([*hidden, *(fields or []), send], method="POST", action=ACTION,
                     className="d-form" if fields else "")  # fmt: skip
