"""The areas below a place as a drawing: shaded by one figure, named, each the way further down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from dash_svg import Circle, G, Line, Path, Svg, Text

from geodata.sketch import AreaShape, Sketch
from layouts.desk.callouts import Box, Callout, Wanted, place
from layouts.panels.marks import symbol

NAME_PX, LINE_PX, SYMBOL_PX, GAP = 13.0, 15.0, 14.0, 9.0

SHAPES = {
    "red": "M12 .8 23.2 12 12 23.2.8 12ZM10.6 6.2V13.2a1.4 1.4 0 0 0 2.8 0V6.2a1.4 1.4 0 0 0-2.8 0Z"
    "M13.7 17.2a1.7 1.7 0 1 0-3.4 0 1.7 1.7 0 0 0 3.4 0Z",
    "yellow": "M12 2.6 22.6 21.4H1.4Z",
}
"""The shapes of symbols/red.svg and yellow.svg, which style sheets alone can use."""


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

    A name that does not fit stands outside with a line to its area; where there is no room for it
    either, the area gets a number, explained below the map.
    """
    shapes, names, numbered = [], [], []
    outside = _outside(sketch, marks)
    for area in sketch.areas:
        mark = marks.get(area.code)
        shapes.append(_shape(area, mark))
        if mark is None:
            continue
        if _fits(area, mark.name):
            names.append(_name(area, mark))
        elif area.code in outside:
            names.append(_called_out(mark, outside[area.code]))
        else:
            numbered.append(mark)
            names.append(_number(area, len(numbered), mark))
    lines = [Path(d=path, className=f"l-{kind}") for kind, path in sketch.lines]
    under = [line for line, (kind, _) in zip(lines, sketch.lines, strict=True) if kind == "context"]
    over = [line for line, (kind, _) in zip(lines, sketch.lines, strict=True) if kind != "context"]
    drawing = Svg(
        [G(under), G(shapes), G(over), G(names)],
        viewBox=f"0 0 {sketch.width} {sketch.height}",
        className="d-map schematic" if sketch.schematic else "d-map",
    )
    listed = html.Ol([_listed(mark) for mark in numbered], className="d-map-names")
    return html.Div([drawing, listed, _key(steps, notes), _every(sketch, marks)])


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
    return area.room >= LINE_PX and area.room * 4 >= _width(name) * 0.9


def _width(name: str) -> float:
    return sum(NAME_PX if ord(letter) > 0x2E80 else NAME_PX * 0.58 for letter in name)


def _name(area: AreaShape, mark: AreaMark) -> Component:
    half = _width(mark.name) / 2
    return G(
        [
            Text(mark.name, x=f"{area.x}", y=f"{area.y - 2}"),
            *_symbol(mark, area.x + half + 2, area.y - 2 - SYMBOL_PX + 2),
            Text(mark.figure, x=f"{area.x}", y=f"{area.y + LINE_PX - 2}", className="v"),
        ]
    )


def _outside(sketch: Sketch, marks: Mapping[str, AreaMark]) -> Mapping[str, Callout]:
    """Find places for the names that do not fit."""
    inside = [area for area in sketch.areas if area.code in marks]
    wanted = [area for area in inside if not _fits(area, marks[area.code].name)]
    boxes = []
    for area in inside:
        if area not in wanted:
            width = _width(marks[area.code].name) + SYMBOL_PX
            boxes.append(Box(area.x - width / 2, area.y - LINE_PX, width, 2 * LINE_PX))
    return place(
        sketch,
        tuple(
            Wanted(area.code, (area.x, area.y), _line_width(marks[area.code]), LINE_PX + 2)
            for area in wanted
        ),
        tuple(boxes),
    )


def _line_width(mark: AreaMark) -> float:
    """How wide name, symbol and figure are beside each other.

    There is room for a symbol and for three digits in any case: names stay where they are while
    values change.
    """
    return _width(mark.name) + SYMBOL_PX + 4 + max(_width(mark.figure), _width("000")) + 4


def _called_out(mark: AreaMark, at: Callout) -> Component:
    """Write a name outside the place, with a line to a dot in its area."""
    (x1, y1), (x2, y2) = at.dot, at.end
    ends = {"x1": f"{x1:.1f}", "y1": f"{y1:.1f}", "x2": f"{x2:.1f}", "y2": f"{y2:.1f}"}
    y, after = at.box.y + LINE_PX - 2, at.box.x + _width(mark.name) + 4
    figure = after + (SYMBOL_PX + 4 if mark.colour in SHAPES else GAP - 4)
    return G(
        [
            Line(className="lead", **ends),
            Circle(cx=f"{x1:.1f}", cy=f"{y1:.1f}", r="2.5", className="dot"),
            _link(
                mark,
                [
                    Text(mark.name, x=f"{at.box.x:.1f}", y=f"{y:.1f}"),
                    *_symbol(mark, after, y - SYMBOL_PX + 2),
                    Text(mark.figure, x=f"{figure:.1f}", y=f"{y:.1f}", className="v"),
                ],
            ),
        ],
        className="call",
    )


def _number(area: AreaShape, number: int, mark: AreaMark) -> Component:
    text = Text(f"{number}", x=f"{area.x}", y=f"{area.y + 4}", className="v")
    return G([text, *_symbol(mark, area.x + NAME_PX * 0.56, area.y - SYMBOL_PX / 2)])


def _symbol(mark: AreaMark, x: float, y: float) -> list[Component]:
    if mark.colour not in SHAPES:
        return []
    size = f"{SYMBOL_PX:g}"
    shape = Path(d=SHAPES[mark.colour], className=f"sign {mark.colour}")
    return [Svg(shape, x=f"{x:.1f}", y=f"{y:.1f}", width=size, height=size, viewBox="0 0 24 24")]


def _listed(mark: AreaMark) -> Component:
    sign = [symbol(mark.colour)] if mark.colour in SHAPES else []
    name = html.Span([html.A(mark.name, href=mark.href), " ", *sign])
    return html.Li([name, html.Span(mark.figure)])


def _every(sketch: Sketch, marks: Mapping[str, AreaMark]) -> Component:
    """All areas as a list: what a phone shows instead of the drawing."""
    shown = [marks[area.code] for area in sketch.areas if area.code in marks]
    return html.Ul([_listed(mark) for mark in shown], className="d-map-all")


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
