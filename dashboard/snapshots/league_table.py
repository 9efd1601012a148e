"""A table of the running month: bands where units differ, no order where that may be chance."""

from collections.abc import Mapping, Sequence

from dashboard.league.ranking import NEVER_BELOW, Row, Standing, Unit, ranking
from dashboard.settings import Wall
from dashboard.snapshots.board import LeagueGroup, LeagueRow, LeagueTable, Name, OnTime
from dashboard.snapshots.read_flow import summed

NOTHING = OnTime(met=0, due=0, pending=0, rate=None)


def league_table(
    names: Sequence[Name], cohort: Mapping[str | None, OnTime], wall: Wall
) -> LeagueTable:
    """Group the units into the bands of the leaders' page.

    Where there is no order, those that were compared are one group.
    """
    units = {name.code: cohort.get(name.code, NOTHING) for name in names}
    found = ranking(
        [Unit(code, one.met, one.due) for code, one in units.items()],
        target=wall.target_on_time_rate,
        rank_from_due=wall.rank_from_due,
        ranges=False,
    )
    listed = [row for row in found.rows if _is_listed(row)]
    groups = []
    for band in sorted({row.band for row in listed}, key=lambda band: band or 0):
        group = [row for row in listed if row.band == band]
        groups.append(
            LeagueGroup(
                band=band,
                on_time=summed([units[row.code] for row in group]),
                rows=tuple(_row(row, units[row.code]) for row in group),
            )
        )
    return LeagueTable(
        significant=found.significant,
        p=found.p,
        on_time=summed(units.values()),
        groups=tuple(groups),
        few=tuple(_row(row, units[row.code]) for row in found.rows if not _is_listed(row)),
        few_below=NEVER_BELOW if found.significant else max(wall.rank_from_due, NEVER_BELOW),
    )


def _is_listed(row: Row) -> bool:
    """Tell whether a unit has cases enough to stand among the others."""
    return row.band is not None or row.standing is Standing.RANKED


def _row(row: Row, on_time: OnTime) -> LeagueRow:
    return LeagueRow(
        unit=row.code,
        on_time=on_time,
        low=row.low,
        high=row.high,
        compared=row.standing is Standing.RANKED,
        below_target=row.below_target,
    )
