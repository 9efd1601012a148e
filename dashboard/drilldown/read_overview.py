"""Reading a leader's page: one subject, its peers and what lies below it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from dashboard.calendar import local_day
from dashboard.centre import Centre
from dashboard.drilldown.against import Against
from dashboard.drilldown.overview import (
    Below,
    Misses,
    Overview,
    Standing,
)
from dashboard.drilldown.question import Question
from dashboard.drilldown.read_accepted import Accepted, read_accepted
from dashboard.drilldown.read_against import read_comparison
from dashboard.drilldown.read_beside import read_beside
from dashboard.drilldown.read_case_rows import stock_rows
from dashboard.drilldown.read_hazards import read_hazards
from dashboard.drilldown.read_key_cases import read_key_cases
from dashboard.drilldown.read_today import read_intake
from dashboard.drilldown.read_trends import DAYS, OnTimeIn, read_daily, read_monthly
from dashboard.drilldown.subject import Subject
from dashboard.figures.catalogue.due import ON_TIME_RATE, PENDING
from dashboard.figures.catalogue.flow import CALLED, FINISHED, RECEIVED, RESOLVED
from dashboard.figures.catalogue.league import HELD_TIME, UNCLAIMED_TIME
from dashboard.figures.catalogue.levels import GRASSROOTS_SHARE, TOWNSHIP_SHARE, VILLAGE_SHARE
from dashboard.figures.catalogue.rates import (
    FOLLOW_UP_RATE,
    RATING_RATE,
    RETURN_RATE,
    SATISFACTION_RATE,
)
from dashboard.figures.catalogue.stock import (
    AWAITS_FOLLOW_UP,
    IN_HAND,
    OVERDUE,
    RED,
    SUPERVISED,
    YELLOW,
)
from dashboard.figures.catalogue.times import HANDLING_TIME
from dashboard.figures.cell import Cell
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.comparison import Change, change
from dashboard.figures.dimension import DEPARTMENT, Dimension
from dashboard.figures.figure import Figure
from dashboard.figures.measure import measure, total
from dashboard.figures.people import persons
from dashboard.figures.period import Period
from dashboard.figures.population import DUE
from dashboard.figures.unit import Unit
from dashboard.figures.view import View
from dashboard.league.ranking import Unit as Ranked
from dashboard.league.ranking import ranking
from dashboard.snapshots.read_place import read_directory
from dashboard.terms import AreaLevel

FLOWS = (
    FINISHED, RESOLVED, SATISFACTION_RATE, RATING_RATE, FOLLOW_UP_RATE, RETURN_RATE,
    VILLAGE_SHARE, TOWNSHIP_SHARE, GRASSROOTS_SHARE, HANDLING_TIME,
)  # fmt: skip
STOCKS = (IN_HAND, OVERDUE, RED, YELLOW, AWAITS_FOLLOW_UP, SUPERVISED)
HELD = (HELD_TIME, UNCLAIMED_TIME)
COMPARED = (RECEIVED, IN_HAND, OVERDUE, ON_TIME_RATE, SATISFACTION_RATE, HANDLING_TIME)
SHOWN_BELOW = (IN_HAND, OVERDUE)

ROWS = 8


def read_overview(
    view: View,
    centre: Centre,
    question: Question,
    subject: Subject,
    wanted: Against = Against.PREVIOUS,
) -> Overview:
    """Read the page of a subject compared with what is wanted; `view` carries its filters."""
    zone, period = centre.zone, question.period
    own = view.narrowed(replace(view.filters, **subject.own))
    group = view
    if subject.parent is not None:
        group = view.narrowed(replace(view.filters, area=subject.parent))
    now, whole = period.until(view.as_of, zone), period.span(zone)
    compared_with = read_comparison(view, zone, period, wanted)
    before = compared_with.before
    due = _due(own, subject, whole)
    on_time = _on_time(own, whole, due)
    accepted = read_accepted(own, subject.below, now, before)
    cells = {RECEIVED.id: accepted.cell} | _cells(own, now)
    cells[ON_TIME_RATE.id] = total(due.values())
    today = PeriodChoice.containing(PeriodKind.DAY, local_day(view.as_of, zone)).span(zone)
    cells[CALLED.id] = measure(own, (CALLED,), (), now)[CALLED].get((), Cell())
    cells[PENDING.id] = measure(own, (PENDING,), (), today)[PENDING].get((), Cell())
    alone = len(subject.peers) < 2
    compared = {} if alone else _by_unit(group, COMPARED, subject.among, now, whole)
    watched = _watched(subject, centre) if period.is_running(view.as_of, zone) else ()
    intake = read_intake(own, DAYS, zone) if watched else None
    return Overview(
        as_of=view.as_of,
        running=period.is_running(view.as_of, zone),
        period=whole,
        level=subject.level,
        name=subject.name,
        parents=subject.parents,
        directory=read_directory(view, centre.profile, centre.calendar),
        target=centre.settings.wall.target_on_time_rate,
        cells=cells,
        changes=_changes(own, cells, accepted, on_time, (now, before)),
        against=compared_with.against,
        offered=compared_with.offered,
        peers=_peers(subject, compared),
        standing=_standing(subject, compared, centre),
        daily=read_daily(own, group, subject, centre, intake),
        monthly=read_monthly(on_time, own.as_of, centre.zone, period),
        categories=accepted.categories,
        situations=accepted.situations,
        below=_below(own, subject, accepted, due),
        misses=_misses(subject, due),
        hazards=read_hazards(own),
        key_cases=read_key_cases(own),
        open_rows=stock_rows(own, IN_HAND, ROWS),
        persons=persons(own, RECEIVED, now),
        made_of=accepted.made_of(centre.settings.privacy.sensitive),
        sensitive=centre.settings.privacy.sensitive,
        today=tuple(intake.today(code, compared_with.since) for code in watched) if intake else (),
        beside=read_beside(view, subject, now, cells[IN_HAND.id].numerator, zone),
    )


Due = Mapping[tuple[str | None, str | None], Cell]
"""What fell due in the whole period, by department and part below."""


def _due(own: View, subject: Subject, whole: Period) -> Due:
    by = (DEPARTMENT,) if subject.below is None else (DEPARTMENT, subject.below)
    found = measure(own, (ON_TIME_RATE,), by, whole)[ON_TIME_RATE]
    return {(unit, code[0] if code else None): cell for (unit, *code), cell in found.items()}


def _on_time(view: View, whole: Period, due: Due) -> OnTimeIn:
    """Return what measures the rate of a period; what `due` tells already is not read again."""

    @cache
    def measured(period: Period) -> Cell:
        if period == whole:
            return total(due.values()) + Cell(0, 0)
        return measure(view, (ON_TIME_RATE,), (), period)[ON_TIME_RATE].get((), Cell(0, 0))

    return measured


def _cells(view: View, now: Period) -> dict[str, Cell]:
    found = {
        **measure(view, FLOWS, (), now),
        **measure(view, STOCKS),
        **measure(view, HELD, (), now),
    }
    return {figure.id: cells.get((), Cell()) for figure, cells in found.items()}


def _changes(
    view: View,
    cells: Mapping[str, Cell],
    accepted: Accepted,
    on_time: OnTimeIn,
    periods: tuple[Period, Period],
) -> dict[str, Change]:
    """Compare flows and rates with the span before.

    What falls due is counted to the period's end in `cells`, so it is counted to now once more.
    """
    now, before = periods
    measured = measure(view, (FINISHED, SATISFACTION_RATE), (), before)
    then = {RECEIVED: accepted.cell_before}
    then |= {figure: by_key.get((), Cell()) for figure, by_key in measured.items()}
    then[ON_TIME_RATE] = on_time(before)
    found = {**cells, ON_TIME_RATE.id: on_time(now)}
    return {
        figure.id: change(found[figure.id], cell, share=figure.unit is Unit.SHARE)
        for figure, cell in then.items()
    }


def _by_unit(
    view: View, figures: Sequence[Figure], by: Dimension, now: Period, whole: Period
) -> dict[str, dict[str | None, Cell]]:
    """Measure by unit: what falls due over the whole period, other flows until now."""
    due = [figure for figure in figures if figure.population is DUE]
    flows = [figure for figure in figures if figure.population is not DUE]
    found = {**measure(view, flows, (by,), now), **measure(view, due, (by,), whole)}
    return {figure.id: {key[0]: cell for key, cell in found[figure].items()} for figure in figures}


def _peers(
    subject: Subject, compared: Mapping[str, Mapping[str | None, Cell]]
) -> dict[str, tuple[Cell, ...]]:
    others = [name.code for name in subject.peers if name.code != subject.name.code]
    return {
        figure: tuple(cells.get(code, Cell()) for code in others)
        for figure, cells in compared.items()
    }


def _standing(
    subject: Subject, compared: Mapping[str, Mapping[str | None, Cell]], centre: Centre
) -> Standing | None:
    if len(subject.peers) < 2 or not subject.competes:
        return None
    cells = compared[ON_TIME_RATE.id]
    units = [
        Ranked(name.code, cell.numerator, cell.denominator or 0)
        for name in subject.peers
        for cell in (cells.get(name.code, Cell(0, 0)),)
    ]
    wall = centre.settings.wall
    found = ranking(units, target=wall.target_on_time_rate, rank_from_due=wall.rank_from_due)
    row = next(row for row in found.rows if row.code == subject.name.code)
    return Standing(
        compared=sum(one.first is not None or not found.significant for one in found.rows),
        significant=found.significant,
        first=row.first,
        last=row.last,
        below_target=row.below_target,
    )


def _watched(subject: Subject, centre: Centre) -> tuple[str, ...]:
    """Return the situations a page watches: all of the county, or the one it is about."""
    if "situations" in subject.own:
        return (subject.name.code,)
    if subject.level is not AreaLevel.COUNTY:
        return ()
    return tuple(str(code) for code in centre.profile.situations)


def _below(own: View, subject: Subject, accepted: Accepted, due: Due) -> tuple[Below, ...]:
    if subject.below is None:
        return ()
    stocks = measure(own, SHOWN_BELOW, (subject.below,))
    found = {figure.id: {key[0]: cell for key, cell in stocks[figure].items()} for figure in stocks}
    found[RECEIVED.id] = {code: Cell(count) for code, count in accepted.parts.items()}
    on_time: dict[str | None, Cell] = {}
    for (_, code), cell in due.items():
        on_time[code] = on_time.get(code, Cell(0, 0)) + cell
    found[ON_TIME_RATE.id] = on_time
    return tuple(
        Below(
            name=name,
            cells={figure: cells.get(name.code, Cell()) for figure, cells in found.items()},
            population=inhabitants,
        )
        for name, inhabitants in subject.parts
    )


def _misses(subject: Subject, due: Due) -> Misses:
    if subject.below is None:
        return Misses(departments=(), areas=(), cells={})
    known = {name.code for name, _ in subject.parts}
    cells: dict[tuple[str | None, str | None], Cell] = {}
    for (unit, code), cell in due.items():
        place = (unit, code if code in known else None)
        missed = Cell((cell.denominator or 0) - cell.numerator, cell.denominator)
        cells[place] = cells.get(place, Cell(0, 0)) + missed
    areas: list[str | None] = [name.code for name, _ in subject.parts]
    if any(code is None for _, code in cells):
        areas.append(None)
    units = {unit for (unit, _), cell in cells.items() if cell.denominator}

    def most_missed(unit: str | None) -> tuple[int, str]:
        return -sum(cell.numerator for (one, _), cell in cells.items() if one == unit), unit or ""

    return Misses(
        departments=tuple(sorted(units, key=most_missed)), areas=tuple(areas), cells=cells
    )
