"""The areas below a place as a drawing: shaded by one figure, named, each the way further down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from dash_svg import G, Path, Svg, Text

from geodata.sketch import AreaShape, Sketch

NAME_PX, LINE_PX = 13.0, 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaMark:
    """What an area shows: its name, the figure below it, its shade (0-3), its warning symbol."""

    name: str
    figure: str
    shade: int
    href: str
    title: str
    colour: str = ""


def area_map(
    sketch: Sketch, marks: Mapping[str, AreaMark], steps: Sequence[str], notes: Sequence[str]
) -> Component:
    """Draw the map, its key (`steps` name the shades, lightest first) and notes below.

    An area whose name does not fit gets a number; the numbers are explained below the map.
    """
    shapes, names, numbered = [], [], []
    for area in sketch.areas:
        mark = marks.get(area.code)
        shapes.append(_shape(area, mark))
        if mark is None:
            continue
        if _fits(area, mark.name):
            names.append(_name(area, mark))
        else:
            numbered.append(mark)
            names.append(_number(area, len(numbered)))
    lines = [Path(d=path, className=f"l-{kind}") for kind, path in sketch.lines]
    under = [line for line, (kind, _) in zip(lines, sketch.lines, strict=True) if kind == "context"]
    over = [line for line, (kind, _) in zip(lines, sketch.lines, strict=True) if kind != "context"]
    drawing = Svg(
        [G(under), G(shapes), G(over), G(names)],
        viewBox=f"0 0 {sketch.width} {sketch.height}",
        className="d-map schematic" if sketch.schematic else "d-map",
    )
    listed = [
        html.Li([html.A(mark.name, href=mark.href), html.Span(mark.figure)]) for mark in numbered
    ]
    return html.Div([drawing, html.Ol(listed, className="d-map-names"), _key(steps, notes)])


def _shape(area: AreaShape, mark: AreaMark | None) -> Component:
    path = Path(d=area.path, className=f"m{mark.shade if mark else 0}")
    if mark is None:
        return G(path)
    return _link(mark, [path])


def _link(mark: AreaMark, children: Sequence[Component]) -> Component:
    """Make a group that leads down; the script follows it like a link."""
    return G(
        list(children),
        className="go",
        role="link",
        **{"aria-label": mark.title, "data-href": mark.href},
    )


def _fits(area: AreaShape, name: str) -> bool:
    width = sum(NAME_PX if ord(letter) > 0x2E80 else NAME_PX * 0.56 for letter in name)
    return area.room >= LINE_PX and area.room * 4 >= width * 0.9


def _name(area: AreaShape, mark: AreaMark) -> Component:
    symbol = {"red": " ◆", "yellow": " ▲"}.get(mark.colour, "")
    name = Text(f"{mark.name}{symbol}", x=f"{area.x}", y=f"{area.y - 2}", className=mark.colour)
    return G([name, Text(mark.figure, x=f"{area.x}", y=f"{area.y + LINE_PX - 2}", className="v")])


def _number(area: AreaShape, number: int) -> Component:
    return G([Text(f"{number}", x=f"{area.x}", y=f"{area.y + 4}", className="v")])


def _key(steps: Sequence[str], notes: Sequence[str]) -> Component:
    label, *texts = steps
    shades = [html.Span(text, className=f"m{at}") for at, text in enumerate(texts)]
    return html.Div(
        [
            html.Span(label),
            html.Span(shades, className="steps"),
            *(html.Span(note, className="r") for note in notes),
        ],
        className="d-key",
    )
