"""What has become of cases since the issue before: the difference of two states, each case once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from dashboard.briefing.case_line import Turn
from dashboard.database.tables import case_event
from dashboard.figures import conditions
from dashboard.figures.period import Period
from dashboard.figures.population import OPEN
from dashboard.figures.view import View
from dashboard.snapshots.board import SourceState
from dashboard.terms import Channel, Colour, Event, Satisfaction, Stage

NO = (Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an open case stands: its colour, and whether it was dispatched and nobody has signed."""

    colour: Colour
    unsigned: bool
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class State:
    """The open cases at a moment, by id."""

    as_of: datetime
    open: Mapping[int, Standing]


def read_state(view: View) -> State:
    """Read how the cases in hand stand."""
    c, as_of = view.cases.c, view.as_of
    colour = conditions.colour(view.cases, as_of)
    rows = select(c.id, colour, c.stage, c.accepted_at).where(view.members(OPEN, None))
    standing = {
        case_id: Standing(Colour(shade), stage == Stage.DISPATCHED, accepted_at)
        for case_id, shade, stage, accepted_at in view.connection.execute(rows)
    }
    return State(as_of, standing)


def turns(before: State, after: State, denied: frozenset[int]) -> dict[int, Turn]:
    """Tell of every case that stands otherwise what became of it; each under its first turn.

    `denied` are cases whose parties said in between, asked after the closing, that nothing is
    solved. A case open now and not before is reopened if it had been accepted by then, else new.
    """
    found: dict[int, Turn] = dict.fromkeys(denied, Turn.REJECTED)
    for case_id, now in after.open.items():
        turn = _turn(before.open.get(case_id), now, before.as_of)
        if turn is not None:
            found.setdefault(case_id, turn)
    return found


def _turn(then: Standing | None, now: Standing, before: datetime) -> Turn | None:
    if then is None and now.accepted_at <= before:
        return Turn.REOPENED
    if now.colour is Colour.RED and (then is None or then.colour is not Colour.RED):
        return Turn.RED
    warned = (Colour.YELLOW, Colour.RED)
    if now.colour is Colour.YELLOW and (then is None or then.colour not in warned):
        return Turn.YELLOW
    if now.unsigned and (then is None or not then.unsigned):
        return Turn.UNSIGNED
    return Turn.NEW if then is None else None


def read_denied(view: View, period: Period) -> frozenset[int]:
    """Find the cases that had been closed and whose party then said in the period: not solved."""
    event, c = case_event.c, view.cases.c
    asked = [event.type == Event.FOLLOW_UP, event.at >= period.start, event.at < period.end]
    asked += [event.at <= view.as_of, c.first_closed_at <= event.at]
    if view.known_at is not None:
        asked.append(event.recorded_at <= view.known_at)
    rows = (
        select(event.case_id, event.payload)
        .join(view.cases, c.id == event.case_id)
        .where(*asked, view.scoped(case_event))
    )
    return frozenset(
        case_id for case_id, payload in view.connection.execute(rows) if _denies(payload)
    )


def _denies(payload: Mapping[str, object]) -> bool:
    if not payload.get("reached"):
        return False
    return payload.get("confirmed_resolved") is False or payload.get("satisfaction") in NO


def newly_quiet(sources: tuple[SourceState, ...], start: datetime) -> tuple[Channel, ...]:
    """Return the feeds that are silent and have fallen silent since `start`, in their order.

    When a feed last came is kept once, so one that was silent, came and is silent again counts.
    """
    return tuple(
        state.channel
        for state in sources
        if state.last_received_at is not None
        and state.last_received_at >= start
        and (state.late or (state.quiet is not None and state.quiet.silent))
    )
