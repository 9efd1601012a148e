"""How many matters come in on a day, when, through which channel and from where."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from dashboard.demo.chance import Draw, about, share
from dashboard.demo.county import TOWN_WEIGHTS, County, Matter
from dashboard.demo.grids import Grids
from dashboard.demo.hours import HOUR, MINUTE, Hours
from dashboard.terms import CaseKind, Channel
from geodata.names import AreaRow

WORKING_DAY, DAY_OFF = 50.0, 25.0
"""Matters a day before season and chance; about 46 with the bursts, over a week."""

SEASON = (0.96, 0.90, 1.0, 1.0, 1.02, 1.06, 1.10, 1.08, 1.0, 0.98, 0.98, 1.04)
"""January to December: rains in summer, wages before the new year."""

KINDS = {
    CaseKind.DISPUTE: 40,
    CaseKind.APPEAL: 29,
    CaseKind.COMPONENT: 14,
    CaseKind.HAZARD: 8,
    CaseKind.PETITION: 9,
}

CHANNELS: dict[CaseKind, dict[Channel, int]] = {
    CaseKind.DISPUTE: {
        Channel.WINDOW: 15,
        Channel.POLICE_NONPOLICE: 18,
        Channel.POLICE_110: 19,
        Channel.HOTLINE_12345: 8,
        Channel.GRID_APP: 24,
        Channel.COURT: 14,
        Channel.DEPT_TRANSFER: 2,
    },
    CaseKind.APPEAL: {
        Channel.HOTLINE_12345: 40,
        Channel.WECHAT: 14,
        Channel.MESSAGE_BOARD: 8,
        Channel.GRID_APP: 10,
        Channel.WINDOW: 10,
        Channel.OPINION_MONITOR: 18,
    },
    CaseKind.COMPONENT: {
        Channel.GRID_APP: 42,
        Channel.WECHAT: 24,
        Channel.HOTLINE_12345: 20,
        Channel.DEVICE: 6,
        Channel.VIDEO: 8,
    },
    CaseKind.HAZARD: {
        Channel.GRID_APP: 38,
        Channel.PATROL: 28,
        Channel.INSPECTION: 16,
        Channel.DEVICE: 8,
        Channel.POLICE_110: 10,
    },
    CaseKind.PETITION: {
        Channel.PETITION: 68,
        Channel.LEADER_RECEPTION: 17,
        Channel.UPPER_TRANSFER: 15,
    },
}

DESK_CHANNELS = frozenset(
    {
        Channel.WINDOW,
        Channel.COURT,
        Channel.PETITION,
        Channel.LEADER_RECEPTION,
        Channel.UPPER_TRANSFER,
        Channel.DEPT_TRANSFER,
        Channel.INSPECTION,
    }
)
"""These bring matters in office hours only."""

DESK_HOURS = (0,) * 8 + (5, 16, 15, 11, 2, 2, 9, 14, 12, 8) + (0,) * 6
CITIZEN_HOURS = (1, 1, 0, 0, 0, 1, 3, 6, 11, 14, 13, 10, 6, 6, 9, 11, 11, 9, 7, 7, 6, 4, 3, 2)
"""Weight of each local hour for channels that are always open."""

DESK_DRAW = Draw(dict(enumerate(DESK_HOURS)))
CITIZEN_DRAW = Draw(dict(enumerate(CITIZEN_HOURS)))

SEEN = frozenset(
    {Channel.GRID_APP, Channel.PATROL, Channel.INSPECTION, Channel.DEVICE, Channel.VIDEO}
)
"""What these bring somebody or something on the spot has seen, so that its grid is known."""

UNPLACED = 0.12
"""Share of all else of which the village is known and not the grid."""

INNER_TOWN = frozenset({"530303001000", "530303002000", "530303003000"})
"""Subdistricts without fields."""

BURST_CHANCE = {True: 0.45, False: 0.2}
"""Chance of a burst on a day in and outside the rainy months."""

RAINY = range(5, 11)
BURST_WITHIN_S = 8 * MINUTE


CaseKey = tuple[Channel, str]
"""A case by its channel and source number; its id is the database's affair."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A matter at the door; `number` is its source number, unique per channel.

    `place` is the code of the grid it lies in, of its village where nobody wrote down more.
    `told_before`: the same matter was reported by this case shortly before. `again`: the party of
    this case comes back.
    """

    at: int
    kind: CaseKind
    channel: Channel
    matter: Matter
    village: AreaRow
    number: str = ""
    place: str = ""
    told_before: CaseKey | None = None
    again: CaseKey | None = None

    @property
    def key(self) -> CaseKey:
        """The case this becomes."""
        return self.channel, self.number


class Arrivals:
    """Draws the arrivals of any day; the same seed and day give the same arrivals."""

    def __init__(self, county: County, hours: Hours, grids: Grids) -> None:
        self._hours = hours
        self._grids = grids
        self._villages = county.villages
        self._kinds = Draw(KINDS)
        self._channels = {kind: Draw(weights) for kind, weights in CHANNELS.items()}
        self._matters = {
            kind: Draw({matter: matter.weight for matter in matters})
            for kind, matters in county.matters.items()
        }
        self._towns = Draw(TOWN_WEIGHTS)
        self._rural = Draw(
            {town: weight for town, weight in TOWN_WEIGHTS.items() if town not in INNER_TOWN}
        )

    def on(self, day: date, rng: Random, copy: int = 0) -> list[Arrival]:
        """Return a day's arrivals in order of time; `copy` numbers a repeated, busier day apart."""
        mean = WORKING_DAY if self._hours.is_working(day) else DAY_OFF
        count = about(mean * SEASON[day.month - 1], rng)
        burst = self._burst(day, rng)
        drawn = [*(self._one(day, rng) for _ in range(count)), *burst]
        drawn.sort(key=lambda arrival: arrival.at)
        numbered: list[Arrival] = []
        first: CaseKey | None = None
        for order, arrival in enumerate(drawn, 1):
            number = f"{day:%Y%m%d}{copy:02d}{order:04d}"
            told = arrival in burst
            place = self._place(arrival, number)
            before = first if told else None
            numbered.append(replace(arrival, number=number, place=place, told_before=before))
            if told and first is None:
                first = (arrival.channel, number)
        return numbered

    def _one(self, day: date, rng: Random) -> Arrival:
        kind = self._kinds.pick(rng)
        channel = self._channels[kind].pick(rng)
        if channel in DESK_CHANNELS and not self._hours.is_working(day):
            channel = Channel.POLICE_NONPOLICE if kind is CaseKind.DISPUTE else Channel.GRID_APP
        matter = self._matters[kind].pick(rng)
        towns = self._rural if matter.spots == "field" else self._towns
        village = rng.choice(self._villages[towns.pick(rng)])
        draw = DESK_DRAW if channel in DESK_CHANNELS else CITIZEN_DRAW
        at = self._hours.midnight(day) + draw.pick(rng) * HOUR + rng.randrange(HOUR)
        return Arrival(at, kind, channel, matter, village)

    def _place(self, arrival: Arrival, number: str) -> str:
        village = arrival.village.area_code
        known = arrival.channel in SEEN or share(number, "village only") >= UNPLACED
        return self._grids.place(village, number) if known else village

    def _burst(self, day: date, rng: Random) -> list[Arrival]:
        """Draw what a storm or a burst pipe brings: one matter, one township, a few minutes."""
        if rng.random() >= BURST_CHANCE[day.month in RAINY]:
            return []
        start = self._hours.midnight(day) + rng.randrange(8 * HOUR, 21 * HOUR)
        kind = rng.choice((CaseKind.APPEAL, CaseKind.COMPONENT, CaseKind.HAZARD))
        matter = self._matters[kind].pick(rng)
        villages = self._villages[self._towns.pick(rng)]
        channels = (Channel.HOTLINE_12345, Channel.GRID_APP, Channel.WECHAT)
        return [
            Arrival(
                start + rng.randrange(BURST_WITHIN_S),
                kind,
                rng.choice(channels),
                matter,
                rng.choice(villages),
            )
            for _ in range(rng.randint(11, 15))
        ]
