"""Read the whole board: one instant, one read transaction."""

from datetime import datetime

from sqlalchemy import Connection

from dashboard.calendar import WorkCalendar, local_day
from dashboard.cases.rules import Rules, case_rules
from dashboard.figures.catalogue.flow import HANDED_OVER
from dashboard.figures.catalogue.stock import IN_HAND, OVERDUE, SUPERVISED
from dashboard.figures.dimension import DEPARTMENT
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.view import View, view_at
from dashboard.profile import Profile
from dashboard.settings import Settings
from dashboard.snapshots import read_flow, read_lists, read_place, read_situations, read_stock
from dashboard.snapshots.board import Board, Day, League, Moves, Tallies
from dashboard.snapshots.league_table import league_table
from dashboard.snapshots.read_place import Known
from dashboard.snapshots.read_sources import read_feeds


def read_board(  # noqa: PLR0913 -- the centre, and two instants
    connection: Connection,
    *,
    profile: Profile,
    settings: Settings,
    calendar: WorkCalendar,
    as_of: datetime,
    known_at: datetime | None = None,
) -> Board:
    """Read every figure of the wall as of an instant (whole seconds), as known by `known_at`.

    The caller's transaction must show one state to all statements (`engine.reading`).
    """

    def rules() -> Rules:
        own = read_place.read_fact(connection, "deadlines")
        return case_rules(settings, profile, calendar, own or ())

    view, zone = view_at(connection, as_of, rules=rules, known_at=known_at), calendar.zone
    day = read_place.read_day(view.as_of, calendar)
    directory = read_place.read_directory(view, profile, calendar)
    known = Known.of(directory, profile, settings.privacy.sensitive)
    stock = read_stock.read_stock(view)
    intake = read_situations.read_intake(view, zone)
    situations = read_situations.read_situations(view, intake, profile.situations, zone, known)
    closed, kept = read_flow.read_closed(view, zone), read_flow.read_kept(view, zone)
    townships, departments = read_flow.read_cohorts(view, (known.unit, DEPARTMENT), zone)
    accepted = intake.tally
    return Board(
        as_of=view.as_of,
        profile=profile.id,
        synthetic=read_place.read_fact(connection, "synthetic") is True,
        day=day,
        directory=directory,
        tallies=Tallies(
            accepted=accepted,
            closed=closed,
            open=kept.stock("open", stock.count(IN_HAND)),
            overdue=kept.stock("overdue", stock.count(OVERDUE)),
            on_time=read_flow.summed(townships.values()),
            on_time_trend=read_flow.read_on_time_trend(view, zone),
            target=settings.wall.target_on_time_rate,
        ),
        situations=situations,
        unclassified=accepted.value - sum(situation.cases for situation in situations),
        stages=stock.stages(profile, closed.value),
        supervised=stock.count(SUPERVISED),
        supervision_label=profile.supervision_label or "",
        warnings=stock.warnings(view, known),
        hazards=read_stock.read_hazards(view, known),
        townships=read_stock.read_townships(view, directory, known),
        league=League(
            townships=league_table(directory.townships, townships, settings.wall),
            departments=league_table(directory.departments, departments, settings.wall),
        ),
        moves=_moves(view, Period(intake.days.midnights[-1], intake.days.end), known),
        duty=read_place.read_duty(view),
        sources=read_feeds(view, calendar, settings.feeds.silence_p),
        provisional_years=_provisional_years(view, day, calendar),
    )


def _moves(view: View, today: Period, known: Known) -> Moves:
    counts = measure(view, (HANDED_OVER,), (), today)[HANDED_OVER]
    return Moves(today=counts[()].numerator, rows=read_lists.read_move_rows(view, today, known))


def _provisional_years(view: View, day: Day, calendar: WorkCalendar) -> tuple[int, ...]:
    years = {day.date.year}
    if (span := read_lists.read_provisional_span(view)) is not None:
        first, last = (local_day(instant, calendar.zone).year for instant in span)
        years |= set(range(first, last + 1))
    return tuple(sorted(year for year in years if not calendar.knows(year)))
