"""Grids (网格), the areas below a village: made up, as many as its households ask for.

A grid's code is its village's twelve digits and a number of three.
"""

from dashboard.demo.chance import mix, share
from dashboard.demo.county import County
from dashboard.demo.people import People, households, inhabitants
from geodata.names import AreaRow

HOUSEHOLDS_A_GRID = 320
FEWEST, MOST = 3, 9

NUMBERS = "一二三四五六七八九"

UNEVEN = 1.4
"""Above 1 the first grids of a village bring more than the last ones."""


class Grids:
    """The grids of every village, in code order, and which of them something lies in.

    `people` are the inhabitants of every area of the county, grids among them.
    """

    def __init__(self, county: County) -> None:
        self.people = inhabitants(county)
        self._of: dict[str, tuple[AreaRow, ...]] = {}
        order = len(county.areas)
        for villages in county.villages.values():
            for village in villages:
                homes = households(self.people[village.area_code])
                grids = self._of[village.area_code] = _grids(village, homes, order)
                self.people |= _shared_out(self.people[village.area_code], grids)
                order += len(grids)

    @property
    def areas(self) -> tuple[AreaRow, ...]:
        """All grids of the county."""
        return tuple(grid for grids in self._of.values() for grid in grids)

    def of(self, village: str) -> tuple[AreaRow, ...]:
        """Return the grids of a village."""
        return self._of[village]

    def place(self, village: str, number: object) -> str:
        """Return the code of the grid in which the matter of that number lies."""
        grids = self._of[village]
        return grids[int(len(grids) * share(number, "grid") ** UNEVEN)].area_code

    def in_turn(self, village: str, turn: int) -> str:
        """Return the code of the grid whose turn it is."""
        grids = self._of[village]
        return grids[turn % len(grids)].area_code


def _grids(village: AreaRow, homes: int, order: int) -> tuple[AreaRow, ...]:
    count = min(max(round(homes / HOUSEHOLDS_A_GRID), FEWEST), MOST)
    return tuple(
        AreaRow(
            area_code=f"{village.area_code}{n + 1:03d}",
            parent_code=village.area_code,
            level="grid",
            name=f"{village.short_name}第{NUMBERS[n]}网格",
            short_name=f"第{NUMBERS[n]}网格",
            name_en=f"Grid {n + 1}",
            lon=None,
            lat=None,
            sort_order=order + n,
        )
        for n in range(count)
    )


def _shared_out(people: int, grids: tuple[AreaRow, ...]) -> People:
    """Share out the people of a village among its grids, nobody twice."""
    parts = [100 + mix(grid.area_code, "people") % 60 for grid in grids]
    found: People = {}
    for place, grid in enumerate(grids):
        found[grid.area_code] = (people - sum(found.values())) * parts[place] // sum(parts[place:])
    return found
