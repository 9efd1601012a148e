"""Hazard points: found on some days, rectified, removed after days or weeks."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from random import Random

from dashboard.demo.chance import Draw
from dashboard.demo.county import TOWN_WEIGHTS, County
from dashboard.demo.grids import Grids
from dashboard.demo.hours import DAY, HOUR, Hours
from dashboard.demo.put import Put
from dashboard.demo.words import Words
from dashboard.terms import HazardStatus, Risk

EVERY_DAYS = {Risk.HIGH: 4, Risk.MEDIUM: 3, Risk.LOW: 1}
"""One point of each risk is found in every so many days."""

STAYS_DAYS = {Risk.HIGH: (5, 11), Risk.MEDIUM: (8, 16), Risk.LOW: (7, 17)}
"""So that about 2 high, 4 medium and 12 low ones are there at any time."""

SPREAD_DEG = 0.004
"""How far a point may lie from its place, in degrees, so that no two lie on each other."""


class Dangers:
    """Plans the hazard points found on a day, with what becomes of them."""

    def __init__(self, county: County, hours: Hours, grids: Grids) -> None:
        self._hours = hours
        self._grids = grids
        self._dangers = county.dangers
        self._villages = county.villages
        self._places = county.places
        self._towns = Draw(TOWN_WEIGHTS)
        self._words = Words(county)

    def on(self, day: date, rng: Random) -> list[Put]:
        """Return the rows of the day's points: found, being rectified, removed."""
        rows: list[Put] = []
        for risk, every in EVERY_DAYS.items():
            if day.toordinal() % every == 0:
                rows += self._one(day, risk, rng)
        return rows

    def _one(self, day: date, risk: Risk, rng: Random) -> list[Put]:
        danger = rng.choice(self._dangers[risk])
        village = rng.choice(self._villages[self._towns.pick(rng)])
        town = village.parent_code or ""
        lon, lat = rng.choice(self._places[town])
        name, name_en = self._words.danger(danger, village)
        found = self._hours.midnight(day) + rng.randrange(8 * HOUR, 20 * HOUR)
        shortest, longest = STAYS_DAYS[risk]
        removed = self._hours.desk(found + int(rng.uniform(shortest, longest) * DAY), rng)
        rectifying = self._hours.desk(found + rng.randint(4, 40) * HOUR, rng)
        key: dict[str, object] = {"point_id": f"demo-{day:%Y%m%d}-{risk}"}
        first: dict[str, object] = {
            "name": name,
            "name_en": name_en,
            "hazard_type_code": danger.hazard_type,
            "risk_level": risk,
            "area_code": self._grids.place(village.area_code, key["point_id"]),
            "township_code": town,
            "lon": round(lon + rng.uniform(-SPREAD_DEG, SPREAD_DEG), 5),
            "lat": round(lat + rng.uniform(-SPREAD_DEG, SPREAD_DEG), 5),
            "lead_dept_id": danger.dept,
            "found_at": _instant(found),
            "rectify_due": _instant(found + longest * DAY),
        }
        removal = {"removed_at": _instant(removed)}
        return [
            _put(key, HazardStatus.OPEN, found, first),
            _put(key, HazardStatus.RECTIFYING, rectifying, {}),
            _put(key, HazardStatus.REMOVED, removed, removal),
        ]


def _put(
    key: Mapping[str, object], status: HazardStatus, at: int, values: Mapping[str, object]
) -> Put:
    known = _instant(at)
    changes = {**values, "status": status, "updated_at": known}
    return Put(known, "hazard_point", key, changes, new=status is HazardStatus.OPEN)


def _instant(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
