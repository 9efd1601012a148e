"""Cases of a leader's page: open ones by time left, and those with an official in charge."""

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.case_row import CaseRow
from dashboard.drilldown.overview import KeyCase
from dashboard.snapshots.board import Directory
from dashboard.terms import AreaLevel
from layouts import format as fmt
from layouts.desk.card import card, empty
from layouts.desk.table import Shown, case_table, time_left, title_of
from layouts.names import unit_name
from layouts.overview.drawn import Drawn

COLUMNS = ("sign", "code", "title", "category", "area", "department", "stage", "left")


def open_cases(drawn: Drawn) -> Component:
    """The open cases with the least time left, and the way to all of them."""
    words, page = drawn.words, drawn.page
    n = fmt.number(page.cells["open"].numerator)
    every = html.A(
        words.text("overview.all_cases", n=n), href=drawn.asking.to("/cases", drawn.question)
    )
    title = words.text("overview.open_cases")
    note = words.text("overview.open_cases.note", n=n)
    if not page.open_rows:
        return card(title, note, empty(words.text("place.no_open_cases")))
    rows, directory = _placed(drawn)
    shown = Shown(directory, words, drawn.asking.case)
    alone = page.level is AreaLevel.GRID
    columns = [name for name in COLUMNS if name != "area" or not alone]
    table = html.Div(case_table(rows, shown, columns), className="d-scroll")
    return card(title, note, table, aside=every)


def _placed(drawn: Drawn) -> tuple[tuple[CaseRow, ...], Directory]:
    """On a township's page a case is placed by its village, on a village's by its grid.

    The wider area is the same everywhere there.
    """
    page = drawn.page
    if page.level not in (AreaLevel.TOWNSHIP, AreaLevel.VILLAGE):
        return page.open_rows, page.directory
    by_village = page.level is AreaLevel.TOWNSHIP
    rows = tuple(
        replace(row, township=row.village if by_village else row.grid) for row in page.open_rows
    )
    names = tuple(replace(one.name, en=drawn.called(one.name)) for one in page.below)
    return rows, replace(page.directory, townships=names)


def key_cases(drawn: Drawn) -> Component:
    """Major cases and those with an official in charge: whose, and what is planned."""
    words = drawn.words
    rows = [
        html.Li(
            [
                html.A(title_of(one.row, words), href=drawn.asking.case(one.row.code)),
                html.Small(
                    (one.official and words.text("overview.official", who=one.official))
                    or words.text("overview.no_official")
                ),
                html.Small(_task_force(one, drawn)),
                html.Small(one.plan or "", className="plan", title=one.plan),
                html.Small(_next(one, drawn), className="next"),
                html.Span(time_left(one.row, words), className=f"left {one.row.colour}"),
            ]
        )
        for one in drawn.page.key_cases
    ]
    title = words.text("overview.key_cases")
    if not rows:
        return card(title, None, empty(words.text("overview.no_key_cases")))
    return card(title, None, html.Ul(rows, className="d-key-cases"))


def _next(one: KeyCase, drawn: Drawn) -> str:
    """What comes next, and by when: the reply to an order, else its own end."""
    words, due = drawn.words, one.row.due_at
    if one.reply_due is not None and (due is None or one.reply_due <= due):
        return words.text("place.next.reply", t=fmt.moment_short(one.reply_due, words))
    if due is None or one.row.paused:
        return ""
    return words.text("place.next.close", t=fmt.moment_short(due, words))


def _task_force(one: KeyCase, drawn: Drawn) -> str:
    words, units = drawn.words, drawn.page.directory.departments
    names = [unit_name(code, units, words) or code for code in one.task_force]
    joint = words.text("place.and")
    return words.text("place.task_force", who=joint.join(names)) if names else ""
