"""What is written onto the roster: a new shift, a shift said anew, or one taken off."""

from collections.abc import Iterable
from datetime import date, datetime

from dash import html
from dash.development.base_component import Component

from dashboard.duty.shift import LONGEST_NAME, SHIFTS, DutyRole, Shift
from dashboard.snapshots.board import Directory
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.desk.controls import Input
from layouts.desk.refused import Filling
from layouts.duty.table import role_name
from layouts.names import shift_name, unit_name
from layouts.words import Words

NUMBERED = ("1", "2", "3")
"""Numbers that are offered for shifts without a name."""


def new_form(day: date, directory: Directory, asking: Asking) -> Component:
    """Draw the form of a new shift in a fold."""
    words, filling = asking.words, asking.filling("/duty", deed="add")
    send = words.text("duty.do.add")
    form = _form("/duty", _fields(None, day, directory, filling), "add", send, words)
    summary = html.Summary(words.text("duty.new"))
    return html.Details([summary, form], className="d-fold", **filling.opened)


def change_forms(one: Shift, directory: Directory, asking: Asking) -> list[Component]:
    """Draw the form that says a shift anew, and the one that takes it off."""
    words, here = asking.words, f"/duty/{one.id}"
    fields = _fields(one, one.day, directory, asking.filling(here, deed="change"))
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


def _fields(
    one: Shift | None, day: date, directory: Directory, filling: Filling
) -> list[Component]:
    words, typed = filling.words, filling.typed
    starts = typed("starts", "" if one is None else fmt.clock(one.starts_at, words))
    ends = typed("ends", "" if one is None else _local(one.ends_at, words))
    name = typed("name", "" if one is None else one.name)
    shift = typed("shift", "" if one is None else one.shift)
    role = typed("role", "" if one is None else str(one.role))
    unit = typed("department", "" if one is None else one.department or "")
    shifts = [(code, shift_name(code, words)) for code in (*SHIFTS, *NUMBERED)]
    roles = [(str(role), role_name(role, words)) for role in DutyRole]
    units = [("", words.text("duty.no_department"))] + [
        (unit.code, unit_name(unit.code, directory.departments, words) or unit.code)
        for unit in directory.departments
    ]
    boxes = {
        "date": Input(type="date", name="date", value=typed("date", day.isoformat()),
                      required="required"),
        "shift": _select("shift", shifts, shift),
        "role": _select("role", roles, role),
        "name": Input(type="text", name="name", value=name, required="required",
                      maxLength=str(LONGEST_NAME)),
        "department": _select("department", units, unit),
        "starts": Input(type="time", name="starts", value=starts, required="required"),
        "ends": Input(type="datetime-local", name="ends", value=ends, required="required"),
    }  # fmt: skip
    return filling.form((key, words.text(f"duty.field.{key}"), box) for key, box in boxes.items())


def _select(name: str, options: Iterable[tuple[str, str]], chosen: str) -> Component:
    """A choice that begins with the chosen one, "" for none: a browser takes the first."""
    known = dict(options)
    if chosen:
        known = {chosen: known.get(chosen, chosen)} | known
    return html.Select([html.Option(text, value=code) for code, text in known.items()], name=name)


def _local(at: datetime, words: Words) -> str:
    return at.astimezone(words.zone).strftime("%Y-%m-%dT%H:%M")
