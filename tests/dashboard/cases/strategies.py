"""Random histories of cases that the stage machine allows."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from dashboard.cases.happening import Actor, Happening
from dashboard.cases.ledger import Ledger
from dashboard.cases.lifecycle import TRANSITIONS, TransitionError
from dashboard.cases.rules import Rules
from dashboard.cases.state import State, new_state
from dashboard.terms import Event, Level, Risk
from tests import worlds

COURSES = (
    worlds.TO_THE_END,
    (*worlds.UP_TO_WORK, Event.PAUSE, Event.RESUME, *worlds.TO_THE_END[4:], Event.REOPEN),
)
MAIN_LINE = (Event.ACCEPT, Event.ASSESS, Event.DISPATCH, Event.START, Event.PAUSE, Event.RESUME,
             Event.REPORT_BACK, Event.FOLLOW_UP, Event.CLOSE, Event.REOPEN)  # fmt: skip
ENDS = (Event.ADOPT, Event.REJECT_ACCEPTANCE, Event.DIVERT, Event.WITHDRAW, Event.MERGE)
AREAS = (worlds.COUNTY, *worlds.TOWNSHIPS, *worlds.VILLAGES, "530303001001005")
DEPARTMENTS = tuple(worlds.DEPARTMENTS)

Told = tuple[Happening, ...]
Detail = Callable[[Any, State, datetime], dict[str, Any]]


def _adopted(draw: Any, state: State, at: datetime) -> dict[str, Any]:
    facts: dict[str, Any] = {"lead_dept_id": draw(st.sampled_from(DEPARTMENTS))}
    if draw(st.booleans()):
        facts["due_at"] = at + timedelta(days=draw(st.integers(1, 9)))
    if draw(st.booleans()):
        facts |= {"closed_at": at, "close_outcome": "resolved"}
    else:
        facts["stage"] = draw(st.sampled_from(["accepted", "in_process", "withdrawn"]))
    return facts


DETAILS: dict[Event, Detail] = {
    Event.REGISTER: lambda draw, state, at: {"first_receiver": "S1"},
    Event.ACCEPT: lambda draw, state, at: {"level": draw(st.sampled_from(Level))},
    Event.REJECT_ACCEPTANCE: lambda draw, state, at: {"notice_given": True},
    Event.ASSESS: lambda draw, state, at: {"risk_level": draw(st.sampled_from(Risk))},
    Event.OPEN_JOINT_REVIEW: lambda draw, state, at: {"dept_ids": ["hrss", "water"]},
    Event.EXTEND: lambda draw, state, at: {
        "extended_to": (state["due_at"] or at) + timedelta(days=draw(st.integers(1, 30)))
    },
    Event.ESCALATE_LEVEL: lambda draw, state, at: {
        "handling_area_code": draw(st.sampled_from(AREAS))
    },
    Event.ASSIGN_OFFICIAL: lambda draw, state, at: {"lead_official": "L1"},
    Event.REPORT_BACK: lambda draw, state, at: {
        "resolution_text": "已调解",
        "resolution_methods": ["0101"],
    },
    Event.FOLLOW_UP: lambda draw, state, at: {
        "reached": draw(st.integers(0, 3)) > 0,
        "confirmed_resolved": draw(st.integers(0, 3)) > 0,
        "satisfaction": draw(st.sampled_from(["satisfied", "dissatisfied", None])),
    },
    Event.CLOSE: lambda draw, state, at: {
        "close_outcome": draw(st.sampled_from(["resolved", "unresolved_closed"]))
    },
    Event.DIVERT: lambda draw, state, at: {"diverted_to": "arbitration"},
    Event.MERGE: lambda draw, state, at: {"merged_into": 999},
    Event.SUPERVISE: lambda draw, state, at: {"colour": "yellow", "reply_due": at},
    Event.SUPERVISE_REPLY: lambda draw, state, at: {"reply_text": "已办"},
    Event.CORRECT: lambda draw, state, at: {
        "corrects": 1,
        "area_code": draw(st.sampled_from(AREAS)),
        "amount_involved": draw(st.integers(0, 5000)),
    },
    Event.ADOPT: _adopted,
}


@st.composite
def histories(
    draw: Any, rules: Rules, *, start: datetime = worlds.ACCEPTED, late: bool = True
) -> Told:
    """A case's happenings in the order they become known; with `late`, some not as they happened.

    Every one is possible when it is recorded after those before it.
    """
    ledger = Ledger(state=new_state())
    told: list[Happening] = []
    at = start + timedelta(minutes=draw(st.integers(0, 60 * 24 * 20)))
    course = draw(st.sampled_from(COURSES))
    usual = course[: draw(st.integers(0, len(course)))]
    for event in (*usual, *[None] * draw(st.integers(1, 12))):
        at += timedelta(minutes=draw(st.integers(0, 60 * 24 * 4)))
        back = draw(st.integers(0, 60 * 24 * 8)) if late and draw(st.integers(0, 4)) == 0 else 0
        happening = _happening(draw, rules, ledger.state, at - timedelta(minutes=back), event)
        with suppress(TransitionError):
            ledger.add([happening], rules, None)
            told.append(happening)
    assume(told)
    return tuple(told)


def _happening(
    draw: Any, rules: Rules, state: State, at: datetime, event: Event | None
) -> Happening:
    event = event or draw(st.sampled_from(_possible(rules, state)))
    row = TRANSITIONS[event]
    facts: dict[str, Any] = {"approved_by": "B1"} if "approved_by" in row.facts else {}
    facts |= DETAILS.get(event, lambda draw, state, at: {})(draw, state, at)
    if event in worlds.BEGINNINGS:
        known = ("source_channel", "source_no")
        source = {name: state[name] for name in known if state[name] is not None}
        facts = _beginning(draw) | source | facts
    pause = event is Event.PAUSE
    return Happening(
        event=event,
        at=at,
        actor=Actor(role=draw(st.sampled_from(sorted(row.roles))), org_id="hrss", staff="S1"),
        facts=facts,
        dept_id=draw(st.sampled_from(DEPARTMENTS)),
        sheet_no="P1",
        reason="party_absent" if pause else "缘由",
    )


def _possible(rules: Rules, state: State) -> list[Event]:
    """The events this stage knows, the usual ones more often than the ends."""
    stages = rules.stands_for(state["stage"])
    events = [event for event, row in TRANSITIONS.items() if not row.sources.isdisjoint(stages)]
    events += [event for event in events if event not in ENDS] * 2
    return events + [event for event in MAIN_LINE if event in events] * 6


def _beginning(draw: Any) -> dict[str, Any]:
    return {
        "source_channel": draw(st.sampled_from(["window", "police_110", "court"])),
        "source_no": "N0",
        "case_kind": draw(st.sampled_from(["dispute", "hazard"])),
        "title": "邻里纠纷",
        "area_code": draw(st.sampled_from(AREAS)),
        "level": draw(st.sampled_from(Level)),
    }


@st.composite
def stocks(draw: Any, rules: Rules, *, max_size: int = 4, late: bool = True) -> list[Told]:
    """Some cases with their histories, each from a source number of its own."""
    stock = draw(st.lists(histories(rules, late=late), min_size=1, max_size=max_size))
    return [
        tuple(
            replace(happening, facts={**happening.facts, "source_no": f"N{number}"})
            if "source_no" in happening.facts
            else happening
            for happening in told
        )
        for number, told in enumerate(stock)
    ]
