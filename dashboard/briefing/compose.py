"""Compose a briefing from the catalogue's figures: one issue, one moment, one read transaction."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, select

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.case_line import Turn, Turned
from dashboard.briefing.issue import Cycle, Issue
from dashboard.briefing.key_cases import read_key_cases, read_key_moves
from dashboard.briefing.lines import ids_of, lines_of, table_of
from dashboard.briefing.matter import Hotspot, MatterKind
from dashboard.briefing.morning import Today
from dashboard.briefing.orders import read_waiting
from dashboard.briefing.propose import propose
from dashboard.briefing.read_added import read_added
from dashboard.briefing.read_besides import (
    read_decisions,
    read_duty_lines,
    read_hazard_moves,
    read_intelligence,
    read_lists,
)
from dashboard.briefing.read_field_work import read_calls, read_inspections
from dashboard.briefing.read_overall import STOCKS, cells_of, read_overall
from dashboard.briefing.read_situation_lines import read_situation_lines
from dashboard.briefing.read_units import read_units
from dashboard.briefing.since import State, newly_quiet, read_denied, read_state, turns
from dashboard.briefing.spans import Spans
from dashboard.briefing.unit_line import Orders
from dashboard.calendar import local_day, start_of
from dashboard.cases.rules import Rules
from dashboard.centre import Centre
from dashboard.database.tables import case_event
from dashboard.figures import conditions
from dashboard.figures.catalogue.due import PENDING
from dashboard.figures.catalogue.flow import RECEIVED
from dashboard.figures.catalogue.league import UNIT_RETURN_RATE
from dashboard.figures.catalogue.stock import AWAITS_FOLLOW_UP, KEY_CASES, OVERDUE
from dashboard.figures.cell import Cell
from dashboard.figures.figure import Figure
from dashboard.figures.measure import measure
from dashboard.figures.period import SECOND, Period
from dashboard.figures.reach import oldest_case
from dashboard.figures.view import View, view_at
from dashboard.league.rules import rule_version
from dashboard.signals.read_hotspots import read_hotspots
from dashboard.snapshots.read_place import Known, read_directory, read_fact
from dashboard.snapshots.read_sources import read_feeds
from dashboard.terms import AreaLevel, Colour

ROWS = 300
"""So many cases a table of the briefing lists at most; its total is the figure's."""

BUSIEST = 3

Cells = dict[Figure, Cell]


def compose(connection: Connection, centre: Centre, issue: Issue, as_of: datetime) -> Briefing:
    """Compose an issue from what is known by `as_of` (whole seconds).

    Figures stand as of the span's last second, or of `as_of` while the span runs, so the same call
    gives the same figures whenever it is made. What no event tells is as it stands now: rosters,
    feeds, names. The transaction must show one state to all statements (`engine.reading`).
    """
    known_at = as_of.replace(microsecond=0)
    spans = Spans.of(issue, centre, known_at)
    opening, state = _opening(connection, centre, issue, known_at)

    view = _view(connection, centre, spans.moment, known_at)
    spans = spans.reaching(oldest_case(view))
    directory = read_directory(view, centre.profile, centre.calendar)
    known = Known.of(directory, centre.profile, centre.settings.privacy.sensitive)
    turned = turns(state, read_state(view), read_denied(view, spans.now))
    orders, waiting = _orders(view, spans)
    overall = read_overall(view, centre, spans, opening, known)
    hotspots = _hotspots(view, centre)
    late_keys = ids_of(view, KEY_CASES, conditions.overdue(view.cases, view.as_of))
    reds = [one for one, turn in turned.items() if turn is Turn.RED]
    lines = lines_of(view, {*turned, *late_keys, *waiting})
    sources = read_feeds(view, centre.calendar, centre.settings.feeds.silence_p)
    due_today = _today(view, centre)
    longer = issue.cycle is not Cycle.DAILY
    townships, departments = read_units(view, centre, spans, directory, with_awards=longer)
    due = measure(view, (PENDING,), (), due_today)[PENDING].get((), Cell()).numerator
    stocks = cells_of(view, (AWAITS_FOLLOW_UP,))
    return Briefing(
        issue=issue,
        as_of=view.as_of,
        known_at=known_at,
        synthetic=read_fact(connection, "synthetic") is True,
        event_id=_newest_event(connection, known_at),
        rules=rule_version(
            target=centre.settings.wall.target_on_time_rate,
            rank_from_due=centre.settings.wall.rank_from_due,
        ),
        directory=directory,
        overall=overall,
        matters=propose(
            (
                (MatterKind.KEY_CASE, late_keys),
                (MatterKind.NEW_RED, sorted(reds)),
                (MatterKind.UNANSWERED_ORDER, waiting),
            ),
            lines,
            hotspots,
        ),
        situations=read_situation_lines(view, centre, spans),
        intelligence=read_intelligence(view, spans.now),
        overdue=table_of(view, OVERDUE, int(overall.overdue.value or 0), ROWS),
        due_today=table_of(view, PENDING, due, ROWS, due_today),
        key_cases=read_key_cases(view, ROWS),
        hotspots=hotspots,
        busiest=_busiest(view, spans, known),
        hazards=read_hazard_moves(view, spans.now, known),
        townships=townships,
        departments=departments,
        orders=orders,
        decisions=read_decisions(view, issue, known_at),
        today=Today(due=due, follow_ups=stocks[AWAITS_FOLLOW_UP].numerator),
        duty=read_duty_lines(view, issue, _hours(issue.day, centre)),
        sources=sources,
        lists=read_lists(view, spans) if longer else None,
        since=tuple(
            Turned(turn=turn, case=lines[one])
            for turn in Turn
            for one, found in sorted(turned.items())
            if found is turn and one in lines
        ),
        quiet=newly_quiet(sources, issue.start),
        added=read_added(view, issue.cycle, spans, directory, known),
        inspections=read_inspections(view, spans.now),
        key_moves=read_key_moves(view, spans.now),
        calls=read_calls(view, spans.now),
    )


def _view(connection: Connection, centre: Centre, at: datetime, known_at: datetime) -> View:
    def rules() -> Rules:
        return centre.rules_of(connection)

    sensitive = centre.settings.privacy.sensitive
    return view_at(connection, at, rules=rules, known_at=known_at, sensitive=sensitive)


def _opening(
    connection: Connection, centre: Centre, issue: Issue, known_at: datetime
) -> tuple[Cells, State]:
    """Read the stock and its cases as the span began; its view gives way to the next."""
    view = _view(connection, centre, issue.start - SECOND, known_at)
    return cells_of(view, STOCKS), read_state(view)


def _newest_event(connection: Connection, known_at: datetime) -> int | None:
    newest = select(func.max(case_event.c.event_id)).where(case_event.c.recorded_at <= known_at)
    found: int | None = connection.scalar(newest)
    return found


def _orders(view: View, spans: Spans) -> tuple[Orders, list[int]]:
    """Count the orders that wait by colour; return their cases, the longest waiting first."""
    waiting = read_waiting(view)
    colours = [order.colour for orders in waiting.values() for order in orders]
    returned = measure(view, (UNIT_RETURN_RATE,), (), spans.now)[UNIT_RETURN_RATE]
    ids = sorted(waiting, key=lambda one: (waiting[one][0].at, one))
    counts = Orders(
        red=colours.count(Colour.RED),
        yellow=colours.count(Colour.YELLOW),
        blue=colours.count(Colour.BLUE),
        letters=None,
        returned=returned.get((), Cell()).numerator,
        uncoloured=colours.count(None),
    )
    return counts, ids


def _hotspots(view: View, centre: Centre) -> tuple[Hotspot, ...]:
    level = AreaLevel.COUNTY if centre.profile.level == "prefecture" else AreaLevel.TOWNSHIP
    found = read_hotspots(view, centre.calendar, level).findings.for_wall
    return tuple(
        Hotspot(
            area=spot.area,
            category=spot.category,
            cases=spot.count,
            expected=spot.expected,
            ratio=spot.ratio,
            colour=spot.colour,
        )
        for spot in found
        if spot.expected is not None and spot.ratio is not None
    )


def _busiest(view: View, spans: Spans, known: Known) -> tuple[tuple[str | None, int], ...]:
    cells = measure(view, (RECEIVED,), (known.unit,), spans.now)[RECEIVED]
    rows = [(key[0], cell.numerator) for key, cell in cells.items() if known.township(key[0])]
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0]))[:BUSIEST])


def _today(view: View, centre: Centre) -> Period:
    """The local day on which the span ends, from midnight to midnight."""
    return _hours(local_day(view.as_of, centre.zone), centre)


def _hours(day: date, centre: Centre) -> Period:
    return Period(start_of(day, centre.zone), start_of(day + timedelta(days=1), centre.zone))
