"""What came and went over time, and the finding in it."""

from dash.development.base_component import Component

from dashboard.drilldown.overview import Daily
from dashboard.league.interval import wilson
from layouts import format as fmt
from layouts.desk.card import card
from layouts.desk.trend import Series, Trend, trend
from layouts.overview.drawn import Drawn
from layouts.words import Words

WEEK = 7


def daily(drawn: Drawn) -> Component:
    """Accepted and closed cases of the last 30 days over the middle half of the peers."""
    words, found = drawn.words, drawn.page.daily
    chart = Trend(
        days=[f"{day.month}/{day.day}" for day in found.days],
        series=[
            _series(words.text("overview.accepted"), found.accepted),
            _series(words.text("overview.closed"), found.closed, dashed=True),
        ],
        band=found.band,
    )
    note = words.text("overview.daily.note")
    if found.band:
        note = words.text("overview.daily.note.band")
    title = words.text(f"overview.daily.{finding(found)}")
    drawing = trend(
        chart, description=f"{title}. {note}", table_label=words.text("overview.as_table")
    )
    return card(title, note, drawing)


def finding(found: Daily) -> str:
    """Tell what the last week says: "rising", "falling" or "steady" stock.

    The stock rises when in the last seven full days more was accepted than closed by more than a
    tenth of what was accepted (and at least three cases).
    """
    accepted, closed = (sum(line[-WEEK - 1 : -1]) for line in (found.accepted, found.closed))
    threshold = max(3, accepted // 10)
    if accepted - closed >= threshold:
        return "rising"
    return "falling" if closed - accepted >= threshold else "steady"


def on_time(drawn: Drawn) -> Component:
    """The on-time rate of twelve months with its interval and the target."""
    words, page = drawn.words, drawn.page
    cells = page.monthly.cells
    band = [
        tuple(100 * edge for edge in wilson(cell.numerator, cell.denominator))
        if cell.denominator
        else None
        for cell in cells
    ]
    chart = Trend(
        days=[_month(month.month, words) for month in page.monthly.months],
        series=[
            Series(
                label="",
                values=[None if cell.ratio is None else 100 * cell.ratio for cell in cells],
                written=[fmt.rate(cell.numerator, cell.denominator or 0) for cell in cells],
            )
        ],
        band=[(pair[0], pair[1]) if pair else None for pair in band],
        low=_low(band),
        high=100,
        target=None if page.target is None else 100 * page.target,
        target_label="" if page.target is None else words.text(
            "overview.target", t=fmt.share(page.target)
        ),
    )  # fmt: skip
    title, note = words.text("overview.on_time"), words.text("overview.on_time.note")
    drawing = trend(
        chart, description=f"{title}. {note}", table_label=words.text("overview.as_table")
    )
    return card(title, note, drawing)


def _low(band: list[tuple[float, ...] | None]) -> float:
    """Begin the scale at a full ten below the lowest interval."""
    return min([70.0, *(pair[0] // 10 * 10 for pair in band if pair)])


def _month(number: int, words: Words) -> str:
    return words.text("overview.month", m=words.text(f"month.{number}"))


def _series(label: str, values: tuple[int, ...], *, dashed: bool = False) -> Series:
    return Series(label=label, values=values, written=[str(one) for one in values], dashed=dashed)
