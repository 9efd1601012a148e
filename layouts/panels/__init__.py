"""The wall's panels: pure functions of a board, and the slots they fill."""

from collections.abc import Callable
from typing import NamedTuple

from dash.development.base_component import Component

from dashboard.snapshots.board import Board
from layouts import ids
from layouts.panels.banners import banners_panel
from layouts.panels.feeds import feeds_panel
from layouts.panels.hazards import hazards_panel
from layouts.panels.header import day_panel, marks_panel
from layouts.panels.league import league_panel
from layouts.panels.moves import moves_panel
from layouts.panels.situations import situations_panel
from layouts.panels.stages import stages_panel
from layouts.panels.tallies import tallies_panel
from layouts.panels.warnings import warnings_panel
from layouts.words import Words


class Panel(NamedTuple):
    """A slot of the wall and how its content is drawn from a board."""

    id: str
    draw: Callable[[Board, Words], Component]


PANELS = (
    Panel(ids.MARKS, marks_panel),
    Panel(ids.DAY, day_panel),
    Panel(ids.BANNERS, banners_panel),
    Panel(ids.TALLIES, tallies_panel),
    Panel(ids.SITUATIONS, situations_panel),
    Panel(ids.HAZARDS, hazards_panel),
    Panel(ids.WARNINGS, warnings_panel),
    Panel(ids.LEAGUE, league_panel),
    Panel(ids.STAGES, stages_panel),
    Panel(ids.MOVES, moves_panel),
    Panel(ids.FEEDS, feeds_panel),
)
"""In reading order; the hazard map itself is no panel: it is mounted once and fed its points."""
