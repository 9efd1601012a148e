"""What the demo's cases, hazards and leads are called, in Chinese and in English."""

from random import Random

from dashboard.demo.county import County, Danger, Lead, Matter, Spot
from geodata.names import AreaRow


class Words:
    """Names things by what they are and where; no person, no real event."""

    def __init__(self, county: County) -> None:
        self._spots = county.spots
        self._any: tuple[Spot, ...] = tuple(
            spot for group in county.spots.values() for spot in group
        )

    def case(self, matter: Matter, village: AreaRow, rng: Random) -> tuple[str, str]:
        """Name a case."""
        spot = rng.choice(self._spots[matter.spots])
        return (
            f"{village.short_name}{spot.zh}{matter.zh}",
            f"{matter.en} ({spot.en}, {village.name_en})",
        )

    def danger(self, danger: Danger, village: AreaRow) -> tuple[str, str]:
        """Name a hazard point."""
        return f"{village.short_name}{danger.zh}", f"{danger.en} ({village.name_en})"

    def lead(self, lead: Lead, village: AreaRow, rng: Random) -> tuple[str, str]:
        """Name an intelligence item."""
        spot = rng.choice(self._any)
        return (
            f"{village.short_name}{spot.zh}{lead.zh}",
            f"{lead.en} ({spot.en}, {village.name_en})",
        )
