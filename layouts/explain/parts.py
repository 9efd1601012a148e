"""What a number is made of: parts that add up, drawn as a bar, each with its reasons."""

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.explain import Explanation
from dashboard.figures.composition import Part, PartCount
from dashboard.figures.unit import Unit
from layouts import format as fmt
from layouts.words import Words


def composition(found: Explanation, words: Words) -> Component:
    """Draw the parts as a bar, with the sum that proves it, and their reasons below."""
    parts = shown_parts(found)
    counts = [fmt.number(one.count) for one in parts]
    total = fmt.number(found.composition.total)
    whole = words.text("explain.whole", n=total)
    bar = [
        html.I(className=f"x-{one.part}", style={"width": _width(one.count, found)})
        for one in parts
        if one.count
    ]
    return html.Section(
        [
            html.Div([html.B(whole), html.Span(f"{' + '.join(counts)} = {total}")],
                     className="x-sum"),
            html.Div(bar, className="x-bar"),
            html.Div([_part(one, found, words) for one in parts], className="x-parts"),
        ],
        className="x-block",
    )  # fmt: skip


def shown_parts(found: Explanation) -> list[PartCount]:
    """Return the parts worth naming: of a share all, else those that hold anything."""
    return [
        one
        for one in found.composition.parts
        if one.count > 0 or one.part is Part.COUNTED or found.unit is Unit.SHARE
    ]


def _width(count: int, found: Explanation) -> str:
    return f"{100 * count / max(1, found.composition.total):.2f}%"


def part_name(part: Part, figure: str, unit: Unit, words: Words) -> str:
    """Name a part of a figure: the due cohort has words of its own."""
    for key in (f"part.{figure}.{part}", f"part.{unit}.{part}", f"part.{part}"):
        if words.knows(key):
            return words.text(key)
    return str(part)


def _part(one: PartCount, found: Explanation, words: Words) -> Component:
    head = html.Div(
        [
            html.I(className=f"x-{one.part}"),
            html.Span(part_name(one.part, found.figure, found.unit, words)),
            html.B(fmt.number(one.count)),
        ],
        className="k",
    )
    reasons = [
        html.Li(f"{words.text(f'reason.{reason}')} {fmt.number(count)}")
        for reason, count in one.reasons
    ]
    return html.Div([head, html.Ul(reasons)])
