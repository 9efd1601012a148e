"""The explanation of a number: words, formula, parts that add up, and the cases of each part."""

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.explain import Explanation
from layouts.desk.asking import Asking
from layouts.desk.controls import button
from layouts.desk.pager import pager
from layouts.explain.facts import facts, place_name
from layouts.explain.foot import foot
from layouts.explain.number import definition, value_text
from layouts.explain.parts import composition
from layouts.explain.rows import list_head, rows
from layouts.names import joined


def layout(found: Explanation, asking: Asking) -> Component:
    """Draw the explanation; it stands in a drawer or as a page of its own."""
    words = asking.words
    return html.Article(
        [
            _head(found, asking),
            definition(found, words),
            facts(found, asking),
            composition(found, words),
            list_head(found, asking),
            *rows(found, asking),
            pager(found.listing.total, found.page, asking),
            foot(found, asking),
        ],
        className="x",
        lang=words.language,
    )


def _head(found: Explanation, asking: Asking) -> Component:
    words = asking.words
    where = joined(words.text("explain.title"), place_name(asking.question.filters, found, words))
    title = f"{words.text(f'figure.{found.figure}.name')}　{value_text(found, words)}"
    if words.language == "en":
        title = title.replace("　", " ")
    demo = [html.Span(words.text("app.demo"), className="chip")] if found.synthetic else []
    place = asking.question.filters.area or found.directory.county.code
    actions = [
        html.Button(words.text("explain.copy"), className="d-button", **{"data-copy": "here"}),
        *(
            button(words.text(f"explain.export.{kind}"),
                   asking.to(f"/export/explain/{found.figure}.{kind}", part=found.part),
                   download=True)
            for kind in ("xlsx", "csv")
        ),
        html.A(
            words.text("explain.close"),
            href=asking.to(f"/area/{place}", asking.question.about(area=None, state="", text="")),
            className="d-button",
            **{"data-close": "1"},
        ),
    ]  # fmt: skip
    return html.Header(
        [
            html.Div([html.P([where, " ", *demo]), html.H1(title)]),
            html.Div(actions, className="x-actions"),
        ],
        className="x-head",
    )
