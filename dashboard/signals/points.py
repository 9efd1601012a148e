"""积分 of grid workers: what an accepted report earns by the centre's own table (metrics 4.10).

The ledger is append-only: a rejected report is taken back by an entry of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from dashboard.calendar import local_day
from dashboard.figures.period import Period
from dashboard.settings import PointsRule, PointsSettings

MONTH_DAYS = 30
"""Points are compared for so many days on duty."""

FEWEST = 3
"""The median of fewer workers would be somebody's own figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An accepted report or a task done, before it is worth anything."""

    worker_id: str
    at: datetime
    rule_id: str
    case_id: int | None = None
    place: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the ledger; `reverses` names the entry it takes back."""

    worker_id: str
    at: datetime
    rule_id: str
    points: float
    amount_yuan: float | None = None
    entry_id: int | None = None
    case_id: int | None = None
    reverses: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A worker's points of a period, their pay, and how many reports were accepted."""

    points: float
    amount_yuan: float
    accepted: int


class Ledger:
    """Enters deeds one after the other, in the order of time, by one table of rules."""

    def __init__(self, settings: PointsSettings, zone: ZoneInfo) -> None:
        self._settings = settings
        self._rules: dict[str, PointsRule] = {rule.id: rule for rule in settings.rules}
        self._zone = zone
        self._today: dict[tuple[str, object], float] = defaultdict(float)
        self._last: dict[tuple[str, str, str], datetime] = {}

    def enter(self, deed: Deed) -> Entry | None:
        """Return what a deed earns; None when the centre's table does not name it.

        A repeat of the same place and category earns 0 and no pay; gains stop at the day's cap.
        """
        rule = self._rules.get(deed.rule_id)
        if rule is None:
            return None
        if self._repeats(deed):
            return _entry(deed, 0.0, None)
        points = rule.points
        cap = self._settings.daily_cap
        if cap is not None and points > 0:
            day = (deed.worker_id, local_day(deed.at, self._zone))
            points = min(points, max(0.0, cap - self._today[day]))
            self._today[day] += points
        return _entry(deed, points, rule.price_yuan)

    def _repeats(self, deed: Deed) -> bool:
        days = self._settings.repeat_days
        if days is None or deed.place is None or deed.category is None:
            return False
        key = (deed.rule_id, deed.place, deed.category)
        last = self._last.get(key)
        self._last[key] = deed.at
        return last is not None and deed.at - last < timedelta(days=days)


def reversal(entry: Entry, at: datetime) -> Entry:
    """Return the entry that takes another back.

    Raises:
        ValueError: the entry was never written.
    """
    if entry.entry_id is None:
        raise ValueError("an entry that is not in the ledger cannot be taken back")
    return Entry(
        worker_id=entry.worker_id,
        at=at,
        rule_id=entry.rule_id,
        points=-entry.points,
        amount_yuan=None if entry.amount_yuan is None else -entry.amount_yuan,
        case_id=entry.case_id,
        reverses=entry.entry_id,
    )


def balance(entries: Iterable[Entry], period: Period) -> Balance:
    """Add up the entries of a period; a report and its reversal in it cancel out."""
    within = [entry for entry in entries if period.start <= entry.at < period.end]
    return Balance(
        points=sum(entry.points for entry in within),
        amount_yuan=sum(entry.amount_yuan or 0.0 for entry in within),
        accepted=sum(1 if entry.reverses is None else -1 for entry in within),
    )


def per_month(points: float, days_on_duty: int) -> float | None:
    """Return points for thirty days on duty; None without a day."""
    return points * MONTH_DAYS / days_on_duty if days_on_duty > 0 else None


def usual(values: Sequence[float | None]) -> float | None:
    """Return the median of an area's workers; None for so few that it would tell on one."""
    known = [value for value in values if value is not None]
    return median(known) if len(known) >= FEWEST else None


def shown_ranks(
    values: Mapping[str, float], accepted: Mapping[str, int]
) -> Mapping[str, int | None]:
    """Rank workers for themselves, ties by accepted reports; the lower half has no rank."""
    order = sorted(values, key=lambda one: (-values[one], -accepted.get(one, 0), one))
    half = (len(order) + 1) // 2
    return {one: place if place <= half else None for place, one in enumerate(order, 1)}


def _entry(deed: Deed, points: float, amount: float | None) -> Entry:
    return Entry(
        worker_id=deed.worker_id,
        at=deed.at,
        rule_id=deed.rule_id,
        points=points,
        amount_yuan=amount,
        case_id=deed.case_id,
    )
