"""The hazard map: mounted once from the boundaries, then fed by the live script."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import dash_leaflet as dl
from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import Board, HazardMark, Name
from dashboard.terms import Risk
from geodata.boundaries import Boundaries
from layouts import format as fmt
from layouts.names import unit_name
from layouts.words import Words

CANVAS = "wall-hazard-map-canvas"
STEPS = 4

_LEVELS = (Risk.HIGH, Risk.MEDIUM, Risk.LOW)
_NICE = ((10, 1), (50, 2), (100, 5), (500, 10), (1000, 50))


def hazard_map_panel(boundaries: Boundaries | None, words: Words) -> Component:
    """The shapes of a place, without figures; None says that no boundaries are loaded.

    `layouts/assets/map.js` fits the view, adds figures, names, points and keys, and keeps them.
    """
    if boundaries is None:
        return html.P(words.text("map.no_boundary"), className="map-none")
    west, south, east, north = boundaries.box
    return dl.Map(
        [
            _shapes(boundaries.lines, interactive=False, each="eachLine"),
            _shapes(boundaries.areas, interactive=True, each="eachArea"),
        ],
        id=CANVAS,
        className="map-canvas schematic" if boundaries.schematic else "map-canvas",
        bounds=[[south, west], [north, east]],
        trackViewport=False,
        zoomSnap=0,
        zoomDelta=0.5,
        wheelPxPerZoomLevel=120,
        scrollWheelZoom=True,
        keyboard=True,
        zoomControl=False,
        attributionControl=False,
    )


def _shapes(collection: dict[str, Any], *, interactive: bool, each: str) -> Component:
    return dl.GeoJSON(
        data=collection,
        interactive=interactive,
        onEachFeature={"variable": f"wuqing.map.{each}"},
    )


def map_data(board: Board, boundaries: Boundaries, words: Words) -> dict[str, Any]:
    """Everything the map shows of a board, as JSON: texts, area figures, points as columns.

    `areas` has one entry for every area of the boundaries; `step` counts from 0. `elsewhere` are
    open cases of no area on the map. The columns of `points` have one place for each point, in the
    board's order; `area` is None where the point belongs to no area on the map.
    """
    codes = frozenset(boundaries.codes)
    open_, overdue = Counter[str | None](), Counter[str | None]()
    for load in board.townships:
        area = _on_map(load.code, codes)
        open_[area] += load.open
        overdue[area] += load.overdue
    bounds = step_bounds([open_[code] for code in codes])
    return {
        "texts": _texts(board, words, open_[None]),
        "steps": step_texts(bounds),
        "areas": {
            code: {
                **_names(code, own, board.directory.townships, words),
                "open": open_[code],
                "step": sum(open_[code] >= bound for bound in bounds),
                "notes": [
                    words.text("map.cases", n=fmt.number(open_[code])),
                    words.text("map.overdue", n=fmt.number(overdue[code])),
                ],
            }
            for code, own in _own_names(boundaries)
        },
        "points": _points(board.hazards.marks, codes, words),
    }


def step_bounds(counts: Sequence[int]) -> tuple[int, ...]:
    """Return where the steps above the lowest begin: quartiles, rounded, rising, all above 0.

    At most STEPS - 1 of them; fewer where the counts do not differ enough.
    """
    ordered = sorted(counts)
    quartiles = [ordered[len(ordered) * part // STEPS] for part in range(1, STEPS) if ordered]
    return tuple(sorted({_nice(count) for count in quartiles if count > 0}))


def _nice(count: int) -> int:
    grain = next((grain for limit, grain in _NICE if count < limit), 100)
    return max(1, round(count / grain) * grain)


def step_texts(bounds: Sequence[int]) -> list[str]:
    """Write the numbers of each step, lightest first."""
    starts = [0, *bounds]
    ends = [f"–{fmt.number(end - 1)}" if end - 1 > start else "" for start, end in pairwise(starts)]
    return [f"{fmt.number(start)}{end}" for start, end in zip(starts, [*ends, "+"], strict=True)]


def _on_map(code: str | None, codes: frozenset[str]) -> str | None:
    return code if code in codes else None


def _own_names(boundaries: Boundaries) -> Iterable[tuple[str, str]]:
    for feature in boundaries.areas["features"]:
        yield feature["properties"]["code"], feature["properties"]["name"]


def _names(code: str, own: str, townships: Sequence[Name], words: Words) -> dict[str, str]:
    known = next((name for name in townships if name.code == code), None)
    if known is None:
        return {"name": own, "title": own}
    short = unit_name(code, (known,), words) or own
    return {"name": short, "title": short if words.language == "en" else known.full}


def _texts(board: Board, words: Words, elsewhere: int) -> dict[str, Any]:
    directory = board.directory
    place = directory.county.en if words.language == "en" else directory.county.full
    unplaced = words.text("map.unlocated", n=fmt.number(elsewhere)) if elsewhere else ""
    return {
        "place": place,
        "label": words.text("map.label", place=place),
        "open": words.text("map.open"),
        "none": words.text("map.none"),
        "whole": words.text("map.whole"),
        "elsewhere": unplaced,
        "risks": [words.text(f"risk.{risk}") for risk in _LEVELS],
    }


def _points(marks: Sequence[HazardMark], codes: frozenset[str], words: Words) -> dict[str, Any]:
    return {
        "id": [mark.id for mark in marks],
        "lon": [mark.lon for mark in marks],
        "lat": [mark.lat for mark in marks],
        "risk": [_LEVELS.index(mark.risk) for mark in marks],
        "area": [_on_map(mark.township, codes) for mark in marks],
        "title": [_hazard_name(mark.type, words) for mark in marks],
        "note": [words.text("map.found", t=fmt.moment(mark.found_at, words)) for mark in marks],
    }


def _hazard_name(code: str | None, words: Words) -> str:
    key = f"hazard.{code}"
    return words.text(key if words.knows(key) else "hazard.unknown")
