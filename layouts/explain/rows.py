"""The rows behind one part of a number: cases with their clocks, or other things that happened."""

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.case_row import CaseRow
from dashboard.drilldown.explain import Explanation
from dashboard.drilldown.listing import ItemRow
from layouts import format as fmt
from layouts.clock_text import clock_lines, due_sentence, near
from layouts.desk.asking import Asking
from layouts.desk.controls import segments
from layouts.desk.listed import listed_case
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
            f"{part_name(one.part, found.figure, found.unit, words)} {fmt.number(one.count)}",
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
    """The rows of the page shown, and how many more are counted and not for the reader to see."""
    listing, words = found.listing, asking.words
    listed = _listed(found, asking)
    if not listing.gone:
        return listed or [html.P(words.text("explain.no_rows"), className="d-empty")]
    sums = (listing.total, listing.gone, listing.total + listing.gone)
    shown, gone, n = map(fmt.number, sums)
    text = words.text("explain.gone", shown=shown, gone=gone, n=n)
    return [*listed, html.P(text, className="d-note")]


def _listed(found: Explanation, asking: Asking) -> list[Component]:
    if found.listing.total == 0:
        return []
    if found.listing.items:
        return [_item(row, found, asking.words) for row in found.listing.items]
    first = found.page.offset + 1
    cases = [_case(row, n, found, asking) for n, row in enumerate(found.listing.cases, first)]
    return [_heads(asking.words), *cases]


def _heads(words: Words) -> Component:
    names = ("case", "clock", "result")
    heads = [html.Span(words.text(f"explain.head.{name}")) for name in names]
    return html.Div([html.Span(), *heads], className="x-row x-heads")


def _case(row: CaseRow, place: int, found: Explanation, asking: Asking) -> Component:
    words, directory = asking.words, found.directory
    about = joined(
        category_name(row.category, row.kind, words),
        unit_name(row.township, directory.townships, words),
        unit_name(row.department, directory.departments, words),
    )
    href = listed_case(row.code, place, asking, part=found.part)
    code = html.A(short_code(row.code), href=href, title=row.code)
    title = title_of(row, words)
    return html.Div(
        [
            mark(row),
            html.Span(
                [
                    html.Span([code, html.Span(title, title=title)], className="x-title"),
                    html.Small(about),
                ],
                className="x-case",
            ),
            _clock(row, found, words),
            _result(row, words),
        ],
        className="x-row",
    )


def _clock(row: CaseRow, found: Explanation, words: Words) -> Component:
    """How the deadline came about in two lines; as stored, where nobody can say how."""
    account = found.clocks.get(row.id)
    whole, lines = None, [*_stored(row, found, words)]
    if account is not None:
        whole = due_sentence(account, found.as_of, words)
        lines = [*clock_lines(account, found.as_of, words)]
    if row.event_at is not None:
        lines.append(words.text("explain.at", t=near(row.event_at, found.as_of, words)))
    first, *others = (line for line in lines if line)
    return html.Span(
        [html.Span(first), *(html.Small(line) for line in others)], className="x-clock", title=whole
    )


def _stored(row: CaseRow, found: Explanation, words: Words) -> tuple[str, ...]:
    start, due = (
        None if at is None else near(at, found.as_of, words) for at in (row.accepted_at, row.due_at)
    )
    return (
        fmt.DASH if start is None else words.text("clock.start.accepted", t=start),
        "" if due is None else words.text("clock.line.due", due=due),
    )


def _result(row: CaseRow, words: Words) -> Component:
    """Whether a case is open or closed, and how far from its deadline."""
    lines = [time_left(row, words)]
    if row.closed_at is not None and row.due_at is not None:
        length = fmt.duration_two((row.closed_at - row.due_at).total_seconds(), words)
        key = "explain.late" if row.closed_at > row.due_at else "explain.early"
        lines.append(words.text(key, d=length))
    elif row.left_s is not None:
        key = "explain.over" if row.left_s <= 0 else "explain.left"
        lines = [words.text(key, d=fmt.duration_two(row.left_s, words))]
    first, *others = lines
    name = f"left {row.colour}" if row.left_at is None else "left"
    return html.Span(
        [html.Span(first), *(html.Small(line) for line in others)],
        className=name,
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
