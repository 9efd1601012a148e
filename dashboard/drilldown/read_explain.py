"""Reading an explanation: one figure under one question, part by part."""

from dataclasses import replace

from dashboard.calendar import local_day
from dashboard.centre import Centre
from dashboard.drilldown.behind import ITEMS, behind
from dashboard.drilldown.explain import Explanation, RulesInForce
from dashboard.drilldown.listing import Page
from dashboard.drilldown.question import Question
from dashboard.drilldown.read_clocks import read_clocks
from dashboard.figures.cell import Cell, Spread
from dashboard.figures.choice import PeriodChoice
from dashboard.figures.comparison import Change, change
from dashboard.figures.composition import Composition, Part
from dashboard.figures.figure import Figure
from dashboard.figures.measure import measure
from dashboard.figures.parts import composition
from dashboard.figures.period import SECOND, Period
from dashboard.figures.population import DUE
from dashboard.figures.spread import spreads
from dashboard.figures.unit import Unit
from dashboard.figures.view import View
from dashboard.league.interval import wilson
from dashboard.league.rules import rule_version
from dashboard.snapshots.read_place import read_directory, read_fact

TELLING = (Part.REST, Part.COUNTED, Part.OUTSIDE, Part.EXCLUDED)
"""Which part is shown first: what was missed, else what was counted."""


def read_explanation(  # noqa: PLR0913 -- the number, and which of its rows
    view: View,
    centre: Centre,
    figure: Figure,
    question: Question,
    part: Part | None = None,
    page: Page | None = None,
) -> Explanation:
    """Take a number apart; without `part` the most telling one that holds anything is listed."""
    period = period_of(figure, question, view, centre)
    parts = composition(view, figure, period)
    shown = part or next((one for one in TELLING if parts.count(one)), Part.COUNTED)
    page = page or Page()
    return Explanation(
        figure=figure.id,
        unit=figure.unit,
        source=figure.source,
        rules=_rules(view, centre, figure, period),
        as_of=view.as_of,
        known_at=view.known_at,
        synthetic=read_fact(view.connection, "synthetic") is True,
        directory=read_directory(view, centre.profile, centre.calendar),
        period=period,
        cell=_cell(figure, parts),
        interval=_interval(figure, parts),
        spread=_spread(view, figure, period),
        change=_change(view, centre, figure, question, question.period.previous()),
        year=_change(view, centre, figure, question, question.period.year_before()),
        composition=parts,
        part=shown,
        page=page,
        listing=behind(view, figure, shown, period, page),
    )


def with_clocks(view: View, centre: Centre, found: Explanation) -> Explanation:
    """Add how the deadlines of the listed cases came about; the cost grows with their number."""
    rows = found.listing.cases
    if not rows:
        return found
    return replace(found, clocks=read_clocks(view, rows, centre.rules_of(view.connection)))


def period_of(figure: Figure, question: Question, view: View, centre: Centre) -> Period | None:
    """Return the period a figure is counted over: none for a stock, to its end for what falls due.

    Other flows end with `as_of`: nothing that is known lies beyond it.
    """
    if figure.population.instant is None:
        return None
    zone = centre.zone
    if figure.population is DUE:
        return question.period.span(zone)
    return question.period.until(view.as_of, zone)


def _rules(view: View, centre: Centre, figure: Figure, period: Period | None) -> RulesInForce:
    """Name the rules the number rests on; things that are no cases rest on none."""
    if figure.population.table in ITEMS:
        return RulesInForce()
    last = view.as_of if period is None else min(view.as_of, period.end - SECOND)
    limits = centre.rules_of(view.connection).deadlines
    wall = centre.settings.wall
    league = None
    if figure.unit is Unit.SHARE:
        league = rule_version(target=wall.target_on_time_rate, rank_from_due=wall.rank_from_due)
    return RulesInForce(
        limits=limits.version(local_day(last, centre.zone)) if limits.rules else None,
        league=league,
    )


def _cell(figure: Figure, parts: Composition) -> Cell:
    counted = parts.count(Part.COUNTED)
    if figure.denominator is None:
        return Cell(counted)
    return Cell(counted, counted + parts.count(Part.REST))


def _interval(figure: Figure, parts: Composition) -> tuple[float, float] | None:
    cell = _cell(figure, parts)
    if figure.unit is not Unit.SHARE or not cell.denominator:
        return None
    return wilson(cell.numerator, cell.denominator)


def _spread(view: View, figure: Figure, period: Period | None) -> Spread | None:
    return None if figure.amount is None else spreads(view, figure, (), period).get(())


def _change(
    view: View, centre: Centre, figure: Figure, question: Question, other: PeriodChoice
) -> Change | None:
    """Compare with another period as far as this one has come; stocks and amounts do not."""
    if figure.population.instant is None or figure.amount is not None:
        return None
    zone, period = centre.zone, question.period
    before = period.as_far(other, view.as_of, zone)
    now = period.until(view.as_of, zone)
    cells = [measure(view, (figure,), (), span)[figure].get((), Cell()) for span in (now, before)]
    return change(cells[0], cells[1], share=figure.unit is Unit.SHARE)
