"""Read the signs of gaming and tell which units stand out."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from dashboard.calendar import local_day, month_start, next_month_start, start_of
from dashboard.drilldown.gaming import MONTH_END, SIGNS, Gaming, GamingLine, Mark, Sign
from dashboard.drilldown.league_units import ALL, Asked, by_unit, measured, share_of
from dashboard.figures.catalogue import by_id
from dashboard.figures.catalogue.flow import FINISHED
from dashboard.figures.cell import Cell
from dashboard.figures.period import SECOND, Period
from dashboard.figures.view import View
from dashboard.league.balance import Code
from dashboard.league.interval import TAIL_998, Share, chance_of_at_least
from dashboard.league.ranking import NEVER_BELOW

LAST_DAYS = timedelta(days=2)
"""What counts as the end of a month."""

FEWEST = 2 * NEVER_BELOW
"""With fewer cases on either side nobody stands out."""


def read_gaming(view: View, asked: Asked, zone: ZoneInfo) -> Gaming:
    """Read the shares of every sign and compare each unit with all others together."""
    figures = [by_id(sign.id) for sign in SIGNS if sign.id != MONTH_END]
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
    """Compare a unit with its kind: it stands out when chance hardly deals it such a share."""
    if min(share.n, whole.n - share.n) < FEWEST:
        return Mark(share, stands_out=False)
    if sign.low:
        missed = Share(share.n - share.k, share.n), Share(whole.n - whole.k, whole.n)
        return Mark(share, stands_out=chance_of_at_least(*missed) < TAIL_998)
    return Mark(share, stands_out=chance_of_at_least(share, whole) < TAIL_998)


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
