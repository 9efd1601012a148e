"""Points of the grid from its ledger: totals of areas for leaders, their own for a worker.

No reading lists workers: a page shows an area's total and its median, never who earned what.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select

from dashboard.calendar import local_day
from dashboard.database.tables import grid_worker, points_entry
from dashboard.figures.period import SECOND, Period
from dashboard.figures.view import View
from dashboard.settings import PointsSettings
from dashboard.signals.points import Balance, per_month, shown_ranks, usual
from dashboard.signals.units import areas


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPoints:
    """A township's points: totals, and the median of its workers for thirty days on duty.

    The median is None for so few workers that it would tell on one.
    """

    area: str
    workers: int
    points: float
    amount_yuan: float
    accepted: int
    median: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsReading:
    """The townships' points over a period; `configured` False: the centre has no table."""

    areas: tuple[AreaPoints, ...]
    median: float | None
    configured: bool
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPoints:
    """What a worker sees of their own; `rank` among the township's, None in its lower half."""

    worker_id: str
    balance: Balance
    per_month: float | None
    median: float | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class _Worker:
    worker_id: str
    area: str | None
    days: int
    balance: Balance

    @property
    def per_month(self) -> float | None:
        return per_month(self.balance.points, self.days)


def read_points(
    view: View, settings: PointsSettings, period: Period, zone: ZoneInfo
) -> PointsReading:
    """Add up the townships' ledgers over a period, as far as the view's moment."""
    if not settings.rules:
        return PointsReading(areas=(), median=None, configured=False, period=period)
    workers = _workers(view, period, zone)
    by_area: dict[str | None, list[_Worker]] = defaultdict(list)
    for worker in workers:
        by_area[worker.area].append(worker)
    towns = areas(view.connection, view.scope)
    middle = usual([worker.per_month for worker in workers])
    return PointsReading(
        areas=tuple(_area(town, by_area[town]) for town in towns),
        median=middle,
        configured=True,
        period=period,
    )


def read_own_points(view: View, worker_id: str, period: Period, zone: ZoneInfo) -> OwnPoints | None:
    """Return a worker's own points, None for an unknown id."""
    workers = {worker.worker_id: worker for worker in _workers(view, period, zone)}
    own = workers.get(worker_id)
    if own is None:
        return None
    peers = [worker for worker in workers.values() if worker.area == own.area]
    rates = {peer.worker_id: rate for peer in peers if (rate := peer.per_month) is not None}
    ranks = shown_ranks(rates, {peer.worker_id: peer.balance.accepted for peer in peers})
    return OwnPoints(
        worker_id=worker_id,
        balance=own.balance,
        per_month=own.per_month,
        median=usual(list(rates.values())),
        rank=ranks.get(worker_id),
    )


def _area(town: str, workers: Sequence[_Worker]) -> AreaPoints:
    return AreaPoints(
        area=town,
        workers=len(workers),
        points=sum(worker.balance.points for worker in workers),
        amount_yuan=sum(worker.balance.amount_yuan for worker in workers),
        accepted=sum(worker.balance.accepted for worker in workers),
        median=usual([worker.per_month for worker in workers]),
    )


def _workers(view: View, period: Period, zone: ZoneInfo) -> list[_Worker]:
    end = min(period.end, view.as_of + SECOND)
    entry, worker = points_entry.c, grid_worker.c
    back = func.count(entry.reverses)
    mine = select(worker.worker_id).where(view.scoped(grid_worker))
    sums = (
        select(
            entry.worker_id,
            func.coalesce(func.sum(entry.points), 0.0).label("points"),
            func.coalesce(func.sum(entry.amount_yuan), 0.0).label("amount"),
            (func.count() - 2 * back).label("accepted"),
        )
        .where(entry.at >= period.start, entry.at < end, entry.worker_id.in_(mine))
        .group_by(entry.worker_id)
    )
    balances = {row.worker_id: row for row in view.connection.execute(sums)}
    known = select(grid_worker).where(view.scoped(grid_worker))
    first, last = local_day(period.start, zone), local_day(end - SECOND, zone)
    return [
        _Worker(row.worker_id, row.township_code, days, _balance(balances.get(row.worker_id)))
        for row in view.connection.execute(known.order_by(worker.worker_id))
        if (days := _days(row.on_duty_from, row.on_duty_until, first, last)) > 0
    ]


def _balance(row: Row[tuple[object, ...]] | None) -> Balance:
    if row is None:
        return Balance(points=0.0, amount_yuan=0.0, accepted=0)
    return Balance(points=float(row.points), amount_yuan=float(row.amount), accepted=row.accepted)


def _days(begins: date | None, ends: date | None, first: date, last: date) -> int:
    """Count the days of a period on which a worker was on duty."""
    start = first if begins is None else max(begins, first)
    stop = last if ends is None else min(ends, last)
    return (stop - start).days + 1
