"""The frame of a leader's page: where one can go, what is asked and as of when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from dash import html
from dash.development.base_component import Component

from layouts.desk.keys import keys_panel
from layouts.words import Words

Child: TypeAlias = Component | str | None

SAID = ("live", "late", "stale", "past", "outdated", "unreached")
"""What the script says of the page's freshness, and when the server does not answer."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way down; the last one has no address."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage:
    """What one page puts into the frame.

    `here` is the entry of the navigation it belongs to. `sentence` is the line that says what
    matters; `controls` stand at the right of the title. `narrow` pages are read, not scanned.
    `moment` is as of when its figures are where that is not the frame's. The body of a `bare` page
    has a title of its own. `beside` stands at the right of the crumbs.
    """

    title: str
    here: str
    body: Sequence[Child]
    crumbs: Sequence[Crumb] = ()
    beside: Sequence[Child] = ()
    chips: Sequence[Child] = ()
    note: str = ""
    controls: Sequence[Child] = ()
    sentence: Sequence[Child] = ()
    moment: str = ""
    narrow: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFrame:
    """What is the same on every page: the centre, its entries, and how this moment is shown.

    `entries` are (key, address) of the navigation. `moment` says as of when; `past` says so in a
    banner with the way back to now (`now`), "" for a live page. `late` says which briefing was not
    sealed at its time. `other` is this page in the other language. `bounds` says which part of the
    county the reader sees, "" for all of it.
    """

    centre: str
    synthetic: bool
    entries: Sequence[tuple[str, str]]
    moment: str
    other: str
    bounds: str = ""
    late: Sequence[Child] = ()
    past: str = ""
    now: str = ""


def desk(page: DeskPage, frame: DeskFrame, words: Words) -> Component:
    """Draw the whole page."""
    head = [] if page.bare else [_head(page, frame)]
    past = []
    if frame.past:
        back = html.A(words.text("desk.back_to_now"), href=frame.now)
        past = [html.Div([html.B(frame.past), back], className="d-past", role="status")]
    sentence = [html.P(list(page.sentence), className="d-sentence")] if page.sentence else []
    stale = html.Div([html.I(className="sy yellow"), html.Span(id="desk-outdated")],
                     className="d-stale", role="status")  # fmt: skip
    late = html.Div(list(frame.late), id="desk-late")
    main = html.Main(
        [stale, *_way(page, words), *head, late, *past, *sentence, *page.body],
        className="d-page d-narrow" if page.narrow else "d-page",
    )
    return html.Div(
        [_header(page, frame, words), main, keys_panel(words)],
        className="d",
        lang=words.language,
        **{f"data-{name}": words.text(f"desk.{name}") for name in SAID},
        **{"data-zone": str(words.zone)},
    )


def _head(page: DeskPage, frame: DeskFrame) -> Component:
    note = joined_note(page.note, page.moment or frame.moment)
    return html.Div(
        [
            html.Div(
                [
                    html.H1(page.title),
                    *page.chips,
                    html.Span(note, className="d-moment"),
                ],
                className="d-title",
            ),
            html.Div(list(page.controls), className="d-controls"),
        ],
        className="d-head",
    )


def joined_note(*parts: str) -> str:
    """Join what is said beside a title."""
    return " · ".join(part for part in parts if part)


def _header(page: DeskPage, frame: DeskFrame, words: Words) -> Component:
    entries = [
        html.A(
            words.text(f"nav.{key}"),
            href=href,
            className="on" if key == page.here else "",
            **({"aria-current": "page"} if key == page.here else {}),
        )
        for key, href in frame.entries
    ]
    demo = [html.Span(words.text("app.demo"), className="chip")] if frame.synthetic else []
    bounds = [html.Span(frame.bounds, className="chip")] if frame.bounds else []
    live = html.Span(
        [html.I(className="lamp"), html.Span(words.text("live.loading"), id="desk-live-text")],
        id="desk-live",
        className="d-live",
        role="status",
    )
    other = html.A(words.text("desk.other_language"), href=frame.other, className="d-language")
    return html.Header(
        [
            html.I(className="mark"),
            html.B(frame.centre, className="d-centre"),
            *demo,
            *bounds,
            html.Nav(entries, className="d-nav", **{"aria-label": words.text("desk.nav")}),
            live,
            html.A(
                words.text("account.entry"),
                href=f"/account?lang={words.language}",
                className="d-language",
            ),
            other,
        ],
        className="d-top",
    )


def _way(page: DeskPage, words: Words) -> list[Child]:
    """The way down to the page, and what stands beside it."""
    crumbs = _crumbs(page.crumbs, words)
    if not page.beside:
        return [*crumbs]
    return [html.Div([*crumbs, *page.beside], className="d-way")]


def _crumbs(crumbs: Sequence[Crumb], words: Words) -> list[Component]:
    if not crumbs:
        return []
    items = [
        html.Li(
            html.Span(crumb.text, **{"aria-current": "page"})
            if crumb.href is None
            else html.A(crumb.text, href=crumb.href)
        )
        for crumb in crumbs
    ]
    label = words.text("desk.crumbs")
    return [html.Nav(html.Ol(items), className="d-crumbs", **{"aria-label": label})]
