"""What a file's rows tell that the database does not know yet.

A row is compared with what earlier imports said of its case, not with the case itself: what the
centre has done to it since stays untouched until its source says something new.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, select

from dashboard.cases.happening import Actor, Happening
from dashboard.cases.state import clean
from dashboard.database.tables import case_event, cases
from dashboard.intake.facts import Facts, Told
from dashboard.intake.faults import Rejection
from dashboard.terms import Event, Role

IMPORT = Actor(role=Role.IMPORT)

Key = tuple[str, str]
"""Source channel and source number."""


class Story(NamedTuple):
    """What to record for one row; `case_id` None begins a case."""

    told: Told
    case_id: int | None
    happenings: list[Happening]


class Repeats:
    """Finds source numbers that a file holds more than once; the first row counts."""

    def __init__(self) -> None:
        self._first: dict[Key, tuple[int, int]] = {}

    def is_repeat(self, told: Told) -> bool:
        """Tell whether an earlier row said exactly the same.

        Raises:
            Rejection: an earlier row with this number said something else.
        """
        print_ = hash((*told.opening.items(), *(told.end or {}).items()))
        line, first = self._first.setdefault(told.key, (told.row.line, print_))
        if line == told.row.line:
            return False
        if first != print_:
            raise Rejection(f"line {line} has this number, with other content", "source_no")
        return True


def find_news(connection: Connection, rows: Sequence[Told], now: datetime) -> list[Story]:
    """Compare rows, each of another case, with what is stored; unchanged ones are left out."""
    known = known_cases(connection, rows)
    stored = _stored(connection, known.values())
    stories = []
    for told in rows:
        case_id = known.get(told.key)
        if case_id is None:
            stories.append(Story(told, None, _beginning(told)))
            continue
        change = _change(told, stored.get(case_id, {}))
        if change:
            at = told.ended_at if told.end is not None and "stage" in change else None
            stories.append(Story(told, case_id, [_adopt(at or now, change)]))
    return stories


def known_cases(connection: Connection, rows: Iterable[Told]) -> dict[Key, int]:
    """Return the ids of the rows' cases that are stored."""
    keys = [told.key for told in rows]
    found = connection.execute(
        select(cases.c.source_channel, cases.c.source_no, cases.c.id).where(
            cases.c.source_channel.in_({channel for channel, _ in keys}),
            cases.c.source_no.in_([number for _, number in keys]),
        )
    )
    return {(row.source_channel, row.source_no): row.id for row in found}


def _stored(connection: Connection, case_ids: Iterable[int]) -> dict[int, Facts]:
    """Return the facts that earlier imports stated of each case, later over earlier."""
    ids = list(case_ids)
    if not ids:
        return {}
    found = connection.execute(
        select(case_event.c.case_id, case_event.c.payload)
        .where(
            case_event.c.case_id.in_(ids),
            case_event.c.type == Event.ADOPT,
            case_event.c.actor_role == Role.IMPORT,
        )
        .order_by(case_event.c.case_id, case_event.c.seq)
    )
    stored: dict[int, Facts] = {}
    for case_id, payload in found:
        stored.setdefault(case_id, {}).update(payload)
    return stored


def _beginning(told: Told) -> list[Happening]:
    opened_at = told.opening.get("accepted_at") or told.opening["reported_at"]
    story = [_adopt(opened_at, told.opening)]
    if told.end is not None and told.ended_at is not None:
        story.append(_adopt(told.ended_at, told.end))
    return story


def _change(told: Told, stored: Facts) -> Facts:
    """Return the facts that differ, with None for those the source has taken back."""
    facts = told.opening | (told.end or {})
    said: dict[str, Any] = orjson.loads(orjson.dumps(clean(facts)))
    change = {name: facts[name] for name, value in said.items() if value != stored.get(name)}
    gone = (name for name, value in stored.items() if value is not None and name not in said)
    change |= dict.fromkeys(gone)
    if change and told.end is not None:
        change |= told.end  # a closing is adopted whole
    return change


def _adopt(at: datetime, facts: Facts) -> Happening:
    return Happening(
        event=Event.ADOPT,
        at=at,
        actor=IMPORT,
        facts=facts,
        dept_id=facts.get("lead_dept_id"),
        source="import",
    )
