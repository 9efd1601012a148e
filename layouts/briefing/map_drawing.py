"""The map of a briefing as SVG: townships shaded by their cases in hand, with those overdue."""

from collections.abc import Iterator
from html import escape

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.unit_line import UnitLine
from geodata.sketch import AreaShape, Sketch
from layouts.briefing.said import township_name
from layouts.words import Words

SHADES = ("#ffffff", "#dfe6ea", "#bccad2", "#93a9b5")
INK, LINE, GROUND, RED = "#1d252b", "#5a6670", "#9fb4c0", "#a32014"
FAMILY = "Wuqing Print"
NAME_PX, FIGURE_PX, SMALLEST_PX = 13.0, 11.0, 7.0


def drawing(sketch: Sketch, briefing: Briefing, words: Words) -> str:
    """Draw every township with its name, its cases in hand, and those of them that are overdue."""
    units = {unit.code: unit for unit in briefing.townships if unit.code is not None}
    most = max((unit.in_hand for unit in units.values()), default=0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sketch.width}" height="{sketch.height}"'
        f' viewBox="0 0 {sketch.width} {sketch.height}">'
    ]
    for area in sketch.areas:
        fill = SHADES[_shade(units.get(area.code), most)]
        parts.append(f'<path d="{area.path}" fill="{fill}" stroke="{LINE}" stroke-width=".7"/>')
    for _, path in sketch.lines:
        parts.append(f'<path d="{path}" fill="none" stroke="{GROUND}" stroke-width=".8"/>')
    for area in sketch.areas:
        if area.code in units:
            parts += _label(area, units[area.code], briefing, words)
    if sketch.schematic:
        said = words.text("app.schematic.note")
        parts.append(_text(sketch.width / 2, sketch.height - 3, said, FIGURE_PX, LINE))
    return "".join((*parts, "</svg>"))


def _shade(unit: UnitLine | None, most: int) -> int:
    """Return a quarter of the largest stock; a place without a line stays white."""
    if unit is None or most == 0:
        return 0
    return min(3, unit.in_hand * 4 // most) if unit.in_hand else 0


def _label(area: AreaShape, unit: UnitLine, briefing: Briefing, words: Words) -> Iterator[str]:
    name = township_name(unit.code, briefing.directory, words)
    told = words.text("briefing.map.open", n=unit.in_hand)
    size = min(NAME_PX, 4 * area.room / max(_ems(name), 1))
    if size < SMALLEST_PX:
        return
    yield _text(area.x, area.y - 2, name, size, INK)
    small = min(size, FIGURE_PX)
    if unit.overdue:
        late = words.text("briefing.map.overdue", n=unit.overdue)
        yield _text(area.x, area.y + small, late, small, RED)
    else:
        yield _text(area.x, area.y + small, told, small, LINE)


def _ems(text: str) -> float:
    return sum(0.6 if each.isascii() else 1 for each in text)


def _text(x: float, y: float, text: str, size: float, ink: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FAMILY}" font-size="{size:.1f}"'
        f' fill="{ink}" text-anchor="middle">{escape(text)}</text>'
    )
