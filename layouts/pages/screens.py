"""The list of screens for an administrator: a form to confirm a code, and what each screen says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard.access.device import WARNED, Device, Why
from layouts import format as fmt
from layouts.desk.controls import Input
from layouts.words import Words

_COLUMNS = ("name", "state", "seen", "age", "build", "heap", "expires", "machine", "act")
_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Listed:
    """Every screen at a moment; `said` is how what was just asked for went, "" for nothing.

    `build` is the server's. `code` and `name` are what was typed and could not be used.
    """

    devices: Sequence[Device]
    now: datetime
    build: str
    said: str = ""
    code: str = ""
    name: str = ""


def layout(page: Listed, words: Words) -> Component:
    """Draw the page."""
    links = [
        html.A(words.text("nav.wall"), href=f"/wall?lang={words.language}"),
        html.A(words.text("account.entry"), href=f"/account?lang={words.language}"),
        _other_language(words),
    ]
    body = [
        html.Header([html.H1(words.text("screens.title")), html.Nav(links)]),
        *_said(page, words),
        _form(page, words),
        *_soon(page, words),
        _table(page, words) if page.devices else html.P(words.text("screens.none")),
    ]
    return html.Div(html.Main(body, className="door-page screens"), className="door")


def _other_language(words: Words) -> Component:
    other = "zh-CN" if words.language == "en" else "en"
    return html.A(words.text("desk.other_language"), href=f"/screens?lang={other}")


def _said(page: Listed, words: Words) -> list[Component]:
    if not page.said:
        return []
    done = page.said in ("confirm", "renew", "revoke")
    text = html.Div(html.B(words.text(f"screens.said.{page.said}")))
    sign = [] if done else [html.I(className="sy yellow")]
    role, more = ("status", " is-done") if done else ("alert", "")
    return [html.Div([*sign, text], className=f"door-said{more}", role=role)]


def _soon(page: Listed, words: Words) -> list[Component]:
    soon = sum(device.ends_soon(page.now) for device in page.devices)
    if not soon:
        return []
    text = html.B(words.text("screens.soon", n=soon, days=WARNED.days))
    return [html.Div([html.I(className="sy yellow"), html.Div(text)], className="door-said")]


def _form(page: Listed, words: Words) -> Component:
    fields = [
        html.Div([
            html.Label(words.text("screens.code"), htmlFor="code"),
            Input(id="code", name="code", type="text", required="required", maxLength="12",
                  autoComplete="off", value=page.code),
        ]),
        html.Div([
            html.Label(words.text("screens.name"), htmlFor="name"),
            Input(id="name", name="name", type="text", required="required", maxLength="50",
                  autoComplete="off", value=page.name),
        ]),
        *_hidden("confirm", words),
        html.Button(words.text("screens.confirm"), type="submit"),
    ]  # fmt: skip
    lead = html.P(words.text("screens.lead"), className="door-lead")
    form = html.Form(fields, method="POST", action="/screens", className="screens-form")
    return html.Div([lead, form])


def _table(page: Listed, words: Words) -> Component:
    head = html.Thead(html.Tr([html.Th(words.text(f"screens.{each}")) for each in _COLUMNS]))
    rows = [_row(device, page, words) for device in page.devices]
    return html.Div(html.Table([head, html.Tbody(rows)]), className="screens-table")


def _row(device: Device, page: Listed, words: Words) -> Component:
    seen: str | list[object] = words.text("screen.never")
    if device.seen_at is not None:
        ago = fmt.duration((page.now - device.seen_at).total_seconds(), words)
        seen = [
            fmt.moment_short(device.seen_at, words),
            html.Small(words.text("screens.ago", d=ago)),
        ]
    size = f"{device.width}×{device.height}" if device.width else fmt.DASH
    heap = fmt.DASH if device.heap_mb is None else f"{device.heap_mb:,} MB"
    cells = [
        html.B(device.name),
        _state(device, page.now, words),
        seen,
        fmt.DASH
        if device.data_age_s is None
        else words.text("screens.seconds", n=device.data_age_s),
        _build(device, page.build, words),
        heap,
        _expires(device, page.now, words),
        [device.address, html.Small(size)],
        _acts(device, words),
    ]
    row = "is-over" if device.revoked_at is not None else ""
    return html.Tr([html.Td(cell) for cell in cells], className=row)


def _state(device: Device, now: datetime, words: Words) -> list[Component]:
    why = device.closed(None, now)
    if why is None and device.refused_for == Why.MOVED:
        why = Why.MOVED
    state = "on" if why is None else str(why)
    if why is None and device.seen_at is None:
        state = "awaited"
    sign = [] if why is None or why is Why.REVOKED else [html.I(className="sy yellow"), " "]
    return [html.Span([*sign, words.text(f"screens.state.{state}")])]


def _build(device: Device, build: str, words: Words) -> list[Component | str]:
    if device.build is None:
        return [fmt.DASH]
    same = "same" if device.build == build else "other"
    return [html.Code(device.build), html.Small(words.text(f"screens.build.{same}"))]


def _expires(device: Device, now: datetime, words: Words) -> list[Component | str]:
    if device.revoked_at is not None:
        return [fmt.DASH]
    day = fmt.day_with_year(device.expires_at.astimezone(words.zone).date(), words)
    left = (device.expires_at - now).total_seconds()
    text = words.text("screens.over") if left <= 0 else words.text(
        "screens.left", n=int(left // _DAY_S)
    )  # fmt: skip
    sign = [html.I(className="sy yellow"), " "] if device.ends_soon(now) else []
    return [day, html.Small([*sign, text])]


def _acts(device: Device, words: Words) -> list[Component]:
    """Renewing is one press; ending takes two, for the screen goes dark."""
    if device.revoked_at is not None:
        return []
    ends = html.Details([
        html.Summary(words.text("screens.revoke")),
        html.P(words.text("screens.revoke.sure")),
        _act("revoke", device, words, words.text("screens.revoke.yes")),
    ])  # fmt: skip
    return [_act("renew", device, words, words.text("screens.renew")), ends]


def _act(act: str, device: Device, words: Words, text: str) -> Component:
    which = Input(name="id", type="hidden", value=str(device.device_id))
    button = html.Button(text, type="submit", **{"aria-label": f"{text} {device.name}"})
    return html.Form([*_hidden(act, words), which, button], method="POST", action="/screens")


def _hidden(act: str, words: Words) -> list[Component]:
    return [
        Input(name="do", type="hidden", value=act),
        Input(name="lang", type="hidden", value=words.language),
    ]
