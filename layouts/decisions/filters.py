"""What narrows the register's list: whose decisions, and when they were taken."""

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.register_page import RegisterPage
from layouts import format as fmt
from layouts.decisions.counted import days_text
from layouts.decisions.names import owner_name
from layouts.decisions.selecting import PATH, keys_of
from layouts.desk.asking import Asking
from layouts.desk.controls import Input, kept_fields

FOLD = "d-fold left add"


def owner_filter(page: RegisterPage, asking: Asking) -> Component | None:
    """Draw the owner asked for, else those there are with how many each has of the list."""
    words, owner = asking.words, page.selected.owner
    label = words.text("decision.field.owner")
    if owner is not None:
        name = owner_name(owner, page.directory, words)
        return _chip(label, name, asking.to(PATH, None, **keys_of(page, owner=None)), asking)
    if not page.units:
        return None
    links = [
        html.A(
            [
                html.Span(owner_name(one, page.directory, words)),
                html.Span(fmt.number(number)),
            ],
            href=asking.to(PATH, None, **keys_of(page, owner=one.key, part=None)),
        )
        for one, number in page.units
    ]
    summary = html.Summary(f"+ {label}")
    return html.Details([summary, html.Div(links, className="d-options")], className=FOLD)


def days_filter(page: RegisterPage, asking: Asking) -> Component:
    """Draw the month or day asked for, else a form that asks for a day."""
    words, taken = asking.words, page.selected.taken
    label = words.text("decision.filter.taken")
    if taken is not None:
        href = asking.to(PATH, None, **keys_of(page, taken=None, part=None))
        return _chip(label, days_text(taken, words), href, asking)
    kept = {key: value for key, value in keys_of(page, part=None).items() if value}
    fields = [
        Input(type="date", name="taken", required="required", max=page.today.isoformat()),
        *kept_fields(asking.question, asking.zoned, words, without=()),
        *(Input(type="hidden", name=key, value=value) for key, value in kept.items()),
        html.Button(words.text("period.show"), type="submit"),
    ]
    form = html.Form(fields, action=PATH, method="get")
    return html.Details([html.Summary(f"+ {label}"), form], className=FOLD)


def _chip(label: str, text: str, less: str, asking: Asking) -> Component:
    return html.A(
        [html.Small(label), html.Span(text), html.Span("×")],
        href=less,
        className="d-chip",
        title=asking.words.text("cases.drop"),
    )
