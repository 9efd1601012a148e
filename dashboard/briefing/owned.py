"""The open decisions of the unit a leader's page is about."""

from dataclasses import dataclass

from dashboard.briefing.decision import Decision, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """What an owner has still to do, by the time left."""

    owner: Owner
    rows: tuple[Decision, ...]
