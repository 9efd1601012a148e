"""How many people live where: made up, so that figures per inhabitant can be shown."""

from dashboard.demo.chance import share
from dashboard.demo.county import AREA_CODE, TOWN_WEIGHTS, County

PERSONS_A_WEIGHT = 1_300
"""Inhabitants per unit of a township's weight: about as many as a county of this size has."""

PERSONS_A_HOUSEHOLD = 2.9

People = dict[str, int]
"""Inhabitants by area code."""


def inhabitants(county: County) -> People:
    """Return the people of county, townships and villages; a township has those of its villages."""
    found: People = {}
    for town, villages in county.villages.items():
        parts = {village.area_code: 0.5 + share(village.area_code) for village in villages}
        people = TOWN_WEIGHTS[town] * PERSONS_A_WEIGHT * (0.75 + 0.5 * share(town))
        for code, part in parts.items():
            found[code] = round(people * part / sum(parts.values()))
        found[town] = sum(found[code] for code in parts)
    found[AREA_CODE] = sum(found[town] for town in county.villages)
    return found


def households(people: int) -> int:
    """Return how many households so many people are."""
    return round(people / PERSONS_A_HOUSEHOLD)
