"""Intelligence items: more than a hundred on every day, each looked at within a day."""

from datetime import UTC, date, datetime
from random import Random

from dashboard.demo.arrivals import CITIZEN_DRAW, SEASON
from dashboard.demo.chance import Draw, about
from dashboard.demo.county import TOWN_WEIGHTS, County
from dashboard.demo.grids import Grids
from dashboard.demo.hours import HOUR, MINUTE, Hours
from dashboard.demo.put import Put
from dashboard.demo.words import Words
from dashboard.profile import Profile
from dashboard.terms import Channel, IntelligenceStatus, Risk

AT_LEAST = 100
"""石首 handles more than 100 a day (mechanisms 1.5, row 7)."""

ON_TOP = 14.0
"""What comes on top of that, on average."""

OUTCOMES = Draw(
    {
        IntelligenceStatus.ASSESSED: 52,
        IntelligenceStatus.DISMISSED: 36,
        IntelligenceStatus.MERGED: 12,
    }
)
RISKS = Draw({Risk.LOW: 80, Risk.MEDIUM: 17, Risk.HIGH: 3})


class Leads:
    """Plans the intelligence items of a day."""

    def __init__(self, county: County, hours: Hours, grids: Grids, profile: Profile) -> None:
        self._hours = hours
        self._grids = grids
        self._profile = profile
        self._villages = county.villages
        self._leads = Draw({lead: lead.weight for lead in county.leads})
        self._towns = Draw(TOWN_WEIGHTS)
        self._words = Words(county)

    def on(self, day: date, rng: Random, copy: int = 0) -> list[tuple[Put, Put]]:
        """Return the day's items: each as received, and as assessed."""
        count = AT_LEAST + about(ON_TOP * SEASON[day.month - 1], rng)
        return [
            self._one(day, f"{day:%Y%m%d}{copy:02d}{number:04d}", rng) for number in range(count)
        ]

    def _one(self, day: date, number: str, rng: Random) -> tuple[Put, Put]:
        lead = self._leads.pick(rng)
        village = rng.choice(self._villages[self._towns.pick(rng)])
        received = self._hours.midnight(day) + CITIZEN_DRAW.pick(rng) * HOUR + rng.randrange(HOUR)
        assessed = received + int(rng.expovariate(1 / (2.5 * HOUR))) + 4 * MINUTE
        received_at = datetime.fromtimestamp(received, UTC)
        assessed_at = datetime.fromtimestamp(min(assessed, received + 20 * HOUR), UTC)
        title, title_en = self._words.lead(lead, village, rng)
        key = {"source_channel": lead.channel, "source_no": number}
        first = {
            "received_at": received_at,
            "situation": self._profile.situation_of(Channel(lead.channel)),
            "area_code": (
                self._grids.place(village.area_code, number)
                if lead.channel == Channel.GRID_APP
                else village.area_code
            ),
            "township_code": village.parent_code,
            "title": title,
            "title_en": title_en,
            "category_code": lead.category,
            "status": IntelligenceStatus.NEW,
        }
        outcome = {
            "status": OUTCOMES.pick(rng),
            "risk_level": RISKS.pick(rng),
            "assessed_at": assessed_at,
            "assessed_by": "信息组",
        }
        return (
            Put(received_at, "intelligence_item", key, first),
            Put(assessed_at, "intelligence_item", key, outcome, new=False),
        )
