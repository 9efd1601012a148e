"""What the figures rest on: feeds, imports, the last check, and the calendar."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.snapshots.board import Lamp, SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A source, how it is doing, and how long ago it last brought something."""

    state: SourceState
    lamp: Lamp
    silent_s: int | None
    rows_ok: int
    rows_rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """One run: what was read is what became of it; `reasons` count the rows set aside.

    The reasons name the field and the fault without what stood in the row.
    """

    id: int
    channel: str
    file: str
    started_at: datetime
    ended_at: datetime | None
    read: int
    new: int
    updated: int
    unchanged: int
    quarantined: int
    reasons: tuple[tuple[str | None, str, int], ...] = ()

    @property
    def adds_up(self) -> bool:
        """Tell whether every row read went somewhere."""
        return self.read == self.new + self.updated + self.unchanged + self.quarantined


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCheck:
    """The last run of `wuqing check`; `named` are (what, of whom and when, shown, recomputed)."""

    ended_at: datetime
    as_of: datetime
    cases: int
    events: int
    figures: int
    found: int
    seconds: float
    named: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage:
    """All of it; `check` None: never checked. `years` are those whose holidays are known."""

    as_of: datetime
    last_event_at: datetime | None
    feeds: tuple[Feed, ...]
    runs: tuple[ImportRun, ...]
    check: LastCheck | None
    years: tuple[int, ...]
    year_known: bool
