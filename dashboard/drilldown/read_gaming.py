"""Read the signs of gaming and tell which units stand out."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from dashboard.calendar import local_day, month_start, next_month_start, start_of
from dashboard.drilldown.gaming import MONTH_END, SIGNS, Gaming, GamingLine, Mark, Sign
from dashboard.drilldown.read_league import ALL, Asked, by_unit, measured, share_of
from dashboard.figures.catalogue.flow import FINISHED
from dashboard.figures.measure import Cell
from dashboard.figures.period import SECOND, Period
from dashboard.figures.view import View
from dashboard.league.flow import Code
from dashboard.league.interval import Z_998, Share, change
from dashboard.league.ranking import NEVER_BELOW

LAST_DAYS = timedelta(days=2)
"""What counts as the end of a month."""

FEWEST = 2 * NEVER_BELOW
"""With fewer cases on either side nobody stands out."""


def read_gaming(view: View, asked: Asked, zone: ZoneInfo) -> Gaming:
    """Read the shares of every sign and compare each unit with all others together."""
    figures = [sign.figure for sign in SIGNS if sign.figure is not None]
    cells = measured(view, asked, figures, asked.period)
    shares: dict[str, dict[Code, Share]] = {
        figure.id: {code: share_of(cell) for code, cell in found.items()}
        for figure, found in cells.items()
    }
    shares[MONTH_END] = _month_ends(view, asked, zone)
    nothing = Share(0, 0)
    return Gaming(
        kind=asked.kind,
        start=asked.period.start,
        end=asked.period.end,
        as_of=view.as_of,
        lines=tuple(
            GamingLine(
                code=code,
                marks=tuple(
                    mark(sign, shares[sign.id].get(code, nothing), shares[sign.id][ALL])
                    for sign in SIGNS
                ),
            )
            for code in asked.units
        ),
        total=tuple(shares[sign.id][ALL] for sign in SIGNS),
    )


def mark(sign: Sign, share: Share, whole: Share) -> Mark:
    """Compare a unit with the rest of its kind; only a difference beyond 99.8 % stands out."""
    others = Share(whole.k - share.k, whole.n - share.n)
    comparable = min(share.n, others.n) >= FEWEST
    return Mark(share, comparable and change(share, others, Z_998) == (-1 if sign.low else 1))


def month_ends(period: Period, zone: ZoneInfo) -> Iterator[Period]:
    """Yield the last days of every month that ends within the period."""
    month = month_start(period.start, zone)
    while (end := next_month_start(month, zone)) <= period.end:
        last = local_day(end - SECOND, zone)
        first = start_of(last - LAST_DAYS + timedelta(days=1), zone)
        yield Period(max(first, period.start), end)
        month = end


def _month_ends(view: View, asked: Asked, zone: ZoneInfo) -> dict[Code, Share]:
    """Count closings in the last days of months among all; nothing where no month ends."""
    closed = measured(view, asked, (FINISHED,), asked.period)[FINISHED]
    ends = [
        measured(view, asked, (FINISHED,), span)[FINISHED]
        for span in month_ends(asked.period, zone)
        if span.end <= view.as_of + SECOND
    ]
    if not ends:
        return by_unit(asked, {}, lambda _: Share(0, 0))
    return {
        code: Share(sum(end.get(code, Cell()).numerator for end in ends), cell.numerator)
        for code, cell in closed.items()
    }
