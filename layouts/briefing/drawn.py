"""A briefing's document on a page: the sections as cards, in the order of the meeting."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.briefing.document import Document, Figure, Item, Line, Row, Section, Table
from layouts.briefing.reference import CaseOf, DecisionOf, Href, Reference
from layouts.panels.marks import symbol


def face(paper: Document, href: Href) -> list[Component]:
    """Draw the sentence and the five figures; `href` writes where numbers open."""
    figures = [_figure(one, href) for one in paper.figures]
    return [
        html.P(line_of(paper.headline, href), className="d-sentence"),
        html.Section(figures, className="d-tiles b-figures"),
    ]


def section_card(section: Section, href: Href) -> Component:
    """Draw a section as a card."""
    return html.Section(
        [html.H2(html.Span(section.title)), *section_body(section, href)],
        className="d-card b-section",
    )


def section_body(section: Section, href: Href) -> list[Component]:
    """Draw what stands under a section's title: whole lists, not only what a paper has room for.

    A list whose first rows are items goes on behind them.
    """
    drawn = len(section.items)
    items = [html.Ol([item(each, href) for each in section.items], className="b-items")]
    return [
        *(html.P(line_of(each, href)) for each in section.lines),
        *(items if section.items else []),
        *(part for each in section.tables for part in _listed(each, href, drawn)),
        *(html.P(line_of(each, href)) for each in section.after),
    ]  # fmt: skip


def line_of(line: Line, href: Href) -> list[Component | str]:
    """Draw a sentence with where its numbers open."""
    return [_opening(html.B(run.text) if run.strong else run.text, run.opens, href) for run in line]


def _opening(shown: Component | str, opens: Reference | None, href: Href) -> Component | str:
    if opens is None:
        return shown
    itself = isinstance(opens, CaseOf | DecisionOf)
    return html.A(shown, href=href(opens), className="" if itself else "fig")


def _figure(one: Figure, href: Href) -> Component:
    number = html.Span([html.Span(one.number, className="n"), html.Small(one.unit)])
    mark = [symbol("red")] if one.urgent else []
    return html.Div(
        [
            html.Div([*mark, html.Span(one.label)], className="l"),
            html.Div(_opening(number, one.opens, href), className="v"),
            html.Div(line_of(one.note, href), className="f"),
        ],
        className="d-tile alarm" if one.urgent else "d-tile",
    )


def item(one: Item, href: Href, beneath: Sequence[Component] = (), **more: str) -> Component:
    """Draw a matter, with what stands beneath its text."""
    mark = symbol(str(one.colour) if one.colour else "none")
    tag = [html.Span(one.tag, className="chip")] if one.tag else []
    title = _opening(html.B(one.title), one.opens, href)
    return html.Li([mark, html.Div([title, html.P(one.text), *beneath]), *tag], **more)


def _listed(table: Table, href: Href, behind: int) -> list[Component]:
    """Draw a list under what is said of it, which stands there without rows, too."""
    said = [html.P(line_of(table.caption, href))] if table.caption else []
    return [*said, _table(table, href, behind)] if table.rows[behind:] else said


def _table(table: Table, href: Href, behind: int) -> Component:
    heads = [
        html.Th(column.head, scope="col", className="num" if column.right else "")
        for column in table.columns
    ]
    body = html.Tbody([_row(row, table, href) for row in table.rows[behind:]])
    head = html.Thead(html.Tr(heads))
    return html.Div(html.Table([head, body], className="d-table b-table"), className="d-scroll")


def _row(row: Row, table: Table, href: Href) -> Component:
    signs = [symbol(str(row.colour))] if row.colour else []
    cells = []
    for column, cell in zip(table.columns, row.cells, strict=True):
        text = _opening(html.B(cell.text) if cell.strong else cell.text, cell.opens, href)
        cells.append(html.Td([*signs, text], className="num" if column.right else ""))
        signs = []
    return html.Tr(cells)
