"""The duty roster: a week of it, and for who keeps it the forms."""

from dash import html
from dash.development.base_component import Component

from dashboard.duty.week import DutyWeek
from dashboard.figures.choice import PeriodChoice
from layouts import format as fmt
from layouts.briefing.parts import parts
from layouts.desk.asking import Asking
from layouts.desk.card import card, columns, empty, facts
from layouts.desk.controls import period_text, print_button
from layouts.desk.frame import DeskPage
from layouts.duty.forms import change_forms, new_form
from layouts.duty.table import hours_text, role_name, week_table
from layouts.names import joined, shift_name, unit_name


def layout(page: DutyWeek, asking: Asking, *, may_keep: bool) -> DeskPage:
    """Draw the page."""
    words = asking.words
    nobody = [] if page.shifts else [empty(words.text("duty.none"))]
    week = html.Section(
        [week_table(page, asking), *nobody, html.P(words.text("duty.rule"), className="d-note")],
        className="d-card",
    )
    beside = _chosen(page, asking, may_keep=may_keep)
    day = min(max(page.today, page.week.first), page.week.last)
    new = [new_form(day, page.directory, asking)] if may_keep else []
    return DeskPage(
        title=words.text("duty.title"),
        here="brief",
        chips=[parts(asking, "duty"), _weeks(page, asking)],
        controls=[print_button(words), *new],
        body=[columns(week, beside, widths="duty") if beside is not None else week],
    )


def _weeks(page: DutyWeek, asking: Asking) -> Component:
    words = asking.words

    def to(week: PeriodChoice) -> str:
        return asking.to("/duty", asking.question.over(week))

    return html.Span(
        [
            html.A("‹", href=to(page.week.previous()), title=words.text("period.previous")),
            html.Span(period_text(page.week, words)),
            html.A("›", href=to(page.week.following()), title=words.text("period.following")),
        ],
        className="d-steps",
    )


def _chosen(page: DutyWeek, asking: Asking, *, may_keep: bool) -> Component | None:
    words, one = asking.words, page.chosen
    if one is None:
        return None
    where = unit_name(one.department, page.directory.departments, words)
    if may_keep:  # the form says what it is
        forms = change_forms(one, page.directory, asking)
        return card(words.text("duty.change", name=one.name), None, *forms, className="d-chosen")
    pairs = [
        (words.text("duty.field.role"), role_name(one.role, words)),
        (words.text("duty.field.date"), fmt.day(one.day, words)),
        (words.text("duty.field.shift"), joined(shift_name(one.shift, words),
                                                hours_text(one, words))),
        (words.text("duty.field.department"), where or fmt.DASH),
    ]  # fmt: skip
    return card(one.name, None, facts(pairs), className="d-chosen")
