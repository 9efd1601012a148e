"""A briefing's document on a page: the sections as cards, in the order of the meeting."""

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from layouts.briefing.document import Document, Figure, Item, Line, Row, Section, Table
from layouts.panels.marks import symbol

CaseHref = Callable[[str], str]
"""The address of a case by its code."""


def face(paper: Document, hrefs: Sequence[str | None]) -> list[Component]:
    """Draw the sentence and the five figures; `hrefs` are where each opens."""
    figures = [_figure(one, href) for one, href in zip(paper.figures, hrefs, strict=True)]
    return [
        html.P(_line(paper.headline), className="d-sentence"),
        html.Section(figures, className="d-tiles b-figures"),
    ]


def section_card(section: Section, case_href: CaseHref) -> Component:
    """Draw a section as a card."""
    return html.Section(
        [html.H2(html.Span(section.title)), *section_body(section, case_href)],
        className="d-card b-section",
    )


def section_body(section: Section, case_href: CaseHref) -> list[Component]:
    """Draw what stands under a section's title: whole lists, not only what a paper has room for.

    A list whose first rows are items goes on behind them.
    """
    drawn = len(section.items)
    items = [html.Ol([_item(each) for each in section.items], className="b-items")]
    return [
        *(html.P(_line(each)) for each in section.lines),
        *(items if section.items else []),
        *(_table(each, case_href, drawn) for each in section.tables if each.rows[drawn:]),
        *(html.P(_line(each)) for each in section.after),
    ]  # fmt: skip


def _line(line: Line) -> list[Component | str]:
    return [html.B(run.text) if run.strong else run.text for run in line]


def _figure(one: Figure, href: str | None) -> Component:
    parts = [html.Span(one.number, className="n"), html.Small(one.unit)]
    figure = html.A(parts, href=href, className="fig") if href else html.Span(parts)
    mark = [symbol("red")] if one.urgent else []
    return html.Div(
        [
            html.Div([*mark, html.Span(one.label)], className="l"),
            html.Div(figure, className="v"),
            html.Div(one.note, className="f"),
        ],
        className="d-tile alarm" if one.urgent else "d-tile",
    )  # fmt: skip


def _item(one: Item) -> Component:
    mark = symbol(str(one.colour) if one.colour else "none")
    tag = [html.Span(one.tag, className="chip")] if one.tag else []
    return html.Li([mark, html.Div([html.B(one.title), html.P(one.text)]), *tag])


def _table(table: Table, case_href: CaseHref, behind: int) -> Component:
    heads = [
        html.Th(column.head, scope="col", className="num" if column.right else "")
        for column in table.columns
    ]
    body = html.Tbody([_row(row, table, case_href) for row in table.rows[behind:]])
    head = html.Thead(html.Tr(heads))
    return html.Div(html.Table([head, body], className="d-table b-table"), className="d-scroll")


def _row(row: Row, table: Table, case_href: CaseHref) -> Component:
    signs = [symbol(str(row.colour))] if row.colour else []
    cells = []
    for column, cell in zip(table.columns, row.cells, strict=True):
        text: Component | str = html.B(cell.text) if cell.strong else cell.text
        if isinstance(cell.value, str):  # a case's code in full
            text = html.A(cell.text, href=case_href(cell.value))
        cells.append(html.Td([*signs, text], className="num" if column.right else ""))
        signs = []
    return html.Tr(cells)
