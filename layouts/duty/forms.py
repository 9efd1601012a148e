"""What is written onto the roster: a new shift, a shift said anew, or one taken off."""

from collections.abc import Iterable
from datetime import date, datetime

from dash import html
from dash.development.base_component import Component

from dashboard.duty.shift import LONGEST_NAME, SHIFTS, DutyRole, Shift
from dashboard.snapshots.board import Directory
from layouts import format as fmt
from layouts.desk.controls import Input
from layouts.duty.table import role_name
from layouts.names import shift_name, unit_name
from layouts.words import Words

NUMBERED = ("1", "2", "3")
"""Numbers that are offered for shifts without a name."""


def new_form(day: date, directory: Directory, words: Words) -> Component:
    """Draw the form of a new shift in a fold."""
    send = words.text("duty.do.add")
    form = _form("/duty", _fields(None, day, directory, words), "add", send, words)
    return html.Details([html.Summary(words.text("duty.new")), form], className="d-fold")


def change_forms(one: Shift, directory: Directory, words: Words) -> list[Component]:
    """Draw the form that says a shift anew, and the one that takes it off."""
    fields = _fields(one, one.day, directory, words)
    here = f"/duty/{one.id}"
    return [
        _form(here, fields, "change", words.text("duty.do.change"), words),
        _form(here, [], "remove", words.text("duty.do.remove"), words),
    ]


def _form(action: str, fields: list[Component], deed: str, send: str, words: Words) -> Component:
    hidden = [
        Input(type="hidden", name="deed", value=deed),
        Input(type="hidden", name="lang", value=words.language),
    ]
    style = "d-button primary" if fields else "d-button"
    button = html.Button(send, type="submit", className=style)
    return html.Form([*hidden, *fields, button], method="POST", action=action, className="d-form")


def _fields(one: Shift | None, day: date, directory: Directory, words: Words) -> list[Component]:
    starts = "" if one is None else fmt.clock(one.starts_at, words)
    ends = "" if one is None else _local(one.ends_at, words)
    name = "" if one is None else one.name
    unit = None if one is None else one.department

    def labelled(key: str, box: Component) -> Component:
        return html.Label([html.Span(words.text(f"duty.field.{key}")), box])

    shifts = [(code, shift_name(code, words)) for code in (*SHIFTS, *NUMBERED)]
    roles = [(str(role), role_name(role, words)) for role in DutyRole]
    units = [("", words.text("duty.no_department"))] + [
        (unit.code, unit_name(unit.code, directory.departments, words) or unit.code)
        for unit in directory.departments
    ]
    return [
        labelled("date", Input(type="date", name="date", value=day.isoformat(),
                               required="required")),
        labelled("shift", _select("shift", shifts, None if one is None else one.shift)),
        labelled("role", _select("role", roles, None if one is None else one.role)),
        labelled("name", Input(type="text", name="name", value=name, required="required",
                               maxLength=str(LONGEST_NAME))),
        labelled("department", _select("department", units, unit)),
        labelled("starts", Input(type="time", name="starts", value=starts, required="required")),
        labelled("ends", Input(type="datetime-local", name="ends", value=ends,
                               required="required")),
    ]  # fmt: skip


def _select(name: str, options: Iterable[tuple[str, str]], chosen: str | None) -> Component:
    """A choice that begins with the chosen one: a browser takes the first."""
    known = dict(options)
    if chosen is not None:
        known = {chosen: known.get(chosen, chosen)} | known
    return html.Select([html.Option(text, value=code) for code, text in known.items()], name=name)


def _local(at: datetime, words: Words) -> str:
    return at.astimezone(words.zone).strftime("%Y-%m-%dT%H:%M")
