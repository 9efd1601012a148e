"""The history of one case as it is planned: steps in order, when somebody can take them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random

from dashboard.cases.happening import Actor, Happening
from dashboard.demo.hours import MINUTE, Hours
from dashboard.terms import Event, Role

CENTRE = "centre"
"""The organisation of the centre's own staff."""

CENTRE_ACTORS = {role: Actor(role=role, org_id=CENTRE) for role in Role}


class Line:
    """A growing history; no step comes before the one before it. Instants are UTC seconds."""

    def __init__(self, at: int, hours: Hours, rng: Random) -> None:
        self.at = at
        self.steps: list[tuple[int, Happening]] = []
        self.hours = hours
        self.rng = rng

    def add(  # noqa: PLR0913 -- the parts of a happening
        self,
        event: Event,
        at: int,
        actor: Actor | Role,
        *,
        facts: Mapping[str, object] | None = None,
        dept: str | None = None,
        reason: str | None = None,
        sheet: str | None = None,
    ) -> None:
        """Append a step at `at`, or a minute after the last one if that is later."""
        if self.steps:
            at = max(at, self.at + MINUTE)
        self.at = at
        happening = Happening(
            event=event,
            at=datetime.fromtimestamp(at, UTC),
            actor=CENTRE_ACTORS[actor] if isinstance(actor, Role) else actor,
            facts=facts or {},
            dept_id=dept,
            reason=reason,
            sheet_no=sheet,
        )
        self.steps.append((at, happening))

    def desk(self, at: int) -> int:
        """Return when a desk acts: at or before `at`, but in office hours after the last step."""
        before = self.hours.desk_before(at, self.rng)
        if before > self.at:
            return before
        return self.hours.desk(self.at + self.rng.randint(2, 25) * MINUTE, self.rng)

    def seat(self, at: int) -> int:
        """Return when a seat of the centre acts: near `at`, on any day, after the last step."""
        near = self.hours.seat(at, self.rng)
        return near if near > self.at else self.at + self.rng.randint(2, 25) * MINUTE

    def between(self, until: int, share: float) -> int:
        """Return a desk moment after that share of the time from the last step to `until`."""
        return self.desk(self.at + int((until - self.at) * share))
