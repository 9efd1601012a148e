"""The feeds at the foot of the wall: how many are well, and of each its state and its age."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import Board, Lamp, SourceState
from layouts import format as fmt
from layouts.words import Words

_SIGNS = {
    Lamp.OK: "lamp",
    Lamp.LATE: "sy yellow",
    Lamp.BROKEN: "sy red",
    Lamp.OFF: "lamp off",
}
FULL_UP_TO = 1
"""So many feeds in trouble are told with the time they stopped; two, in short, to fit the line."""
NAMED = 2
"""So many feeds in trouble are named; of the others is told how many."""

_URGENCY = (Lamp.BROKEN, Lamp.LATE, Lamp.OK, Lamp.OFF)


def feeds_panel(board: Board, words: Words) -> Component:
    """First those something is wrong with; what does not fit the line are feeds that are well."""
    states = sorted(board.sources, key=lambda state: _URGENCY.index(_lamp(state)))
    wrong = [state for state in states if _is_wrong(state)]
    counted = words.text("live.feeds.none")
    if states:
        known = [state for state in states if state.lamp is not Lamp.OFF]
        counted = words.text("live.feeds", n=len(known) - len(wrong), m=len(known))
    parts: list[Component] = [html.Span(counted, className="what")]
    if wrong:
        parts.append(html.Span(words.text("live.feed.partial"), className="part"))
    short = len(wrong) > FULL_UP_TO
    parts += [_feed(state, board.as_of, words, short=short) for state in wrong[:NAMED]]
    if len(wrong) > NAMED:
        more = words.text("live.feed.more", n=len(wrong) - NAMED)
        parts.append(html.Span(more, className="part"))
    well = states[len(wrong) :]
    parts += [_feed(state, board.as_of, words, short=short) for state in well]
    return html.Div(parts, className="feeds")


def _is_wrong(state: SourceState) -> bool:
    return _lamp(state) in (Lamp.BROKEN, Lamp.LATE)


def _lamp(state: SourceState) -> Lamp:
    """A feed that delivers and brings no case where it usually does is no better than late."""
    silent = state.quiet is not None and state.quiet.silent
    return Lamp.LATE if silent and state.lamp is Lamp.OK else state.lamp


def _feed(state: SourceState, as_of: datetime, words: Words, *, short: bool) -> Component:
    name = html.Span(words.text(f"channel.{state.channel}"), className="name")
    told = html.Span(_told(state, as_of, words, short=short))
    wrong = " wrong" if _is_wrong(state) else ""
    return html.Span([html.I(className=_SIGNS[_lamp(state)]), name, told], className=f"feed{wrong}")


def _told(state: SourceState, as_of: datetime, words: Words, *, short: bool) -> str:
    last, quiet = state.last_received_at, state.quiet
    if state.lamp in (Lamp.LATE, Lamp.BROKEN) and last is not None:
        return _stopped(state.lamp, last, as_of, words, short=short)
    if quiet is not None and quiet.silent:
        span = fmt.duration_two(_minutes_s(quiet.since, as_of), words)
        if short:
            return words.text("live.feed.silent_short", d=span)
        return words.text("live.feed.silent", d=span, n=f"{quiet.usual:.0f}")
    if last is None:
        return words.text("live.feed.off")
    passed = _minutes_s(last, as_of)
    if passed < 60:
        return words.text("live.feed.now")
    return words.text("live.feed.ok", d=fmt.duration(passed, words))


def _stopped(lamp: Lamp, last: datetime, as_of: datetime, words: Words, *, short: bool) -> str:
    word, passed = words.text(f"live.feed.{lamp}"), _minutes_s(last, as_of)
    if short:
        return words.text("live.feed.since", w=word, d=fmt.duration(passed, words))
    today = last.astimezone(words.zone).date() == as_of.astimezone(words.zone).date()
    at = fmt.clock(last, words) if today else fmt.moment_short(last, words)
    return words.text("live.feed.stopped", w=word, t=at, d=fmt.duration_two(passed, words))


def _minutes_s(since: datetime, as_of: datetime) -> int:
    """Seconds between two full minutes: the line changes with the minute, not with every tick."""
    return 60 * max(0, int(as_of.timestamp()) // 60 - int(since.timestamp()) // 60)
