"""What came in and went out in an issue's span, each number beside the period before."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.briefing.overall import Flow, Number, Overall
from dashboard.briefing.spans import Spans
from dashboard.centre import Centre
from dashboard.figures.catalogue.due import ON_TIME_RATE
from dashboard.figures.catalogue.flow import FINISHED, RECEIVED
from dashboard.figures.catalogue.rates import (
    FIRST_DISPATCH_ACCURACY,
    FOLLOW_UP_RATE,
    SAME_DAY_RATE,
    SATISFACTION_RATE,
)
from dashboard.figures.catalogue.stock import IN_HAND, OVERDUE
from dashboard.figures.cell import Cell
from dashboard.figures.comparison import Change, change
from dashboard.figures.dimension import CHANNEL, LEVEL
from dashboard.figures.figure import Figure
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.unit import Unit
from dashboard.figures.view import View
from dashboard.league.balance import total
from dashboard.league.flow import TOWNSHIPS, read_flows
from dashboard.snapshots.read_place import Known
from dashboard.terms import Channel, Level

FLOWS = (
    RECEIVED,
    FINISHED,
    ON_TIME_RATE,
    SATISFACTION_RATE,
    FOLLOW_UP_RATE,
    SAME_DAY_RATE,
    FIRST_DISPATCH_ACCURACY,
)
STOCKS = (IN_HAND, OVERDUE)

Cells = Mapping[Figure, Cell]


@dataclass(frozen=True, slots=True)
class Counted:
    """Figures in the span and in those it is compared with; `year` is empty for a daily issue."""

    now: Cells
    before: Cells
    year: Cells

    def number(self, figure: Figure) -> Number:
        """Write a figure: a count, or a share of so many."""
        share = figure.unit is Unit.SHARE
        now, year = self.now[figure], self.year.get(figure)
        return Number(
            figure=figure.id,
            value=now.ratio if share else now.numerator,
            of=now.denominator if share else None,
            change=change(now, self.before[figure], share=share),
            year=None if year is None else change(now, year, share=share),
        )

    def count(self, figure: Figure) -> Number:
        """Write how many cases a share counts."""
        now, year = Cell(self.now[figure].numerator), self.year.get(figure)
        return Number(
            figure=figure.id,
            value=now.numerator,
            change=change(now, Cell(self.before[figure].numerator), share=False),
            year=None if year is None else change(now, Cell(year.numerator), share=False),
        )


def cells_of(
    view: View, figures: tuple[Figure, ...], period: Period | None = None
) -> dict[Figure, Cell]:
    """Measure figures as a whole; a rate without cases is 0 of 0."""
    found = measure(view, figures, (), period)
    return {figure: cells.get((), Cell(0, 0)) for figure, cells in found.items()}


def read_overall(view: View, centre: Centre, spans: Spans, stocks: Cells, known: Known) -> Overall:
    """Read the overall figures; `stocks` are those in hand when the span began."""
    now = cells_of(view, FLOWS, spans.now) | cells_of(view, STOCKS)
    now |= cells_of(view, (ON_TIME_RATE,), spans.whole)  # what was due late in it may be met early
    before = cells_of(view, FLOWS, spans.before) | dict(stocks)
    year = {} if spans.year is None else cells_of(view, FLOWS, spans.year)
    counted = Counted(now, before, year)
    so_far = cells_of(view, (RECEIVED,), spans.so_far)[RECEIVED]
    channels = measure(view, (RECEIVED,), (CHANNEL,), spans.now)[RECEIVED]
    levels = measure(view, (IN_HAND,), (LEVEL,))[IN_HAND]
    late = measure(view, (OVERDUE,), (known.unit,))[OVERDUE]
    by_level = {key[0]: cell.numerator for key, cell in levels.items()}
    return Overall(
        accepted=counted.number(RECEIVED),
        closed=counted.number(FINISHED),
        in_hand=counted.number(IN_HAND),
        overdue=counted.number(OVERDUE),
        on_time=counted.number(ON_TIME_RATE),
        target=centre.settings.wall.target_on_time_rate,
        accepted_so_far=Number(
            figure=RECEIVED.id,
            value=so_far.numerator,
            year=_on_year(view, so_far, spans),
        ),
        closed_same_day=counted.count(SAME_DAY_RATE),
        followed_up=counted.count(FOLLOW_UP_RATE),
        satisfied=counted.number(SATISFACTION_RATE),
        first_dispatch=counted.number(FIRST_DISPATCH_ACCURACY),
        flow=_flow(view, spans),
        channels=tuple(
            sorted(
                ((Channel(key[0]), cell.numerator) for key, cell in channels.items()),
                key=lambda one: (-one[1], list(Channel).index(one[0])),
            )
        ),
        levels=tuple((level, by_level[level]) for level in (*Level, None) if by_level.get(level)),
        most_overdue=_most({known.township(key[0]): cell.numerator for key, cell in late.items()}),
    )


def _on_year(view: View, so_far: Cell, spans: Spans) -> Change | None:
    if spans.so_far_year is None:
        return None
    a_year_ago = cells_of(view, (RECEIVED,), spans.so_far_year)[RECEIVED]
    return change(so_far, a_year_ago, share=False)


def _flow(view: View, spans: Spans) -> Flow:
    """Add the units' flows up; what went from one to another cancels out."""
    whole = total(read_flows(view, TOWNSHIPS, spans.now).values())
    return Flow(
        opening=whole.opening,
        accepted=whole.received,
        reopened=whole.reopened,
        left=whole.merged + whole.dropped + whole.closed,
        closing=whole.closing,
    )


def _most(counts: Mapping[str | None, int]) -> tuple[str | None, int] | None:
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0] or ""))
    return rows[0] if rows and rows[0][1] else None
