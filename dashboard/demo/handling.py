"""Where a matter is handled: most small disputes end in their village, little goes to the county.

The shares are made up, so that about half of the disputes are resolved in villages and grids
(小事不出村) and as much in townships and below as the 沾益 article says, 91.7 % (mechanisms 1.10).
"""

from collections.abc import Mapping

from dashboard.cases.area import village_of
from dashboard.cases.happening import Actor
from dashboard.demo.arrivals import Arrival
from dashboard.demo.chance import share
from dashboard.demo.county import AREA_CODE
from dashboard.demo.line import CENTRE_ACTORS
from dashboard.terms import CaseKind, Channel, Level, Role

AT_COUNTY = {
    Level.SIMPLE: 0.03,
    Level.GENERAL: 0.06,
    Level.LARGER: 0.14,
    Level.COMPLEX: 0.3,
    Level.MAJOR: 0.6,
}

AT_VILLAGE: Mapping[CaseKind, Mapping[Level, float]] = {
    CaseKind.DISPUTE: {Level.SIMPLE: 0.9, Level.GENERAL: 0.75, Level.LARGER: 0.4},
    CaseKind.APPEAL: {Level.SIMPLE: 0.3, Level.GENERAL: 0.2},
    CaseKind.COMPONENT: {Level.SIMPLE: 0.4, Level.GENERAL: 0.15},
    CaseKind.HAZARD: {Level.GENERAL: 0.3},
    CaseKind.PETITION: {},
}

FROM_ABOVE = frozenset(
    {Channel.COURT, Channel.LEADER_RECEPTION, Channel.UPPER_TRANSFER, Channel.DEPT_TRANSFER}
)
"""What these bring was not brought to the village; it is not handled there either."""


def handled_in(arrival: Arrival, level: Level) -> str:
    """Return the code of the area that handles a matter.

    What its grid worker found and can be settled below the township is settled in the grid.
    """
    drawn, village = share(arrival.number, "handled in"), arrival.village
    if drawn < AT_COUNTY[level]:
        return AREA_CODE
    below = 0.0 if arrival.channel in FROM_ABOVE else AT_VILLAGE[arrival.kind].get(level, 0.0)
    if drawn < 1 - below:
        return village.parent_code or AREA_CODE
    return arrival.place if arrival.channel is Channel.GRID_APP else village.area_code


def handler(area: str, dept: str) -> Actor:
    """Return who handles what was handed out: the village, for its grids too, or the department."""
    village = village_of(area)
    if village is None:
        return Actor(role=Role.DEPT, org_id=dept)
    return Actor(role=Role.VILLAGE, org_id=village)


def settler(area: str) -> Actor:
    """Return who settles on the spot: a mediator of the village, or a window."""
    if area == AREA_CODE:
        return CENTRE_ACTORS[Role.WINDOW]
    village = village_of(area)
    if village is None:
        return Actor(role=Role.WINDOW, org_id=area)
    return Actor(role=Role.MEDIATOR, org_id=village)
