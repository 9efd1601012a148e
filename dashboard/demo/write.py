"""Writing what the script says: cases through `record_many`, the smaller tables beside it."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, bindparam, select, update

from dashboard.cases.happening import Happening
from dashboard.cases.lifecycle import TransitionError
from dashboard.cases.record import History, record_many
from dashboard.cases.rules import Rules
from dashboard.database.tables import cases, source
from dashboard.demo.arrivals import CaseKey
from dashboard.demo.put import Put
from dashboard.demo.put_rows import put_rows
from dashboard.demo.script import Act
from dashboard.terms import Channel, Event

log = logging.getLogger(__name__)

FIRST = frozenset({Event.REPORT, Event.REGISTER})
LOOKUP = 500
"""Source numbers per statement."""


def write_acts(connection: Connection, acts: Sequence[Act], rules: Rules) -> None:
    """Write acts in the caller's transaction; each counts as recorded when it happened.

    A case that went another way than the script (somebody handled it in the application) keeps its
    way: what the script has for it is left out and logged.
    """
    histories: dict[CaseKey, list[Happening]] = {}
    for act in acts:
        if act.case is not None and isinstance(act.what, Happening):
            histories.setdefault(act.case, []).append(act.what)
    known = _write_cases(connection, histories, rules)
    puts = [act.what for act in acts if not isinstance(act.what, Happening)]
    put_rows(connection, list(_with_ids(connection, puts, known)))
    _note_sources(connection, acts)


def _write_cases(
    connection: Connection, histories: dict[CaseKey, list[Happening]], rules: Rules
) -> dict[CaseKey, int]:
    """Write histories; what names other cases comes once they all have ids. Returns the ids."""
    rest = {key: _cut(steps) for key, steps in histories.items()}
    rest = {key: steps for key, steps in rest.items() if steps}
    named = [other for steps in rest.values() for other in _named(steps)]
    older = [key for key, steps in histories.items() if not steps or steps[0].event not in FIRST]
    known = _ids(connection, [*older, *named])
    batch: dict[CaseKey, History] = {
        key: (known.get(key), steps)
        for key, steps in histories.items()
        if steps and (key in known or steps[0].event in FIRST)
    }
    case_ids = record_many(connection, batch.values(), rules=rules, now=None, refused=_leave_out)
    known |= {key: case_id for key, case_id in zip(batch, case_ids, strict=True) if case_id}
    later: list[History] = [
        (known[key], [_resolved(step, known) for step in steps])
        for key, steps in rest.items()
        if key in known and all(other in known for other in _named(steps))
    ]
    record_many(connection, later, rules=rules, now=None, refused=_leave_out)
    return known


NAMING = ("merged_into", "linked_case_ids")
"""Facts in which the script names other cases by their keys."""


def _cut(steps: list[Happening]) -> list[Happening]:
    """Take the steps off from the first that names another case on, and return them."""
    for place, step in enumerate(steps):
        if any(name in step.facts for name in NAMING):
            rest = steps[place:]
            del steps[place:]
            return rest
    return []


def _named(steps: Iterable[Happening]) -> list[CaseKey]:
    found: list[CaseKey] = []
    for step in steps:
        if "merged_into" in step.facts:
            found.append(cast("CaseKey", step.facts["merged_into"]))
        found += cast("list[CaseKey]", step.facts.get("linked_case_ids", []))
    return found


def _resolved(step: Happening, known: Mapping[CaseKey, int]) -> Happening:
    facts = dict(step.facts)
    if "merged_into" in facts:
        facts["merged_into"] = known[cast("CaseKey", facts["merged_into"])]
    if "linked_case_ids" in facts:
        keys = cast("list[CaseKey]", facts["linked_case_ids"])
        facts["linked_case_ids"] = [known[key] for key in keys]
    return replace(step, facts=facts)


def _with_ids(
    connection: Connection, puts: Sequence[Put], known: dict[CaseKey, int]
) -> Iterator[Put]:
    """Put the ids of cases into rows that name them by key; rows of unknown cases are left out."""
    wanted = {key for put in puts if (key := _case_of(put)) is not None} - known.keys()
    known |= _ids(connection, sorted(wanted))
    for put in puts:
        case = _case_of(put)
        if case is None:
            yield put
        elif case in known:
            found = {"case_id": known[case]}
            if "case_id" in put.key:
                yield replace(put, key={**put.key, **found})
            else:
                yield replace(put, values={**put.values, **found})


def _case_of(put: Put) -> CaseKey | None:
    case = put.key.get("case_id") or put.values.get("case_id")
    return cast("CaseKey | None", case)


def _leave_out(_index: int, error: TransitionError) -> None:
    log.warning("the demo leaves a case alone that went its own way: %s", error)


def _ids(connection: Connection, keys: Iterable[CaseKey]) -> dict[CaseKey, int]:
    """Find the cases the script speaks of."""
    numbers: dict[Channel, list[str]] = {}
    for channel, number in keys:
        numbers.setdefault(channel, []).append(number)
    found: dict[CaseKey, int] = {}
    query = select(cases.c.source_no, cases.c.id).where(
        cases.c.source_channel == bindparam("channel"),
        cases.c.source_no.in_(bindparam("numbers", expanding=True)),
    )
    for channel, wanted in numbers.items():
        for start in range(0, len(wanted), LOOKUP):
            part = {"channel": channel, "numbers": wanted[start : start + LOOKUP]}
            rows = connection.execute(query, part)
            found |= {(channel, row.source_no): row.id for row in rows}
    return found


def _note_sources(connection: Connection, acts: Iterable[Act]) -> None:
    """Note what each feed brought last, and how much."""
    last: dict[str, datetime] = {}
    counts: dict[str, int] = {}
    for act in acts:
        channel = _brought_by(act)
        if channel is not None:
            last[channel] = act.what.at
            counts[channel] = counts.get(channel, 0) + 1
    if last:
        statement = (
            update(source)
            .where(source.c.channel == bindparam("feed"))
            .values(last_received_at=bindparam("at"), rows_ok=source.c.rows_ok + bindparam("n"))
        )
        rows = [{"feed": feed, "at": at, "n": counts[feed]} for feed, at in last.items()]
        connection.execute(statement, rows)


def _brought_by(act: Act) -> str | None:
    """Return the channel of a new case or item, None for what comes later."""
    if isinstance(act.what, Happening):
        return str(act.case[0]) if act.case is not None and act.what.event in FIRST else None
    if act.what.new and act.what.table == "intelligence_item":
        return str(act.what.key["source_channel"])
    return None
