"""The demo centre's own configuration: its time limits and the facts about its database."""

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


def site_facts(profile: str) -> dict[str, Any]:
    """Return the rows of `site` that mark the database as the demo's."""
    deadlines = [rule.model_dump(mode="json", exclude_none=True) for rule in DEADLINES]
    return {"synthetic": True, "profile": profile, "deadlines": deadlines}
