"""Reading the page of analyses."""

from dashboard.centre import Centre
from dashboard.drilldown.question import Question
from dashboard.drilldown.signals_page import SignalsPage, TownPoints
from dashboard.figures.view import View
from dashboard.signals.configured import award_rule, points_settings
from dashboard.signals.hotspots import cases_of
from dashboard.signals.read_awards import read_awards
from dashboard.signals.read_hotspots import read_hotspots
from dashboard.signals.read_points import read_points
from dashboard.signals.read_pressure import read_pressure
from dashboard.signals.units import Kind
from dashboard.snapshots.read_place import read_directory
from dashboard.terms import AreaLevel


def read_signals_page(view: View, centre: Centre, question: Question) -> SignalsPage:
    """Read everything the analyses say; scores and points are those of the question's period."""
    prefecture = centre.profile.level == "prefecture"
    level = AreaLevel.COUNTY if prefecture else AreaLevel.TOWNSHIP
    hotspots = read_hotspots(view, centre.calendar, level)
    spots = (*hotspots.findings.graded, *hotspots.findings.top)
    rule = award_rule(view.connection, centre.settings)
    period = question.period.until(view.as_of, centre.zone)
    before = question.period.previous().span(centre.zone)
    scores = {
        kind: None if rule is None else read_awards(view, kind, rule, period, before).scores
        for kind in Kind
    }
    settings = points_settings(view.connection, centre.settings)
    points = read_points(view, settings, period, centre.zone)
    return SignalsPage(
        as_of=view.as_of,
        directory=read_directory(view, centre.profile, centre.calendar),
        week=hotspots.windows.current,
        holiday=hotspots.windows.holiday,
        hotspots=hotspots.findings,
        cases_of={spot: cases_of(spot.area, spot.category) for spot in spots},
        pressure=read_pressure(view, centre.profile, centre.calendar).areas,
        townships=scores[Kind.TOWNSHIPS],
        departments=scores[Kind.DEPARTMENTS],
        points=None
        if not points.configured
        else tuple(
            TownPoints(
                area=one.area,
                workers=one.workers,
                points=one.points,
                amount_yuan=one.amount_yuan,
                median=one.median,
            )
            for one in points.areas
        ),
    )
