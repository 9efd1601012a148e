"""The five situations, intelligence and hazard points over the span of a briefing."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.briefing.overall import Number
from dashboard.terms import Risk, Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationLine:
    """One of the five situations over the span; `unusual` is "high", "low" or None."""

    code: Situation
    number: Number
    unusual: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intelligence:
    """Items of intelligence: received in the span, judged, made cases; not judged, of old age."""

    received: int
    judged: int
    converted: int
    open: int
    open_over_24h: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardLine:
    """A hazard point that is past its date, without its name, which is free text."""

    id: str
    type: str | None
    township: str | None
    risk: Risk
    found_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardMoves:
    """Points found and removed in the span, and those not removed in time."""

    found: int
    removed: int
    late: int
    rows: tuple[HazardLine, ...]
