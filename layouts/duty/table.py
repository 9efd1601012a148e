"""A week of the roster: what people are on duty as down the side, the days across."""

from collections.abc import Iterable
from datetime import date, timedelta

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.morning import DutyLine
from dashboard.duty.shift import DutyRole, Shift
from dashboard.duty.week import DutyWeek
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.names import joined, shift_name, unit_name
from layouts.words import Words

DAY = timedelta(days=1)


def week_table(page: DutyWeek, asking: Asking) -> Component:
    """Draw who is on duty; each shift leads to itself."""
    words = asking.words
    heads = [html.Th("", scope="col"), *(_head(day, page, words) for day in page.days)]
    rows = [_row(role, page, asking) for role in (*DutyRole, *roles_besides(page.shifts))]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="d-table d-duty")
    return html.Div(table, className="d-scroll")


def role_name(role: str, words: Words) -> str:
    """Name what somebody is on duty as; a code without a name is shown as it is."""
    key = f"briefing.duty.{role}"
    return words.text(key) if words.knows(key) else role


def hours_text(one: Shift | DutyLine, words: Words) -> str:
    """Write from when to when, with the day where a clock alone would not tell it."""
    ends = fmt.clock(one.ends_at, words)
    if one.ends_at - one.starts_at > DAY:
        ends = fmt.moment_short(one.ends_at, words)
    return f"{fmt.clock(one.starts_at, words)}–{ends}"


def roles_besides(shifts: Iterable[Shift | DutyLine]) -> list[str]:
    """Return the codes that are no role of the trade; their rows stand after those that are."""
    return sorted({one.role for one in shifts} - {str(role) for role in DutyRole})


def _head(day: date, page: DutyWeek, words: Words) -> Component:
    return html.Th(fmt.day(day, words), scope="col", className="today" if day == page.today else "")


def _row(role: str, page: DutyWeek, asking: Asking) -> Component:
    cells = [
        html.Td(
            [_entry(one, page, asking) for one in page.shifts if (one.role, one.day) == (role, day)]
            or fmt.DASH,
            className="today" if day == page.today else "",
        )
        for day in page.days
    ]
    return html.Tr([html.Th(role_name(role, asking.words), scope="row"), *cells])


def _entry(one: Shift, page: DutyWeek, asking: Asking) -> Component:
    words = asking.words
    where = unit_name(one.department, page.directory.departments, words)
    said = joined(shift_name(one.shift, words), hours_text(one, words), where)
    here = page.chosen is not None and page.chosen.id == one.id
    return html.A(
        [html.B(one.name), html.Small(said)],
        href=asking.to(f"/duty/{one.id}"),
        className="on" if here else "",
    )
