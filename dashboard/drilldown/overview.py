"""A leader's page of one place, department or situation: the same bones at every level."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from dashboard.drilldown.against import Against
from dashboard.drilldown.beside import Beside
from dashboard.drilldown.case_row import CaseRow
from dashboard.drilldown.hazards import Hazards
from dashboard.figures.cell import Cell
from dashboard.figures.comparison import Change
from dashboard.figures.period import Period
from dashboard.figures.sensitive import BUILT_IN
from dashboard.snapshots.board import Directory, Name
from dashboard.terms import AreaLevel

Cells = Mapping[str, Cell]
"""Cells by the id of their figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a unit stands among `compared` peers in the on-time rate.

    `first` to `last` is its rank range; None when it is not ranked. `significant` False: the peers
    do not differ beyond chance and nobody has a rank.
    """

    compared: int
    significant: bool
    first: int | None
    last: int | None
    below_target: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """Cases accepted and closed on each of the last days, oldest first; the last one is running.

    `band` is the middle half of the peers' accepted cases a day, empty with fewer than four peers.
    """

    days: tuple[date, ...]
    accepted: tuple[int, ...]
    closed: tuple[int, ...]
    band: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationToday:
    """One situation's cases of today until now, and of the days before until this clock time.

    `line` are the last days, oldest first, today last. `band` is what is usual, None with too few
    days to tell; `unusual` is "high" or "low" when today leaves it.
    """

    code: str
    count: int
    line: tuple[int, ...]
    band: tuple[float, float] | None
    unusual: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Monthly:
    """The on-time rate of cases due in each of the last months, oldest first."""

    months: tuple[date, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """One area of the level below, or one peer: its name and its figures."""

    name: Name
    cells: Cells
    population: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Misses:
    """Cases due and missed by department (rows) and area below (columns); None is nobody's.

    `cells` have the missed as numerator and the due as denominator.
    """

    departments: tuple[str | None, ...]
    areas: tuple[str | None, ...]
    cells: Mapping[tuple[str | None, str | None], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCase:
    """A case with an official in charge, and what is planned.

    `reply_due` is the first moment by which an order about it that is unanswered has to be.
    """

    row: CaseRow
    official: str | None
    plan: str | None
    task_force: tuple[str, ...] = ()
    reply_due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything a page shows of its subject as of an instant.

    `level` is the area's; None for a department or a situation, whose page lies over the whole
    county. `cells`, `changes` and `peers` are by figure id; `peers` leave the subject out.
    `changes` compare with what `against` says, and `offered` are all it could be. `categories` and
    `situations` are (code, accepted now, accepted in the span compared with), most first.
    `persons` are the distinct parties of the cases accepted, as far as they have keys. `made_of`
    are the categories most accepted in each situation. `today` are the situations of a county's or
    a situation's page while its period runs, in the centre's order. `sensitive` categories are not
    counted to under three (`figures.sensitive`), and not in `made_of`.
    """

    as_of: datetime
    running: bool
    period: Period
    level: AreaLevel | None
    name: Name
    parents: tuple[Name, ...]
    directory: Directory
    target: float | None
    cells: Cells
    changes: Mapping[str, Change]
    against: Against
    offered: tuple[Against, ...]
    peers: Mapping[str, tuple[Cell, ...]]
    standing: Standing | None
    daily: Daily
    monthly: Monthly
    categories: tuple[tuple[str | None, int, int], ...]
    situations: tuple[tuple[str | None, int, int], ...]
    below: tuple[Below, ...]
    misses: Misses
    hazards: Hazards
    key_cases: tuple[KeyCase, ...]
    open_rows: tuple[CaseRow, ...]
    persons: int
    sensitive: frozenset[str] = BUILT_IN
    made_of: Mapping[str | None, tuple[tuple[str | None, int], ...]] = field(default_factory=dict)
    today: tuple[SituationToday, ...] = ()
    beside: Beside = field(default_factory=Beside)
