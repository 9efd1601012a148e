"""The demo centre's own configuration: limits, awards, points, and the facts of its database."""

from typing import Any

from dashboard.settings import DeadlineSetting
from dashboard.terms import Level

DEADLINES = (
    DeadlineSetting(level=Level.SIMPLE, amount=0, unit="same_day"),
    DeadlineSetting(level=Level.GENERAL, amount=3, unit="working_day"),
    DeadlineSetting(level=Level.LARGER, amount=20, unit="day"),
    DeadlineSetting(level=Level.COMPLEX, amount=1, unit="month"),
    DeadlineSetting(level=Level.MAJOR, amount=3, unit="month"),
)
"""Demo configuration: the articles on 沾益 give one example (a manhole cover, 2 working days) and
no rule. 20 days, 1 month and 3 months are the limits of the 孝感 and 枝江 articles, same day and 3
days those of 云梦 and 孝感; that the 3 days are working days is the demo's choice."""


AWARDS: dict[str, Any] = {
    "period": "month",
    "eligible_from_due": 5,
    "weights": {
        "on_time": 35,
        "resolution": 25,
        "satisfaction": 15,
        "response": 10,
        "returns": 10,
        "follow_up": 5,
    },
    "penalties": {
        "yellow_order": 5,
        "red_order": 10,
        "overdue_per_ten_due": 1,
        "overdue_unexplained": 2,
    },
    "good": {"rank_within": 3, "score_from": 90, "no_overdue_major": True},
    "slow": {
        "last": 3,
        "score_below": 80,
        "overdue_from": 3,
        "consecutive_red_orders": True,
    },
}
"""Demo configuration: no article gives the rule of the two awards (metrics 4.9)."""

POINTS: dict[str, Any] = {
    "daily_cap": 20,
    "repeat_days": 7,
    "rules": [
        {"id": "valid_report", "points": 2, "price_yuan": 3},
        {"id": "hazard_verified", "points": 3, "price_yuan": 5},
        {"id": "settled_in_grid", "points": 5, "price_yuan": 20},
        {"id": "visit_done", "points": 1, "price_yuan": 2},
        {"id": "late_task", "points": -2},
    ],
}
"""Demo configuration: no article says how many points or how much pay (metrics 4.10)."""


def site_facts(profile: str) -> dict[str, Any]:
    """Return the rows of `site` that mark the database as the demo's."""
    deadlines = [rule.model_dump(mode="json", exclude_none=True) for rule in DEADLINES]
    return {
        "synthetic": True,
        "profile": profile,
        "deadlines": deadlines,
        "awards": AWARDS,
        "points": POINTS,
    }
