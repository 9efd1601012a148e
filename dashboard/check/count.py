"""A folded case counted in every figure: what came and went, and what was in hand when."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from dashboard.cases.ledger import Rows, collect
from dashboard.cases.state import State
from dashboard.check import of_parties
from dashboard.check.catalogue import RECOUNTS
from dashboard.check.kept import Kept
from dashboard.check.links import Brief, Links
from dashboard.check.recount import Moment, Of, Row
from dashboard.check.replay import Replayed, rows_by_table
from dashboard.check.tally import Hands, Tally, flows, grouped, stocks

GROUPS = grouped({name: one for name, one in RECOUNTS.items() if name not in of_parties.RECOUNTS})
LAST_GROUPS = grouped(of_parties.RECOUNTS)

CASE_FLOWS, HOLD_FLOWS, EVENT_FLOWS = (flows(GROUPS, of) for of in (Of.CASE, Of.HOLD, Of.EVENT))
CASE_STOCKS, HOLD_STOCKS = (stocks(GROUPS, of) for of in (Of.CASE, Of.HOLD))

ASKED = frozenset({
    "id", "case", "accepted_at", "left_at", "first_closed_at", "close_outcome", "case_kind",
    "category_code", "area_code", "location_text", "township_code", "lead_dept_id", "keys",
    "applicants",
})  # fmt: skip
"""What figures that are counted last ask of a case."""

NOBODY = Links()
"""No figure that is counted case by case asks for other cases."""


@dataclass(slots=True)
class Counted:
    """The sums, and what can be counted only when all cases are known.

    `briefs` are what other cases find, `last` the cases still to be counted, `hands` where those
    cases lie that orders and the like are about.
    """

    tally: Tally
    briefs: list[Brief] = field(default_factory=list)
    last: list[dict[str, Any]] = field(default_factory=list)
    hands: dict[int, Hands] = field(default_factory=dict)

    def merge(self, other: "Counted") -> None:
        """Add what was counted of other cases."""
        self.tally.merge(other.tally)
        self.briefs += other.briefs
        self.last += other.last
        self.hands |= other.hands


class Then(NamedTuple):
    """A case and its rows as they were."""

    state: State
    rows: Rows


def count_case(counted: Counted, kept: Kept, made: Replayed, *, named: bool) -> None:
    """Count a case in all spans and at all moments."""
    tally, window = counted.tally, counted.tally.window
    course = _course(made, window.moments[0])
    then = _then(course, window.as_of)
    if then is not None:
        row, holds = _row(kept, then), _holds(kept, then)
        moment = Moment(window.as_of, NOBODY)
        tally.add(CASE_FLOWS, row, moment, _hands(row))
        for hold in holds:
            tally.add(HOLD_FLOWS, hold, moment, _hands(hold))
        _prepare(counted, kept, made, row)
        if named:
            counted.hands[kept.case["id"]] = _hands(row)
    _count_events(tally, kept, made, then)
    if len(course) == 1 and made.state["left_at"] is not None:
        return
    known: tuple[Then, dict[str, Any], list[dict[str, Any]]] | None = None
    for span, at in enumerate(window.moments):
        state = _then(course, at)
        if state is None or state.state["left_at"] is not None:
            continue
        if known is None or known[0] is not state:
            known = (state, _row(kept, state), _holds(kept, state))
        _, row, holds = known
        moment = Moment(at, NOBODY)
        tally.add_stock(CASE_STOCKS, row, moment, span, _hands(row))
        for hold in holds:
            tally.add_stock(HOLD_STOCKS, hold, moment, span, _hands(hold))


def _course(made: Replayed, since: datetime) -> Sequence[tuple[datetime, Then]]:
    """Return how the case was after each step in the order of time; all before `since` as one."""
    last, _ = made.steps[-1]
    if last.at <= since:
        return [(last.at, Then(made.state, made.rows))]
    rows: Rows = {}
    course = []
    for logged, step in made.steps:
        if step.rows:
            rows = dict(rows)
            collect(rows, step)
        course.append((logged.at, Then(step.case, rows)))
    return course


def _then(course: Sequence[tuple[datetime, Then]], at: datetime) -> Then | None:
    number = bisect_right(course, at, key=lambda one: one[0])
    return course[number - 1][1] if number else None


def _row(kept: Kept, then: Then) -> dict[str, Any]:
    rows, case_id = rows_by_table(then.rows), kept.case["id"]
    return then.state | {
        "id": case_id,
        "case": case_id,
        "holds": rows.get("case_hold", ()),
        "follow_ups": rows.get("follow_up", ()),
        "keys": frozenset(kept.keys),
        "applicants": frozenset(kept.applicants),
    }


def _holds(kept: Kept, then: Then) -> list[dict[str, Any]]:
    held = rows_by_table(then.rows).get("case_hold", ())
    return [hold | {"case": kept.case["id"]} for hold in held]


def _count_events(tally: Tally, kept: Kept, made: Replayed, then: Then | None) -> None:
    hands = (None, None) if then is None else _hands(then.state)
    oldest, moment = tally.window.oldest, Moment(tally.window.as_of, NOBODY)
    for logged, _ in reversed(made.steps):
        if logged.at < oldest:
            return
        row = {"type": logged.happening.event, "at": logged.at, "case": kept.case["id"]}
        tally.add(EVENT_FLOWS, row, moment, hands)


def _hands(row: Row) -> Hands:
    return row["township_code"], row["lead_dept_id"]


def _prepare(counted: Counted, kept: Kept, made: Replayed, then: Row) -> None:
    """Put a case where the others find it, and aside if it is counted when all are known."""
    window, state = counted.tally.window, made.state
    at = state["accepted_at"]
    reach = of_parties.YEAR if state["case_kind"] == "petition" else of_parties.WEEK
    if at is not None and at >= window.oldest - reach and _is_linked(kept, state):
        counted.briefs.append(
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
    if any(window.spans_of(then[name]) for name in ("accepted_at", "first_closed_at")):
        counted.last.append({name: value for name, value in then.items() if name in ASKED})


def _is_linked(kept: Kept, state: State) -> bool:
    return bool(kept.keys) or state["source_channel"] == "police_110"
