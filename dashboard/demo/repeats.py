"""Who comes again: calls to 110 and petitions of a party whose matter the county knows."""

from dataclasses import replace
from random import Random

from dashboard.demo.arrivals import CITIZEN_DRAW, DESK_DRAW, Arrival
from dashboard.demo.county import County, Matter
from dashboard.demo.hours import DAY, HOUR, Hours
from dashboard.demo.parties import NOBODY
from dashboard.terms import CaseKind, Channel

CALLS_AGAIN = 0.055
"""Share of disputes whose party calls 110 within weeks."""

GOES_TO_PETITION = 0.018
"""Share of disputes and appeals that turn into a petition."""

PETITIONS_AGAIN = 0.10

CALL_DAYS = (2, 25)
PETITION_DAYS = (9, 40)
"""So that a case that came again still ends within LONGEST days of the first one."""

RESTLESS = {"530303101000": 2.2, "530303002000": 1.5, "530303204000": 0.3}
"""Townships where more or fewer come again, so that comparing them shows something."""


class Repeats:
    """Plans, with a matter, what its party does later."""

    def __init__(self, county: County, hours: Hours) -> None:
        self._hours = hours
        self._petitions = county.matters[CaseKind.PETITION]

    def of(self, arrival: Arrival, rng: Random) -> Arrival | None:
        """Return the arrival with which the party comes back; most never do."""
        chance = rng.random() / RESTLESS.get(arrival.village.parent_code or "", 1.0)
        if arrival.channel in NOBODY:
            return None
        if arrival.kind is CaseKind.PETITION:
            return self._petition(arrival, rng) if chance < PETITIONS_AGAIN else None
        calls = CALLS_AGAIN if arrival.kind is CaseKind.DISPUTE else 0.0
        if chance < calls:
            return self._call(arrival, rng)
        known = arrival.kind in (CaseKind.DISPUTE, CaseKind.APPEAL)
        goes = known and chance < calls + GOES_TO_PETITION
        return self._petition(arrival, rng) if goes else None

    def _call(self, arrival: Arrival, rng: Random) -> Arrival:
        day = self._hours.day_of(arrival.at + rng.randint(*CALL_DAYS) * DAY)
        at = self._hours.midnight(day) + CITIZEN_DRAW.pick(rng) * HOUR + rng.randrange(HOUR)
        return self._again(arrival, at, Channel.POLICE_110, arrival.kind, arrival.matter)

    def _petition(self, arrival: Arrival, rng: Random) -> Arrival:
        day = self._hours.day_of(arrival.at + rng.randint(*PETITION_DAYS) * DAY)
        at = self._hours.midnight(day) + DESK_DRAW.pick(rng) * HOUR + rng.randrange(HOUR)
        matter = arrival.matter
        if arrival.kind is not CaseKind.PETITION:
            same = [one for one in self._petitions if one.category[:2] == matter.category[:2]]
            matter = rng.choice(same or self._petitions)
        at = self._hours.desk(at, rng)
        return self._again(arrival, at, Channel.PETITION, CaseKind.PETITION, matter)

    def _again(
        self, arrival: Arrival, at: int, channel: Channel, kind: CaseKind, matter: Matter
    ) -> Arrival:
        return replace(
            arrival,
            at=at,
            kind=kind,
            channel=channel,
            matter=matter,
            number=f"{arrival.number}R",
            told_before=None,
            again=arrival.key,
        )
