"""The headline tallies with their changes and trends, and what falls due in the running month."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from dashboard.calendar import hour_start, local_day, month_start, next_month_start, start_of
from dashboard.figures.catalogue.due import ON_TIME_RATE, PENDING
from dashboard.figures.catalogue.flow import FINISHED
from dashboard.figures.cell import Cell
from dashboard.figures.days import Days
from dashboard.figures.dimension import Dimension, spans
from dashboard.figures.measure import measure, total
from dashboard.figures.period import Period, days_until, same_time
from dashboard.figures.view import View
from dashboard.snapshots.board import Board, OnTime, Tally
from dashboard.snapshots.history import boards_at

TREND_DAYS = 14

Cohort: TypeAlias = dict[str | None, OnTime]


@dataclass(frozen=True, slots=True)
class Kept:
    """Stored boards: the one of this hour yesterday, and the last of each earlier trend day."""

    yesterday: Board | None
    evenings: tuple[Board | None, ...]

    def stock(self, name: str, value: int) -> Tally:
        """Build a stock's tally: its past is what was shown then."""
        then = None if self.yesterday is None else _value(self.yesterday, name)
        past = (None if board is None else _value(board, name) for board in self.evenings)
        return Tally(
            value=value, delta=None if then is None else value - then, trend=(*past, value)
        )


def _value(board: Board, name: str) -> int:
    tally: Tally = getattr(board.tallies, name)
    return tally.value


def read_kept(view: View, zone: ZoneInfo) -> Kept:
    """Fetch the boards that stocks are compared with; a day ends with the board of midnight."""
    midnights = days_until(view.as_of, TREND_DAYS, zone)
    evenings = [hour_start(midnight) for midnight in midnights[1:]]
    yesterday = hour_start(same_time(view.as_of, midnights)[-1] - timedelta(seconds=1))
    boards = boards_at(view.connection, (yesterday, *evenings))
    return Kept(boards.get(yesterday), tuple(boards.get(at) for at in evenings))


def flow(days: Days, counts: Mapping[int, int]) -> Tally:
    """Build a flow's tally: today so far, against the same time yesterday."""
    *_, yesterday, today = days.so_far(counts)
    return Tally(value=today, delta=today - yesterday, trend=days.whole(counts)[-TREND_DAYS:])


def read_closed(view: View, zone: ZoneInfo) -> Tally:
    """Count the closures of the trend days."""
    days = Days.until(view.as_of, TREND_DAYS, zone)
    counts = measure(view, (FINISHED,), (days.dimension,), days.period)[FINISHED]
    return flow(days, {place: cell.numerator for (place,), cell in counts.items()})


def read_on_time_trend(view: View, zone: ZoneInfo) -> tuple[float | None, ...]:
    """Rate the cases due on each of the trend days."""
    midnights = days_until(view.as_of, TREND_DAYS, zone)
    tomorrow = start_of(local_day(view.as_of, zone) + timedelta(days=1), zone)
    period = Period(midnights[0], tomorrow)
    cells = measure(view, (ON_TIME_RATE,), (spans(midnights),), period)[ON_TIME_RATE]
    return tuple(cells.get((place,), Cell()).ratio for place in range(TREND_DAYS))


def read_cohorts(view: View, by: Sequence[Dimension], zone: ZoneInfo) -> list[Cohort]:
    """Count what falls due in the running month, by each kind of unit."""
    period = Period(month_start(view.as_of, zone), next_month_start(view.as_of, zone))
    counts = measure(view, (ON_TIME_RATE, PENDING), by, period)
    cohorts: list[Cohort] = [{} for _ in by]
    for units, cell in counts[ON_TIME_RATE].items():
        part = _on_time(cell, counts[PENDING][units].numerator)
        for cohort, unit in zip(cohorts, units, strict=True):
            cohort[unit] = summed((cohort[unit], part)) if unit in cohort else part
    return cohorts


def summed(units: Collection[OnTime]) -> OnTime:
    """Add up units of a cohort: numerators and denominators, never rates."""
    cell = total(Cell(unit.met, unit.due) for unit in units)
    return _on_time(cell, sum(unit.pending for unit in units))


def _on_time(cell: Cell, pending: int) -> OnTime:
    return OnTime(met=cell.numerator, due=cell.denominator or 0, pending=pending, rate=cell.ratio)
