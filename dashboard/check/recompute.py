"""All cases folded and counted, one after the other."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from dashboard.cases.ledger import Rows, collect
from dashboard.cases.lifecycle import TransitionError
from dashboard.cases.rules import Rules
from dashboard.cases.state import State
from dashboard.check import of_parties
from dashboard.check.beside import count_beside, named_cases
from dashboard.check.catalogue import RECOUNTS
from dashboard.check.difference import Difference
from dashboard.check.links import Brief, Links
from dashboard.check.recount import Moment, Of, Row
from dashboard.check.replay import Kept, Replayed, kept_cases, replay, rows_by_table
from dashboard.check.rows import row_differences
from dashboard.check.tally import Key, Tally, flows, grouped, stocks
from dashboard.check.window import Window

GROUPS = grouped({name: one for name, one in RECOUNTS.items() if name not in of_parties.RECOUNTS})
LAST_GROUPS = grouped(of_parties.RECOUNTS)
MOST = 200
"""So many differing rows are named, the others counted."""

Progress = Callable[[int], None]
Then = tuple[State, Rows]


@dataclass(slots=True)
class Recomputed:
    """What the events come to."""

    tally: Tally
    cases: int = 0
    events: int = 0
    wrong: int = 0
    differences: list[Difference] = field(default_factory=list)

    def note(self, found: Iterator[Difference]) -> None:
        """Keep the first differences and count all."""
        for one in found:
            self.wrong += 1
            if len(self.differences) < MOST:
                self.differences.append(one)


def recompute(
    connection: Connection,
    rules: Rules,
    window: Window,
    watched: frozenset[Key] = frozenset(),
    progress: Progress = lambda _: None,
) -> Recomputed:
    """Fold every case, compare its rows, and count it in every figure.

    Memory holds a chunk of cases, the sums, and those cases of the window whose party or place
    others may share.
    """
    found = Recomputed(Tally(window, watched))
    moment = Moment(window.as_of, Links())
    last: list[dict[str, Any]] = []
    named = named_cases(connection)
    for kept in kept_cases(connection):
        found.cases += 1
        found.events += len(kept.events)
        progress(found.cases)
        made = _made(kept, rules, found)
        if made is not None:
            found.note(row_differences(kept, made))
            then = _count(kept, made, found.tally, moment, last)
            if then is not None and kept.case["id"] in named:
                named[kept.case["id"]] = _hands(then[0])
    for row in last:
        hands = row["township_code"], row["lead_dept_id"]
        found.tally.add(LAST_GROUPS, row, moment, hands)
    count_beside(connection, GROUPS, found.tally, moment, named)
    return found


def _made(kept: Kept, rules: Rules, found: Recomputed) -> Replayed | None:
    if not kept.events:
        fault = "the case has no events"
    else:
        try:
            return replay(kept, rules)
        except (TransitionError, ValueError, KeyError, TypeError) as error:
            fault = str(error) if isinstance(error, TransitionError) else type(error).__name__
    one = Difference(kind="log", what="events", recomputed=fault, cases=(kept.case["case_code"],))
    found.note(iter([one]))
    return None


def _count(
    kept: Kept, made: Replayed, tally: Tally, moment: Moment, last: list[dict[str, Any]]
) -> Then | None:
    """Count a case, and return it as it was at the moment of the check."""
    window = tally.window
    states = _states(made)
    then = _state_at(states, window.as_of)
    if then is not None:
        _count_flows(kept, then, tally, moment)
        _prepare(kept, made, then[0], window, moment.links, last)
    _count_events(kept, then, tally, moment)
    first = window.moments[0]
    if made.steps[-1][0].at <= first and made.state["left_at"] is not None:
        return then
    for span, at in enumerate(window.moments):
        state = _state_at(states, at)
        if state is not None and _stands(state[0]):
            _count_stock(kept, state, tally, Moment(at, moment.links), span)
    return then


def _states(made: Replayed) -> list[tuple[Any, State, Rows]]:
    """Return the state and the rows after each step, in the order of time."""
    rows: Rows = {}
    states = []
    for logged, step in made.steps:
        if step.rows:
            rows = dict(rows)
            collect(rows, step)
        states.append((logged.at, step.case, rows))
    return states


def _state_at(states: list[tuple[Any, State, Rows]], at: Any) -> Then | None:  # noqa: ANN401
    number = bisect_right(states, at, key=lambda one: one[0])
    return states[number - 1][1:] if number else None


def _stands(state: State) -> bool:
    return state["left_at"] is None


def _named(kept: Kept, state: State, rows: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    case_id = kept.case["id"]
    return state | {
        "id": case_id,
        "case": case_id,
        "holds": rows.get("case_hold", ()),
        "follow_ups": rows.get("follow_up", ()),
        "keys": frozenset(kept.keys),
        "applicants": frozenset(kept.applicants),
    }


CASE_FLOWS, HOLD_FLOWS, EVENT_FLOWS = (flows(GROUPS, of) for of in (Of.CASE, Of.HOLD, Of.EVENT))
CASE_STOCKS, HOLD_STOCKS = (stocks(GROUPS, of) for of in (Of.CASE, Of.HOLD))


def _count_flows(kept: Kept, then: Then, tally: Tally, moment: Moment) -> None:
    rows = rows_by_table(then[1])
    row = _named(kept, then[0], rows)
    tally.add(CASE_FLOWS, row, moment, _hands(row))
    for hold in rows.get("case_hold", ()):
        hold["case"] = row["id"]
        tally.add(HOLD_FLOWS, hold, moment, _hands(hold))


def _count_stock(kept: Kept, then: Then, tally: Tally, moment: Moment, span: int) -> None:
    rows = rows_by_table(then[1])
    row = _named(kept, then[0], rows)
    tally.add_stock(CASE_STOCKS, row, moment, span, _hands(row))
    for hold in rows.get("case_hold", ()):
        hold["case"] = row["id"]
        tally.add_stock(HOLD_STOCKS, hold, moment, span, _hands(hold))


def _count_events(kept: Kept, then: Then | None, tally: Tally, moment: Moment) -> None:
    hands = (None, None) if then is None else _hands(then[0])
    for event in kept.events:
        row = {"type": event.type, "at": event.at, "case": kept.case["id"]}
        tally.add(EVENT_FLOWS, row, moment, hands)


def _hands(row: Row) -> tuple[str | None, str | None]:
    return row["township_code"], row["lead_dept_id"]


def _prepare(  # noqa: PLR0913 -- a case, and where it may be needed
    kept: Kept,
    made: Replayed,
    then: State,
    window: Window,
    links: Links,
    last: list[dict[str, Any]],
) -> None:
    """Put a case where the others find it, and aside if it is counted when all are known."""
    state = made.state
    oldest = min(window.starts[0], window.running.start)
    at = state["accepted_at"]
    reach = of_parties.YEAR if state["case_kind"] == "petition" else of_parties.WEEK
    if at is not None and at >= oldest - reach and _is_linked(kept, state):
        links.add(
            Brief(
                id=kept.case["id"],
                accepted_at=at,
                kind=state["case_kind"],
                channel=state["source_channel"],
                area=state["area_code"],
                place=state["location_text"],
                category=state["category_code"],
                keys=frozenset(kept.keys),
                applicants=frozenset(kept.applicants),
            )
        )
    instants = (then["accepted_at"], then["first_closed_at"])
    if any(window.spans_of(instant) for instant in instants):
        last.append(
            {name: value for name, value in _named(kept, then, {}).items() if name in ASKED}
        )


def _is_linked(kept: Kept, state: State) -> bool:
    return bool(kept.keys) or state["source_channel"] == "police_110"


ASKED = frozenset({
    "id", "case", "accepted_at", "left_at", "first_closed_at", "close_outcome", "case_kind",
    "category_code", "area_code", "location_text", "township_code", "lead_dept_id", "keys",
    "applicants",
})  # fmt: skip
