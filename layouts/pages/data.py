"""The data page: may these figures be believed, and as of when."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.data_page import DataPage, Feed, ImportRun, LastCheck
from dashboard.snapshots.board import Lamp
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.desk.card import card, columns, empty, facts
from layouts.desk.frame import DeskPage
from layouts.words import Words

SYMBOLS = {Lamp.OK: "d-lamp", Lamp.LATE: "sy yellow", Lamp.BROKEN: "sy red", Lamp.OFF: "d-lamp off"}


def layout(found: DataPage, asking: Asking) -> DeskPage:
    """Draw the page."""
    words = asking.words
    return DeskPage(
        title=words.text("data.title"),
        here="data",
        note=_as_of(found, words),
        sentence=[_sentence(found, words)],
        body=[
            _sources(found.feeds, words),
            columns(
                _imports(found.runs, words),
                html.Div([_check(found.check, words), _calendar(found, words)]),
            ),
        ],
    )


def _as_of(found: DataPage, words: Words) -> str:
    if found.last_event_at is None:
        return words.text("data.no_events")
    return words.text("data.last_event", t=fmt.moment_short(found.last_event_at, words))


def _sentence(found: DataPage, words: Words) -> str:
    wrong = [feed for feed in found.feeds if feed.lamp in (Lamp.LATE, Lamp.BROKEN)]
    if not found.feeds:
        return words.text("data.no_sources")
    if not wrong:
        return words.text("data.all_ok", n=len(found.feeds))
    return words.text("data.some_wrong", n=len(wrong), m=len(found.feeds))


def _lamp(lamp: Lamp, words: Words) -> Component:
    sign = html.I(className=SYMBOLS[lamp], **{"aria-hidden": "true"})
    return html.Span([sign, words.text(f"data.lamp.{lamp}")])


def _table(heads: Sequence[str], rows: Sequence[Sequence[Component | str]]) -> Component:
    head = html.Tr([html.Th(text, scope="col") for text in heads])
    body = [html.Tr([html.Td(cell) for cell in row]) for row in rows]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="d-table")
    return html.Div(table, className="d-scroll")


def _sources(feeds: Sequence[Feed], words: Words) -> Component:
    title, note = words.text("data.sources"), words.text("data.sources.rule")
    if not feeds:
        return card(title, note, empty(words.text("data.no_sources")))
    names = ("state", "source", "every", "last", "silent", "rows", "rejected")
    heads = [words.text(f"data.head.{name}") for name in names]
    return card(title, note, _table(heads, [_feed(feed, words) for feed in feeds]))


def _feed(feed: Feed, words: Words) -> list[Component | str]:
    every, last = feed.state.expected_every_s, feed.state.last_received_at
    return [
        _lamp(feed.lamp, words),
        words.text(f"channel.{feed.state.channel}"),
        fmt.DASH if every is None else words.text("data.every", d=fmt.duration(every, words)),
        fmt.DASH if last is None else fmt.moment_short(last, words),
        fmt.DASH if feed.silent_s is None else fmt.duration(feed.silent_s, words),
        fmt.number(feed.rows_ok),
        fmt.number(feed.rows_rejected),
    ]


def _imports(runs: Sequence[ImportRun], words: Words) -> Component:
    title = words.text("data.imports")
    if not runs:
        return card(title, None, empty(words.text("data.no_imports")))
    return card(title, words.text("data.imports.rule"), *(_run(run, words) for run in runs))


def _run(run: ImportRun, words: Words) -> Component:
    parts: list[Component | str] = [_term("read", run.read, words)]
    signs = {"new": " = ", "updated": " + ", "unchanged": " + ", "quarantined": " + "}
    for name, sign in signs.items():
        parts += [sign, _term(name, getattr(run, name), words)]
    head = words.text(
        "data.run",
        file=run.file,
        channel=words.text(f"channel.{run.channel}"),
        t=fmt.moment_short(run.started_at, words),
    )
    state = []
    if run.ended_at is None:
        state = [html.P(words.text("data.run.unfinished"), className="d-empty")]
    elif not run.adds_up:
        state = [html.P(words.text("data.run.unbalanced"), className="d-empty")]
    reasons = [
        html.Li([f"{fmt.number(count)} × ", html.Code(field or fmt.DASH), f" {reason}"])
        for field, reason, count in run.reasons
    ]
    listed = [html.Ul(reasons)] if reasons else []
    return html.Div([html.P(head), html.P(parts, className="d-sum"), *state, *listed])


def _term(name: str, count: int, words: Words) -> Component:
    return html.Span([words.text(f"import.{name}"), " ", html.B(fmt.number(count))])


def _check(check: LastCheck | None, words: Words) -> Component:
    title = words.text("data.check")
    if check is None:
        return card(title, None, empty(words.text("data.never_checked")))
    lamp = Lamp.OK if check.found == 0 else Lamp.BROKEN
    said = (
        words.text("data.check.same")
        if check.found == 0
        else words.text("data.check.differs", n=fmt.number(check.found))
    )
    rows = [
        [html.Code(what), where, f"{shown or fmt.DASH} / {made}"]
        for what, where, shown, made in check.named
    ]
    heads = [words.text(f"data.head.{name}") for name in ("what", "where", "shown_recomputed")]
    return card(
        title,
        words.text("data.check.when", t=fmt.moment_short(check.ended_at, words), s=check.seconds),
        html.P([html.I(className=SYMBOLS[lamp], **{"aria-hidden": "true"}), " ", html.B(said)]),
        facts(
            [
                (words.text("data.check.cases"), fmt.number(check.cases)),
                (words.text("data.check.events"), fmt.number(check.events)),
                (words.text("data.check.figures"), fmt.number(check.figures)),
            ]
        ),
        *([_table(heads, rows)] if rows else []),
    )


def _calendar(found: DataPage, words: Words) -> Component:
    years = found.years
    known = words.text("data.calendar.years", a=years[0], b=years[-1]) if years else fmt.DASH
    state = [] if found.year_known else [html.P(words.text("data.calendar.unknown"))]
    return card(words.text("data.calendar"), None, html.P(known), *state)
