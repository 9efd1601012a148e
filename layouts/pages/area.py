"""The page of one area: where it lies, its few figures, and the way back to the wall."""

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.area import AreaSummary
from dashboard.snapshots.board import Name, OnTime
from layouts import format as fmt
from layouts.panels.marks import symbol
from layouts.words import Words


def layout(summary: AreaSummary | None, words: Words) -> Component:
    """Draw the summary; None says that no such area is known here."""
    if summary is None:
        title, parts = words.text("area.unknown"), [html.P(words.text("area.unknown.hint"))]
    else:
        title, parts = (
            _name(summary.name, words),
            [_as_of(summary, words), _figures(summary, words)],
        )
    demo = summary is not None and summary.synthetic
    chip = [html.Span(words.text("app.demo"), className="chip")] if demo else []
    back = html.A(words.text("area.back"), href=_wall(words), className="back")
    crumbs = [] if summary is None else [_crumbs(summary, words)]
    heading = html.Div([html.H1(title), *chip], className="area-title")
    return html.Main([*crumbs, heading, *parts, back], className="area-page", lang=words.language)


def _wall(words: Words) -> str:
    return f"/wall?lang={words.language}"


def _name(name: Name, words: Words) -> str:
    return name.en if words.language == "en" else name.full


def _crumbs(summary: AreaSummary, words: Words) -> Component:
    links = [
        html.Li(html.A(_name(name, words), href=_address(depth, name, words)))
        for depth, name in enumerate(summary.parents)
    ]
    here = html.Li(html.Span(_name(summary.name, words), **{"aria-current": "page"}))
    return html.Nav(html.Ol([*links, here]), className="crumbs")


def _address(depth: int, name: Name, words: Words) -> str:
    return _wall(words) if depth == 0 else f"/area/{name.code}?lang={words.language}"


def _as_of(summary: AreaSummary, words: Words) -> Component:
    return html.P(words.text("area.asof", t=fmt.moment(summary.as_of, words)), className="note")


def _figures(summary: AreaSummary, words: Words) -> Component:
    mark = [symbol("red")] if summary.overdue else []
    figures = (
        (words.text("tally.in"), [fmt.number(summary.accepted_today)], ""),
        (words.text("area.open"), [fmt.number(summary.open)], ""),
        (words.text("area.overdue"), [*mark, fmt.number(summary.overdue)], ""),
        (words.text("area.rate"), [_rate(summary.on_time)], _basis(summary.on_time, words)),
    )
    return html.Dl(
        [
            html.Div([html.Dt(label), html.Dd(value), html.Dd(note, className="note")])
            for label, value, note in figures
        ],
        className="area-figures",
    )


def _rate(on_time: OnTime) -> str:
    rate = fmt.rate(on_time.met, on_time.due)
    return rate if rate == fmt.DASH else f"{rate}%"


def _basis(on_time: OnTime, words: Words) -> str:
    parts = (
        ("area.met", on_time.met),
        ("area.due", on_time.due),
        ("area.pending", on_time.pending),
    )
    return " · ".join(f"{words.text(key)} {fmt.number(count)}" for key, count in parts)
