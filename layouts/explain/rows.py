"""The rows behind one part of a number: cases with their clocks, or other things that happened."""

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.case_row import CaseRow
from dashboard.drilldown.explain import Explanation
from dashboard.drilldown.listing import ItemRow
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.desk.controls import segments
from layouts.desk.table import mark, short_code, time_left, title_of
from layouts.explain.parts import part_name, shown_parts
from layouts.names import category_name, joined, unit_name
from layouts.words import Words

SORTS = ("left", "accepted", "closed", "code")


def list_head(found: Explanation, asking: Asking) -> Component:
    """The choice of a part, and of how its cases are sorted."""
    words = asking.words
    options = [
        (
            f"{part_name(one.part, found, words)} {fmt.number(one.count)}",
            asking.same(part=one.part, page=None),
            one.part is found.part,
        )
        for one in shown_parts(found)
    ]
    controls = [segments(options, words.text("explain.parts"))]
    if found.listing.cases:
        sorts = [
            (words.text(f"sort.{sort}"), asking.same(sort=sort, page=None), sort == found.page.sort)
            for sort in SORTS
        ]
        controls.append(segments(sorts, words.text("sort.label")))
    return html.Div(controls, className="x-list")


def rows(found: Explanation, asking: Asking) -> list[Component]:
    """The rows of the page shown."""
    if found.listing.total == 0:
        return [html.P(asking.words.text("explain.no_rows"), className="d-empty")]
    if found.listing.items:
        return [_item(row, found, asking.words) for row in found.listing.items]
    return [_case(row, found, asking) for row in found.listing.cases]


def _case(row: CaseRow, found: Explanation, asking: Asking) -> Component:
    words, directory = asking.words, found.directory
    about = joined(
        category_name(row.category, row.kind, words),
        unit_name(row.township, directory.townships, words),
        unit_name(row.department, directory.departments, words),
    )
    at = row.event_at or row.accepted_at
    clock = [
        html.Span(words.text("explain.at", t=fmt.moment_short(at, words)) if at else ""),
        html.Small(
            words.text("explain.due_at", t=fmt.moment_short(row.due_at, words))
            if row.due_at
            else ""
        ),
    ]
    name = f"left {row.colour}" if row.left_at is None else "left"
    return html.Div(
        [
            mark(row),
            html.Span(
                [
                    html.A(short_code(row.code), href=asking.case(row.code), title=row.code),
                    html.Small(title_of(row, words)),
                    html.Small(about),
                ]
            ),
            html.Span(clock),
            html.Span(time_left(row, words), className=name),
        ],
        className="x-row",
    )


def _item(row: ItemRow, found: Explanation, words: Words) -> Component:
    title = (row.title_en or row.title) if words.language == "en" else row.title
    place = unit_name(row.township, found.directory.townships, words)
    risk = words.text(f"risk.{row.risk}") if row.risk else None
    return html.Div(
        [
            html.Span(),
            html.Span([title or row.id, html.Small(joined(place, risk))]),
            html.Span(fmt.moment(row.at, words)),
            html.Span(),
        ],
        className="x-row",
    )
