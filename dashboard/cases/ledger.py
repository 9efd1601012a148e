"""One case while happenings are added to it: folding, and what each event changed. No database."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import compress
from operator import is_not
from typing import Any, NamedTuple

from dashboard.cases.happening import Happening
from dashboard.cases.lifecycle import TransitionError, advance
from dashboard.cases.rules import Rules
from dashboard.cases.state import FactError, State, instant, new_state
from dashboard.cases.step import SideRow, Step
from dashboard.terms import Event

BOOKKEEPING = frozenset({"id", "memory", "last_event_id", "last_event_at"})
"""Columns the before- and after-images leave out."""

Rows = dict[tuple[str, int], SideRow]


class Logged(NamedTuple):
    """A happening in the log; sorted, these are the history."""

    at: datetime
    seq: int
    happening: Happening


@dataclass(slots=True, kw_only=True)
class Entry:
    """An event to be written; `before` and `after` hold the columns it changed."""

    logged: Logged
    recorded_at: datetime
    stages: tuple[str | None, str | None]
    payload: dict[str, Any]
    before: State
    after: State


@dataclass(slots=True, kw_only=True)
class Ledger:
    """A case, its events that are still to be written, and its rows in other tables.

    `earlier` reads the events recorded before; it is asked only when one comes late. Once
    `refolded`, `rows` are all rows of the case.
    """

    state: State
    seq: int = 0
    hash: str | None = None
    earlier: Callable[[], list[Logged]] = list
    entries: list[Entry] = field(default_factory=list)
    rows: Rows = field(default_factory=dict)
    refolded: bool = False

    def add(self, happenings: Iterable[Happening], rules: Rules, now: datetime | None) -> None:
        """Let these have happened, all or none; each was recorded `now` or when it happened.

        Raises:
            TransitionError: one cannot happen, or not at its time.
        """
        state, seq, written, rows = self.state, self.seq, len(self.entries), dict(self.rows)
        try:
            for happening in happenings:
                self._add(happening, rules, now)
        except TransitionError:
            self.state, self.seq, self.rows = state, seq, rows
            del self.entries[written:]
            raise

    def _add(self, happening: Happening, rules: Rules, now: datetime | None) -> None:
        before, seq = self.state, self.seq + 1
        _check_correction(happening, before, seq)
        last_at = before["last_event_at"]
        if last_at is not None and (at := _at(happening, before)) < last_at:
            step = self._insert(Logged(at, seq, happening), rules)
        else:
            step = advance(before, happening, rules)
            self.state = step.case
            collect(self.rows, step)
        self.seq = seq
        changed = _changed(before, self.state)
        self.entries.append(
            Entry(
                logged=Logged(step.at, seq, happening),
                recorded_at=now or step.at,
                stages=(step.before["stage"], step.case["stage"]),
                payload=dict(step.facts),
                before={name: before[name] for name in changed} if seq > 1 else {},
                after={name: self.state[name] for name in changed},
            )
        )

    def _insert(self, late: Logged, rules: Rules) -> Step:
        """Fold the whole history anew with an event that comes late; return its own step."""
        log = sorted([*self.earlier(), *(entry.logged for entry in self.entries), late])
        state = {name: self.state[name] for name in ("id", "case_code", "last_event_id")}
        rows: Rows = {}
        found: Step | None = None
        try:
            for logged, step in fold(log, rules, new_state() | state):
                collect(rows, step)
                state = step.case
                found = step if logged.seq == late.seq else found
        except TransitionError as error:
            raise TransitionError(
                late.happening, self.state["stage"], f"it does not fit into the history: {error}"
            ) from None
        assert found is not None  # noqa: S101 -- `late` is in the log
        self.state, self.rows, self.refolded = state, rows, True
        return found


def fold(log: Iterable[Logged], rules: Rules, state: State) -> Iterable[tuple[Logged, Step]]:
    """Take the steps of a sorted log one after the other, beginning with `state`."""
    for logged in log:
        step = advance(state, logged.happening, rules)
        state = step.case
        yield logged, step


def collect(rows: Rows, step: Step) -> None:
    """Put the rows of a step to those before it; a change goes into the row it changes."""
    for row in step.rows:
        key = (row.table, row.key)
        known = rows.get(key)
        if known is not None and not row.new:
            row = SideRow(
                table=row.table, key=row.key, values=known.values | row.values, new=known.new
            )
        rows[key] = row


def _changed(before: State, after: State) -> list[str]:
    """Name the columns with another value; most hold the very same object and cost no step here."""
    others = compress(after, map(is_not, after.values(), before.values()))
    return [name for name in others if name not in BOOKKEEPING and after[name] != before[name]]


def _at(happening: Happening, state: State) -> datetime:
    try:
        return instant(happening.at)
    except FactError as error:
        raise TransitionError(happening, state["stage"], str(error)) from None


def _check_correction(happening: Happening, state: State, seq: int) -> None:
    if happening.event is not Event.CORRECT:
        return
    named = happening.facts.get("corrects")
    if isinstance(named, int) and named >= seq:
        raise TransitionError(happening, state["stage"], f"the case has no event {named}")
