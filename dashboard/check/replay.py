"""A case folded anew event by event."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from operator import is_not
from typing import Any, NamedTuple

import orjson

from dashboard.cases.happening import Actor, Happening
from dashboard.cases.ledger import BOOKKEEPING, Ledger, Logged, Rows, collect, fold
from dashboard.cases.rules import Rules
from dashboard.cases.state import State, new_state
from dashboard.cases.step import Step
from dashboard.check.kept import Kept, LogRow, instant
from dashboard.terms import Event, Role

EVENTS = {str(event): event for event in Event}
ROLES = {str(role): role for role in Role}


class Image(NamedTuple):
    """What an event did, as its row in the log says."""

    at: datetime
    from_stage: str | None
    to_stage: str | None
    before: State
    after: State


@dataclass(frozen=True, slots=True)
class Replayed:
    """A case made anew: its last state and rows, its events as written, its steps in time."""

    state: State
    rows: Rows
    images: list[Image]
    steps: list[tuple[Logged, Step]]


def replay(kept: Kept, rules: Rules) -> Replayed:
    """Let the events of a case happen once more, in memory.

    Raises:
        TransitionError, ValueError, KeyError: an event is not possible where it stands.
    """
    log = [_logged(row) for row in kept.events]
    in_time = sorted(log)
    steps = list(fold(in_time, rules, new_state()))
    rows: Rows = {}
    for _, step in steps:
        collect(rows, step)
    images = [_image(*one) for one in steps] if in_time == log else _written(kept, log, rules)
    images[0].before.clear()
    images[0].after["case_code"] = kept.case["case_code"]
    named = {name: kept.case[name] for name in ("id", "case_code")}
    named["last_event_id"] = kept.events[-1].event_id
    return Replayed(steps[-1][1].case | named, rows, images, steps)


def _logged(row: LogRow) -> Logged:
    at = instant(row.at)
    happening = Happening(
        event=EVENTS[row.type],
        at=at,
        actor=Actor(role=ROLES[row.actor_role], org_id=row.actor_org_id, staff=row.actor_staff),
        facts=orjson.loads(row.payload),
        dept_id=row.dept_id,
        sheet_no=row.sheet_no,
        reason=row.reason,
        source=row.source,  # type: ignore[arg-type]  # as it was written
    )
    return Logged(at, row.seq, happening)


def _image(one: Logged, step: Step) -> Image:
    before, after = step.before, step.case
    others = compress(after, map(is_not, after.values(), before.values()))
    changed = [name for name in others if name not in BOOKKEEPING and after[name] != before[name]]
    return Image(
        one.at,
        before["stage"],
        after["stage"],
        {name: before[name] for name in changed},
        {name: after[name] for name in changed},
    )


def _written(kept: Kept, log: list[Logged], rules: Rules) -> list[Image]:
    """Record a log with late events in the order it became known."""
    ledger = Ledger(state=new_state())
    for one, row in zip(log, kept.events, strict=True):
        ledger.add([one.happening], rules, instant(row.recorded_at))
    return [
        Image(entry.logged.at, *entry.stages, entry.before, entry.after) for entry in ledger.entries
    ]


def rows_by_table(rows: Rows) -> dict[str, list[dict[str, Any]]]:
    """Return the rows beside a case as plain dicts, by table."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (table, number), row in sorted(rows.items()):
        found[table].append({"number": number, **row.values})
    return found
