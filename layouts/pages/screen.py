"""What a screen shows that may not show the wall: a code, or which screen it is and why."""

from dataclasses import dataclass
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard.access.code import CODE_VALID, Pending
from dashboard.access.device import WARNED, Device, Standing, Why
from layouts import format as fmt
from layouts.words import Words

NEW, FULL = "new", "full"


@dataclass(frozen=True, slots=True)
class Frame:
    """The screen around it; `night` is from when until when, "HH:MM" in the zone of the words."""

    centre: str
    night: tuple[str, str]
    now: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A screen that is known or not, the code it shows if any, and the address it comes from."""

    standing: Standing | None
    pending: Pending | None
    address: str


def shows(standing: Standing | None) -> str:
    """Name what is shown to a screen: why it is dark, or that it is new."""
    return NEW if standing is None or standing.why is None else str(standing.why)


def layout(shown: Shown, frame: Frame, words: Words) -> Component:
    """Draw the page; its script asks again every few seconds and goes on by itself."""
    state = shows(shown.standing)
    dark = state != NEW
    pending = shown.pending
    waits = pending is None and state != Why.EXPIRED
    middle = [
        *([html.I(className="sy yellow")] if dark or waits else []),
        html.H2(words.text("screen.full.title" if waits and not dark else f"screen.{state}.title")),
        *_which(shown, frame, words),
        *([] if pending is None else _code(pending, frame.now, words)),
        *_what_to_do(shown, words, waits=waits),
    ]
    moments: dict[str, str] = {}
    if pending is not None:
        moments = {"data-ends": _milliseconds(pending.ends_at)}
    return html.Div(
        [_header(state, frame, words), html.Main(middle), _foot(shown, words)],
        id="screen",
        className=f"screen {'is-dark' if dark else 'is-new'}",
        **moments,
        **{
            "data-shows": FULL if waits and not dark else state,
            "data-now": _milliseconds(frame.now),
            "data-valid-ms": str(int(CODE_VALID.total_seconds() * 1000)),
            "data-zone": str(words.zone),
            "data-night-from": frame.night[0],
            "data-night-until": frame.night[1],
            "data-lost": words.text("screen.lost"),
            "data-left": words.text("screen.left"),
            "data-go": f"/wall?lang={words.language}",
            "lang": words.language,
        },
    )


def refreshed(standing: Standing | None, now: datetime, words: Words) -> dict[str, str | int]:
    """Return what goes on changing while the page stands: the clock, the day, how long it is."""
    texts: dict[str, str | int] = {
        "now": int(now.timestamp() * 1000),
        "day": _day(now, words),
    }
    if standing is not None and standing.since is not None:
        texts["stopped"] = _stopped(standing, now, words)
    return texts


def _header(state: str, frame: Frame, words: Words) -> Component:
    status = html.Span(words.text(f"screen.{state}.status"), id="screen-status")
    return html.Header(
        [
            html.I(className="mark"),
            html.H1(frame.centre, className="el"),
            html.Div(className="sp"),
            html.Div([html.I(className="lamp"), status], className="meta screen-state"),
            html.Div(_day(frame.now, words), id="screen-day", className="meta"),
            html.Div(fmt.clock(frame.now, words), id="screen-clock", className="clock"),
        ],
        className="hd",
    )


def _which(shown: Shown, frame: Frame, words: Words) -> list[Component]:
    """Say which screen, since when, and for how long."""
    standing = shown.standing
    if standing is None or standing.why is None or standing.since is None:
        return []
    since = words.text(
        f"screen.{standing.why}.since",
        name=standing.device.name,
        t=fmt.moment_short(standing.since, words),
        was=standing.device.address,
        now=shown.address,
    )
    stopped = html.Span(_stopped(standing, frame.now, words), id="screen-stopped")
    return [html.P([since, " · ", stopped], className="screen-which")]


def _code(pending: Pending, now: datetime, words: Words) -> list[Component]:
    half = len(pending.code) // 2
    letters: list[Component] = [html.B(letter) for letter in pending.code]
    letters.insert(half, html.I())
    left = int((pending.ends_at - now).total_seconds())
    share = 100 * left / CODE_VALID.total_seconds()
    text = words.text("screen.left", m=left // 60, s=left % 60)
    return [
        html.Div(letters, className="screen-code", **{"aria-label": pending.code}),
        html.Div(html.I(id="screen-bar", style={"width": f"{share:.1f}%"}), className="screen-bar"),
        html.P(_strong(words.text("screen.enter")), className="screen-do"),
        html.P(text, id="screen-left", className="screen-do"),
    ]


def _what_to_do(shown: Shown, words: Words, *, waits: bool) -> list[Component]:
    if waits:
        return [html.P(words.text("screen.full"), className="screen-do")]
    standing = shown.standing
    if standing is None or standing.why is not Why.EXPIRED:
        return []
    text = words.text("screen.renew", name=standing.device.name)
    return [html.P(_strong(text), className="screen-do")]


def _strong(text: str) -> list[str | Component]:
    """Set what stands between asterisks in bold."""
    parts = text.split("**")
    return [html.B(part) if place % 2 else part for place, part in enumerate(parts)]


def _foot(shown: Shown, words: Words) -> Component:
    standing = shown.standing
    if standing is not None and standing.why is Why.EXPIRED:
        cells = _of_expired(standing.device, words)
    else:
        cells = [
            ("screen.after", words.text("screen.after.text")),
            ("screen.validity", words.text("screen.validity.text")),
            ("screen.machine", shown.address),
        ]
    return html.Footer([_cell(key, text, words) for key, text in cells])


def _of_expired(device: Device, words: Words) -> list[tuple[str, str]]:
    seen = words.text("screen.never")
    if device.seen_at is not None:
        seen = fmt.moment_short(device.seen_at, words)
    warned = (device.expires_at - WARNED).astimezone(words.zone).date()
    return [
        ("screen.last", seen),
        ("screen.warned", words.text("screen.warned.text", day=fmt.month_day(warned, words))),
        ("screen.changed", words.text("screen.changed.text")),
    ]


def _cell(key: str, text: str, words: Words) -> Component:
    size = [html.Span(id="screen-size")] if key == "screen.machine" else []
    return html.Div([html.Span(words.text(key)), html.B([text, *size])])


def _day(now: datetime, words: Words) -> str:
    return fmt.day(now.astimezone(words.zone).date(), words)


def _stopped(standing: Standing, now: datetime, words: Words) -> str:
    since = standing.since or now
    return words.text("screen.stopped", d=fmt.duration_two((now - since).total_seconds(), words))


def _milliseconds(at: datetime) -> str:
    return str(int(at.timestamp() * 1000))
