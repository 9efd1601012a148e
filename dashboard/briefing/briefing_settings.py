"""Settings of the briefing: when its day begins, when it is sealed, and on which days."""

from datetime import time, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


class BriefingSettings(BaseModel):
    """What the centre has decided about its briefings.

    `statistics_at` is the clock time at which a statistics day begins. Without `seal_at` a person
    seals; with it, the service does at that time of the issue's day. `days_off`: a daily briefing
    is made "every" day, days off are told apart ("mark"), or it is not made on them ("skip") and
    the next one reaches back over them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    statistics_at: str = Field(default="08:00", pattern=CLOCK)
    seal_at: str | None = Field(default=None, pattern=CLOCK)
    days_off: Literal["every", "mark", "skip"] = "every"

    @property
    def starts(self) -> timedelta:
        """How long after midnight a statistics day begins."""
        clock = time.fromisoformat(self.statistics_at)
        return timedelta(hours=clock.hour, minutes=clock.minute)

    @property
    def sealing(self) -> time | None:
        """The clock time of sealing; None by hand."""
        return None if self.seal_at is None else time.fromisoformat(self.seal_at)
