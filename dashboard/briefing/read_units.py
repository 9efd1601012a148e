"""Townships and departments: the span, the stock, the month so far."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.briefing.overall import Number
from dashboard.briefing.spans import Spans
from dashboard.briefing.unit_line import UnitLine
from dashboard.centre import Centre
from dashboard.drilldown.league import League
from dashboard.drilldown.league_units import Asked, hands_of
from dashboard.drilldown.read_league import read_league
from dashboard.figures.catalogue.due import ON_TIME_RATE
from dashboard.figures.catalogue.flow import RECEIVED
from dashboard.figures.catalogue.stock import IN_HAND, OVERDUE
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.measure import measure
from dashboard.figures.view import View
from dashboard.league.kind import Kind
from dashboard.signals import units as signal_units
from dashboard.signals.awards import Award
from dashboard.signals.read_awards import read_awards
from dashboard.snapshots.board import Directory

AWARDS = {Award.GOOD: "flag", Award.SLOW: "snail"}

Counts = Mapping[str | None, int]


def read_units(
    view: View, centre: Centre, spans: Spans, directory: Directory, *, with_awards: bool
) -> tuple[tuple[UnitLine, ...], tuple[UnitLine, ...]]:
    """Read townships and departments, best band first; what nobody has stands last."""
    found = []
    for kind in Kind:
        names = directory.townships if kind is Kind.TOWNSHIPS else directory.departments
        codes = tuple(name.code for name in names)
        asked = Asked.of(centre, kind, codes, spans.month)
        # a month that begins at midnight, as on the pages, without the month before
        league = read_league(view, replace(asked, before=None))
        awards = _awards(view, centre, kind, spans) if with_awards else {}
        found.append(_lines(view, league, spans, codes, awards))
    return found[0], found[1]


def _lines(
    view: View,
    league: League,
    spans: Spans,
    codes: Sequence[str],
    awards: Mapping[str, str],
) -> tuple[UnitLine, ...]:
    by = hands_of(league.kind, codes).unit
    flows = measure(view, (RECEIVED,), (by,), spans.now)[RECEIVED]
    stock = measure(view, (IN_HAND, OVERDUE), (by,))
    accepted, in_hand, overdue = (
        _counts({key[0]: cell.numerator for key, cell in cells.items()}, codes)
        for cells in (flows, stock[IN_HAND], stock[OVERDUE])
    )
    lines = []
    for one in league.lines:
        code, share = one.line.code, one.row.share
        lines.append(
            UnitLine(
                code=code,
                accepted=accepted.get(code, 0),
                in_hand=in_hand.get(code, 0),
                overdue=overdue.get(code, 0),
                on_time=_share(share.k, share.n),
                low=one.row.low if share.n else None,
                high=one.row.high if share.n else None,
                band=one.row.band,
                award=None if code is None else awards.get(code),
            )
        )
    if accepted.get(None) or in_hand.get(None):
        of_nobody = (0, 0) if league.nobody is None else league.nobody.on_time
        lines.append(
            UnitLine(
                code=None,
                accepted=accepted.get(None, 0),
                in_hand=in_hand.get(None, 0),
                overdue=overdue.get(None, 0),
                on_time=_share(*of_nobody),
                low=None,
                high=None,
                band=None,
                award=None,
            )
        )
    return tuple(lines)


def _counts(counts: Counts, codes: Sequence[str]) -> Counts:
    """Gather under None what belongs to no unit that has a name."""
    known = set(codes)
    named: dict[str | None, int] = {code: n for code, n in counts.items() if code in known}
    named[None] = sum(n for code, n in counts.items() if code not in known)
    return named


def _share(k: int, n: int) -> Number:
    return Number(figure=ON_TIME_RATE.id, value=k / n if n else None, of=n)


def _awards(view: View, centre: Centre, kind: Kind, spans: Spans) -> dict[str, str]:
    rule = centre.settings.awards
    if rule is None or centre.profile.level == "prefecture":
        return {}
    choice = spans.month
    if rule.period == "half_month":
        day = spans.moment.astimezone(centre.zone).date()
        choice = PeriodChoice.containing(PeriodKind.HALF_MONTH, min(day, spans.month.last))
    period, before = choice.span(centre.zone), choice.previous().span(centre.zone)
    reading = read_awards(view, signal_units.Kind(kind.value), rule, period, before)
    return {one.unit: AWARDS[one.award] for one in reading.scores if one.award is not None}
