"""Which rows of how many are shown, and the way to the others."""

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.listing import Page
from layouts import format as fmt
from layouts.desk.asking import Asking

AROUND = 2
"""How many pages beside the shown one can be reached at once."""


def pager(total: int, page: Page, asking: Asking, of: str = "rows") -> Component:
    """Write "1-50 of 312" and links to other pages; `of` are what is counted, `pages.*`."""
    size = page.limit or max(total, 1)
    last = max(1, -(-total // size))
    here = page.offset // size + 1
    first_row = min(page.offset + 1, total)
    text = asking.words.text(
        f"pages.{of}",
        first=fmt.number(first_row),
        last=fmt.number(min(page.offset + size, total)),
        n=fmt.number(total),
    )
    near = {1, last, *range(max(1, here - AROUND), min(last, here + AROUND) + 1)}
    links: list[Component] = []
    before = 0
    for number in sorted(near):
        if number - before > 1:
            links.append(html.Span("…"))
        shown = fmt.number(number)
        if number == here:
            links.append(html.B(shown, **{"aria-current": "page"}))
        else:
            links.append(html.A(shown, href=asking.same(page=number)))
        before = number
    return html.Div([html.Span(text), html.Span(links if last > 1 else [])], className="d-pages")
