"""An issue as it is to be shown: its seal, and what was learned since it was sealed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.decision import Decision
from dashboard.briefing.issue import Cycle
from dashboard.briefing.matter import Matter
from dashboard.figures.unit import Unit

BY_ITSELF = "service"
"""Who sealed, where the service did at the set time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What is kept about a sealed issue besides its body: 〔year〕 `number`, by whom and when.

    `as_of` is the moment by which things were known, `event_id` the newest event then.
    """

    cycle: Cycle
    day: date
    year: int
    number: int
    sealed_at: datetime
    sealed_by: str
    as_of: datetime
    event_id: int | None
    rules: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A sealed briefing; `intact` tells whether its body still has the fingerprint it got."""

    seal: Seal
    briefing: Briefing
    intact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A number that would be another now, and the codes of the cases that make it so.

    `place` is where it stands: "overall", "situation", "township", "department", "type" or "area";
    `code` which of them, `name` the field, of an area also "situation." or "type." and a code. A
    share with the same value has other cases behind it: `sealed` = `now`. Both are in `unit`, and a
    share is of `sealed_of` or `now_of`.
    """

    place: str
    code: str | None
    name: str
    figure: str
    sealed: float | None
    now: float | None
    cases: tuple[str, ...]
    unit: Unit = Unit.CASE
    sealed_of: int | None = None
    now_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """All of them, and the figures each case changed; both are empty when nothing came to light."""

    at: datetime
    figures: tuple[Correction, ...]
    cases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A briefing with its seal, if it has one.

    `corrected` are the numbers that would be others now, `struck` what was taken out of a draft,
    each with by whom and when. `decided` are the decisions about its matters, by their keys.
    """

    briefing: Briefing
    seal: Seal | None = None
    intact: bool = True
    corrected: tuple[Correction, ...] = ()
    struck: tuple[tuple[Matter, str, datetime], ...] = ()
    decided: Mapping[str, Decision] = field(default_factory=dict)
