"""The lines of a league table that a wall has room for; units that find none are counted."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import LeagueGroup, LeagueRow
from layouts.panels.league_cells import Drawn, band_head, few_head, more, unit_cell, unit_row

ROOM, ROOM_WIDE = 6, 22
"""Lines of a table below its finding on a 16:9 and on an ultra-wide wall."""

ABREAST = 2
"""Units in one line below a band's own, on a 16:9 wall."""


def group_lines(drawn: Drawn) -> list[Component]:
    """Draw bands rather than units.

    A band is a line with its cases added up, and its units without theirs below; where there are no
    bands, the table's head is that line. A band of one or two is spelled out instead.
    """
    granted, few = _granted(drawn, [_wanted(group) for group in drawn.table.groups], ROOM, ABREAST)
    lines: list[Component] = []
    for group, room in zip(drawn.table.groups, granted, strict=True):
        if len(group.rows) <= min(ABREAST, room):
            lines += _rows(drawn, group.rows, group.band, room, interval=False)
        else:
            head = [band_head(drawn, group)] if group.band is not None and room else []
            lines += [*head, *_abreast(drawn, group.rows, room - len(head))]
    if few:
        lines += [few_head(drawn), *_abreast(drawn, drawn.table.few, few - 1)]
    return lines


def unit_rows(drawn: Drawn) -> list[Component]:
    """Draw every unit with its interval, one band below the other."""
    table = drawn.table
    granted, few = _granted(drawn, [(1, len(group.rows)) for group in table.groups], ROOM_WIDE, 1)
    lines: list[Component] = []
    for group, room in zip(table.groups, granted, strict=True):
        lines += _rows(drawn, group.rows, group.band, room, interval=True)
    if few:
        lines += [few_head(drawn), *_rows(drawn, table.few, None, few - 1, interval=True)]
    return lines


def grant(wanted: Sequence[tuple[int, int]], room: int) -> list[int]:
    """Share lines out among those who want at least and at most so many, the first ones first.

    The rest is not shared before everybody has the least.
    """
    granted = []
    for least, _ in wanted:
        granted.append(min(least, room))
        room -= granted[-1]
    for at, (_, most) in enumerate(wanted):
        added = min(most - granted[at], room)
        granted[at] += added
        room -= added
    return granted


def _wanted(group: LeagueGroup) -> tuple[int, int]:
    units, head = len(group.rows), int(group.band is not None)
    return head, units if units <= ABREAST else head + -(-units // ABREAST)


def _granted(
    drawn: Drawn, groups: Sequence[tuple[int, int]], room: int, abreast: int
) -> tuple[list[int], int]:
    """Share out the lines of a table: the last band is spelled out first, units with few last."""
    few = len(drawn.table.few)
    for_few = (1, 1 + -(-few // abreast)) if few else (0, 0)
    *backwards, left = grant([*reversed(groups), for_few], room)
    return backwards[::-1], left


def _rows(
    drawn: Drawn, rows: Sequence[LeagueRow], band: int | None, room: int, *, interval: bool
) -> list[Component]:
    shown = _shown(rows, room)
    lines = [
        unit_row(drawn, row, None if at else band, interval=interval)
        for at, row in enumerate(shown)
    ]
    if room and len(shown) < len(rows):
        lines.append(html.Div([html.Span(), more(drawn, len(rows) - len(shown))], className="lr"))
    return lines


def _abreast(drawn: Drawn, rows: Sequence[LeagueRow], room: int) -> list[Component]:
    shown = _shown(rows, ABREAST * room)
    cells = [unit_cell(drawn, row) for row in shown]
    if room and len(shown) < len(rows):
        cells.append(more(drawn, len(rows) - len(shown)))
    starts = range(0, len(cells), ABREAST)
    return [html.Div(cells[at : at + ABREAST], className="lm") for at in starts]


def _shown(rows: Sequence[LeagueRow], places: int) -> Sequence[LeagueRow]:
    """All, or the first ones: the last place then says how many are left."""
    return rows if len(rows) <= places else rows[: max(places - 1, 0)]
