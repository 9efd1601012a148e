"""The columns of a league table: what each cell shows and which explanation it opens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.league import RATES, STATES, League, Line, Shown, UnitLine
from dashboard.league.interval import Share
from dashboard.league.kind import Kind
from dashboard.league.ranking import Standing
from layouts import format as fmt
from layouts.desk.controls import figure_link
from layouts.desk.whisker import scale, whisker
from layouts.pages.league_drawn import Drawn

Child: TypeAlias = Component | str


def number(text: str, href: str | None, *, zero: bool) -> Child:
    """A count that opens into its cases; nothing opens into nothing."""
    return text if zero or href is None else figure_link(text, href)


Cell: TypeAlias = Callable[[Drawn, League, UnitLine], Child | Sequence[Child]]
Sum: TypeAlias = Callable[[Drawn, League, Line], Child | Sequence[Child]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, a unit's cell and the cell of all units."""

    name: str
    cell: Cell
    sum: Sum
    head: Callable[[Drawn, League], Child]
    shown: Callable[[League], bool] = lambda _league: True


def _headed(name: str) -> Callable[[Drawn, League], Child]:
    return lambda drawn, _league: drawn.words.text(f"ranking.column.{name}")


def _of_line(name: str, draw: Sum) -> Column:
    """A column that is drawn alike for a unit, nobody and all."""
    return Column(
        name=name,
        cell=lambda drawn, league, one: draw(drawn, league, one.line),
        sum=draw,
        head=_headed(name),
    )


IN_FIGURES = {
    Kind.TOWNSHIPS: {
        "received": "stock_accepted",
        "transferred_in": "transferred_in_township",
        "transferred_out": "transferred_out_township",
    },
    Kind.DEPARTMENTS: {
        "received": "given_to_department",
        "transferred_in": "transferred_in_department",
        "transferred_out": "transferred_out_department",
    },
}
FIGURES = {
    "reopened": "reopened",
    "merged": "stock_merged",
    "dropped": "stock_dropped",
    "closed": "stock_closed",
}
OUT = ("transferred_out", "merged", "dropped", "closed")


def _flow(name: str) -> Column:
    def draw(drawn: Drawn, league: League, line: Line) -> Child:
        count: int = getattr(line.flow, name)
        text = fmt.number(count)
        if name in OUT and count:
            text = fmt.MINUS + text
        return number(text, _flow_link(drawn, league, line, name), zero=count == 0)

    return _of_line(name, draw)


def _flow_link(drawn: Drawn, league: League, line: Line, name: str) -> str | None:
    if not _asks(drawn, league, line):
        return None
    if name == "opening":
        return drawn.explain_at("in_hands", line.code, league.start)
    if name == "closing":
        if league.running:
            return drawn.explain("in_hands", line.code)
        return drawn.explain_at("in_hands", line.code, league.end)
    return drawn.explain((IN_FIGURES[league.kind] | FIGURES)[name], line.code)


def _asks(drawn: Drawn, league: League, line: Line) -> bool:
    """Tell whether a question can name the line: no filter means all units, or no township."""
    if line.code is not None:
        return True
    return line is league.nobody and drawn.page.kind is Kind.DEPARTMENTS


def _figure(drawn: Drawn, league: League, line: Line, figure: str) -> str | None:
    return drawn.explain(figure, line.code) if _asks(drawn, league, line) else None


def _met(drawn: Drawn, league: League, line: Line) -> Child:
    share = line.on_time
    text = f"{share.k:,}/{share.n:,}" if share.n else "0"
    return number(text, _figure(drawn, league, line, "on_time_rate"), zero=not share.n)


def _rate(_drawn: Drawn, _league: League, line: Line) -> Child:
    return fmt.rate(*line.on_time)


def _cleared(drawn: Drawn, league: League, line: Line) -> Child:
    href = _figure(drawn, league, line, "cleared_backlog")
    return number(fmt.number(line.cleared), href, zero=not line.cleared)


def _nothing(_drawn: Drawn, _league: League, _line: Line) -> Child:
    return ""


def _whisker(drawn: Drawn, league: League, one: UnitLine) -> Child:
    row = one.row
    if row.standing is Standing.NOTHING_DUE:
        return drawn.words.text("ranking.nothing_due")
    faint = row.standing is not Standing.RANKED
    title = drawn.words.text(
        "ranking.interval", low=fmt.share(row.low), high=fmt.share(row.high)
    )  # fmt: skip
    drawing = whisker(row.share.rate, (row.low, row.high), league.target, faint=faint)
    return html.Span(drawing, title=title)


def _scale(drawn: Drawn, league: League) -> Child:
    target = "" if league.target is None else fmt.share(league.target)
    return scale(drawn.words.text("ranking.target", t=target), league.target)


def _range(drawn: Drawn, _league: League, one: UnitLine) -> Child:
    row = one.row
    if row.first is None or row.last is None:
        return fmt.DASH
    if row.first == row.last:
        return str(row.first)
    return drawn.words.text("ranking.range", first=row.first, last=row.last)


def _moved(drawn: Drawn, _league: League, one: UnitLine) -> Child:
    moved = one.row.moved
    return fmt.DASH if moved is None else drawn.words.text(f"ranking.moved.{moved + 1}")


def _share(place: int) -> Column:
    def draw(drawn: Drawn, league: League, line: Line) -> Child | Sequence[Child]:
        share = line.rates[place] if line.rates else Share(0, 0)
        if not share.n:
            return fmt.DASH
        href = _figure(drawn, league, line, RATES[place])
        counts = number(f"{share.k:,}/{share.n:,}", href, zero=False)
        return [html.Span(fmt.rate(*share), className="rate"), html.Small(counts)]

    return replace(_of_line(RATES[place], draw), head=_figure_head(RATES[place]))


def _state(place: int) -> Column:
    def draw(drawn: Drawn, league: League, line: Line) -> Child:
        count = line.states[place] if line.states else 0
        href = None
        if _asks(drawn, league, line):
            name = STATES[place]
            href = drawn.explain(name, line.code)
            if not league.running:
                href = drawn.explain_at(name, line.code, league.end)
        return number(fmt.number(count), href, zero=not count)

    return replace(_of_line(STATES[place], draw), head=_figure_head(STATES[place]))


def _figure_head(figure: str) -> Callable[[Drawn, League], Child]:
    def head(drawn: Drawn, _league: League) -> Child:
        words = drawn.words
        return html.Span(
            words.text(f"figure.{figure}.name"), title=words.text(f"figure.{figure}.definition")
        )

    return head


def _settled(share: str) -> Column:
    def draw(drawn: Drawn, league: League, line: Line) -> Child:
        if line.times is None:
            return fmt.DASH
        minutes: int | None = getattr(line.times.settling, share)
        if minutes is None:
            return fmt.DASH
        text = fmt.mean_duration(60 * minutes, drawn.words)
        return number(text, _figure(drawn, league, line, "settling_time"), zero=False)

    return _of_line(share, draw)


def _settling_cases(drawn: Drawn, _league: League, line: Line) -> Child:
    if line.times is None:
        return fmt.DASH
    settling = line.times.settling
    return drawn.words.text(
        "ranking.settling", n=fmt.number(settling.cases), open=fmt.number(settling.still_open)
    )


def _mean(name: str, figure: str) -> Column:
    def draw(drawn: Drawn, league: League, line: Line) -> Child:
        seconds = None if line.times is None else getattr(line.times, name)
        if seconds is None:
            return fmt.DASH
        text = fmt.mean_duration(seconds, drawn.words)
        return number(text, _figure(drawn, league, line, figure), zero=False)

    return replace(_of_line(name, draw), head=_figure_head(figure))


def _held(drawn: Drawn, _league: League, line: Line) -> Child:
    return fmt.DASH if line.times is None else fmt.mean_duration(line.times.held_s, drawn.words)


DUE = (_of_line("due", _met), _of_line("rate", _rate))
WITH_RATE = (
    Column(name="whisker", cell=_whisker, sum=_nothing, head=_scale),
    Column(
        name="range",
        cell=_range,
        sum=_nothing,
        head=_headed("range"),
        shown=lambda league: league.bands > 0,
    ),
    Column(name="moved", cell=_moved, sum=_nothing, head=_headed("moved")),
    _of_line("cleared", _cleared),
)
FLOW = ("opening", "received", "transferred_in", "reopened", *OUT, "closing")
COLUMNS: dict[Shown, tuple[Column, ...]] = {
    Shown.FLOW: (*(_flow(name) for name in FLOW), *DUE),
    Shown.RATES: (*DUE, *(_share(place) for place in range(len(RATES)))),
    Shown.TIMES: (
        *DUE,
        _settled("median"),
        _settled("p90"),
        _of_line("settling", _settling_cases),
        _mean("unclaimed_mean_s", "unclaimed_time"),
        _mean("held_mean_s", "held_time"),
        _of_line("held", _held),
    ),
    Shown.STATES: (_flow("closing"), *(_state(place) for place in range(len(STATES))), *DUE),
}
"""The columns of each view; the flow is followed by WITH_RATE."""
