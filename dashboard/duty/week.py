"""A week of the roster, and the shift of it that is looked at."""

from dataclasses import dataclass
from datetime import date

from dashboard.duty.shift import Shift
from dashboard.figures.choice import DAY, PeriodChoice
from dashboard.snapshots.board import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyWeek:
    """The shifts that start in a week, in the order in which they start."""

    today: date
    week: PeriodChoice
    shifts: tuple[Shift, ...]
    chosen: Shift | None
    directory: Directory

    @property
    def days(self) -> tuple[date, ...]:
        """Its seven days."""
        return tuple(self.week.first + DAY * number for number in range(self.week.days))
