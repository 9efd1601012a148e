"""The five situations over an issue's span, and whether a day is unusual."""

from collections.abc import Mapping
from datetime import timedelta

from dashboard.briefing.overall import Number
from dashboard.briefing.situation_line import SituationLine
from dashboard.briefing.spans import Spans
from dashboard.centre import Centre
from dashboard.figures import dimension, usual
from dashboard.figures.catalogue.flow import RECEIVED
from dashboard.figures.cell import Cell
from dashboard.figures.comparison import change
from dashboard.figures.dimension import SITUATION
from dashboard.figures.measure import Cells, measure
from dashboard.figures.period import Period
from dashboard.figures.view import View
from dashboard.terms import Situation

DAY = timedelta(days=1)


def read_situation_lines(view: View, centre: Centre, spans: Spans) -> tuple[SituationLine, ...]:
    """Count each situation in the profile's order; only a span of one day can be unusual."""

    def counted(period: Period) -> Cells:
        return measure(view, (RECEIVED,), (SITUATION,), period)[RECEIVED]

    now, before = counted(spans.now), counted(spans.before)
    year = None if spans.year is None else counted(spans.year)
    history = _history(view, spans.now)

    def line(code: Situation) -> SituationLine:
        key = (code.value,)
        count, base = now.get(key, Cell()), before.get(key, Cell())
        return SituationLine(
            code=code,
            number=Number(
                figure=RECEIVED.id,
                value=count.numerator,
                change=change(count, base, share=False),
                year=None if year is None else change(count, year.get(key, Cell()), share=False),
            ),
            unusual=usual.unusual(count.numerator, history.get(code.value, ())),
        )

    return tuple(line(code) for code in centre.profile.situations)


def _history(view: View, now: Period) -> Mapping[str, tuple[int, ...]]:
    """Count the statistics days before by situation, from the first that has any case."""
    if now.end - now.start != DAY:
        return {}
    starts = [now.start - DAY * back for back in range(usual.DAYS, 0, -1)]
    cells = measure(
        view, (RECEIVED,), (SITUATION, dimension.spans(starts)), Period(starts[0], now.start)
    )
    counts = {key: cell.numerator for key, cell in cells[RECEIVED].items()}
    first = min((place for _, place in counts), default=len(starts))
    return {
        code: tuple(counts.get((code, place), 0) for place in range(first, len(starts)))
        for code in {code for code, _ in counts}
        if code is not None
    }
