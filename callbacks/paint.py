"""A board painted once per language: each part as bytes, with a version and what changed since."""

import gzip
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock

import orjson
from plotly.io.json import to_json_plotly

from dashboard.snapshots.board import Board
from layouts.panels.fault import fault_panel
from layouts.words import Words

log = logging.getLogger(__name__)

VERSIONS_KEPT = 50

Draw = Callable[[Board, Words], object]
"""Draws a component, or anything else that can be written as JSON."""


@dataclass(frozen=True, slots=True)
class Painting:
    """One board as JSON, part by part, each with its hash; `version` stands for all hashes."""

    board: Board
    parts: Mapping[str, bytes]
    hashes: Mapping[str, str]
    version: str
    answers: dict[str, bytes] = field(default_factory=dict)


class Painter:
    """Paints in one language, and knows what a viewer of an earlier version is missing."""

    def __init__(self, panels: Mapping[str, Draw], draw_map: Draw, words: Words) -> None:
        self._panels = panels
        self._draw_map = draw_map
        self._words = words
        self._painting: Painting | None = None
        self._versions: OrderedDict[str, Mapping[str, str]] = OrderedDict()
        self._one_at_a_time = Lock()

    def paint(self, board: Board) -> Painting:
        """Return the painting of this board; the first who asks paints it."""
        with self._one_at_a_time:
            if self._painting is None or self._painting.board is not board:
                self._painting = self._paint(board)
                self._versions[self._painting.version] = self._painting.hashes
                self._versions.move_to_end(self._painting.version)
                if len(self._versions) > VERSIONS_KEPT:
                    self._versions.popitem(last=False)
            return self._painting

    def changes(self, painting: Painting, have: str) -> bytes:
        """Return what differs from version `have` as gzipped JSON; everything if it is unknown."""
        before = self._versions.get(have)
        known = have if before is not None else ""
        if known not in painting.answers:
            changed = {
                name: orjson.Fragment(part)
                for name, part in painting.parts.items()
                if before is None or before.get(name) != painting.hashes[name]
            }
            answer = {"version": painting.version, "map": changed.pop("map", None)}
            body = orjson.dumps({**answer, "panels": changed})
            painting.answers[known] = gzip.compress(body, 6, mtime=0)
        return painting.answers[known]

    def _paint(self, board: Board) -> Painting:
        drawn = {
            name: draw_or_fault(draw, board, self._words, fault_panel)
            for name, draw in self._panels.items()
        }
        # a map without new points keeps those it has
        drawn["map"] = draw_or_fault(self._draw_map, board, self._words, lambda _: None)
        parts = {name: to_json_plotly(part).encode() for name, part in drawn.items()}
        hashes = {name: _hash(part) for name, part in parts.items()}
        return Painting(board, parts, hashes, _hash("".join(hashes.values()).encode()))


def draw_or_fault(
    draw: Draw, board: Board, words: Words, instead: Callable[[Words], object]
) -> object:
    """Draw one part; a mistake in it is logged and shown in its place, the others stay."""
    try:
        return draw(board, words)
    except Exception:  # the one place that may catch any mistake: a wall never goes blank
        log.exception("%s failed, the rest of the wall stays", draw)
        return instead(words)


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=6).hexdigest()
