"""Read a week of the roster."""

from dashboard.calendar import local_day, start_of
from dashboard.centre import Centre
from dashboard.duty.roster import read_shift, read_shifts
from dashboard.duty.week import DutyWeek
from dashboard.figures.choice import DAY, PeriodChoice, PeriodKind
from dashboard.figures.view import View
from dashboard.snapshots.read_place import read_directory


def read_week(
    view: View, centre: Centre, asked: PeriodChoice, number: int | None
) -> DutyWeek | None:
    """Read the week asked for, today's where no week is, or that of a shift; None without it.

    No event tells of rosters: also of a past moment a week is read as it stands now.
    """
    today = local_day(view.as_of, centre.zone)
    chosen = None if number is None else read_shift(view.connection, number)
    if number is not None and chosen is None:
        return None
    week = asked
    if chosen is not None or asked.kind is not PeriodKind.WEEK:
        week = PeriodChoice.containing(PeriodKind.WEEK, today if chosen is None else chosen.day)
    start, end = start_of(week.first, centre.zone), start_of(week.last + DAY, centre.zone)
    shifts = read_shifts(view.connection, start, end)
    return DutyWeek(
        today=today,
        week=week,
        shifts=tuple(one for one in shifts if week.first <= one.day <= week.last),
        chosen=chosen,
        directory=read_directory(view, centre.profile, centre.calendar),
    )
