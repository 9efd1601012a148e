"""All cases folded and counted, one after the other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import Connection

from dashboard.cases.lifecycle import TransitionError
from dashboard.cases.rebuild import fault_of
from dashboard.cases.rules import Rules
from dashboard.check.beside import count_beside, named_cases
from dashboard.check.count import GROUPS, LAST_GROUPS, Counted, count_case
from dashboard.check.difference import Difference
from dashboard.check.kept import Chunk, Kept, chunks, kept_cases
from dashboard.check.links import Links
from dashboard.check.recount import Moment
from dashboard.check.replay import Replayed, replay
from dashboard.check.rows import row_differences
from dashboard.check.tally import Key, Tally
from dashboard.check.window import Window
from dashboard.check.workers import mapped

MOST = 200
"""So many differing rows are named, the others counted."""

Progress = Callable[[int], None]


@dataclass(slots=True)
class Recomputed:
    """What the events of some cases come to."""

    counted: Counted
    cases: int = 0
    events: int = 0
    wrong: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def tally(self) -> Tally:
        """The sums."""
        return self.counted.tally

    def note(self, found: Iterable[Difference]) -> None:
        """Keep the first differences and count all."""
        for one in found:
            self.wrong += 1
            if len(self.differences) < MOST:
                self.differences.append(one)

    def merge(self, other: "Recomputed") -> None:
        """Add what came of other cases."""
        self.counted.merge(other.counted)
        self.cases += other.cases
        self.events += other.events
        self.wrong += other.wrong
        self.differences += other.differences[: MOST - len(self.differences)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What there is to do with every chunk; `named` are the cases that other rows are about."""

    rules: Rules
    window: Window
    watched: frozenset[Key]
    named: frozenset[int]

    def nothing(self) -> Recomputed:
        """Return the sums to begin with."""
        return Recomputed(Counted(Tally(self.window, self.watched)))


def recompute(  # noqa: PLR0913 -- what, and how
    connection: Connection,
    rules: Rules,
    window: Window,
    watched: frozenset[Key] = frozenset(),
    progress: Progress = lambda _: None,
    *,
    processes: int = 1,
) -> Recomputed:
    """Fold every case, compare its rows, and count it in every figure.

    Memory holds a chunk of cases for each process, the sums, and those cases of the window whose
    party or place others may share.
    """
    job = Job(rules=rules, window=window, watched=watched, named=named_cases(connection))
    found = job.nothing()
    for part in mapped(partial(recompute_chunk, job), chunks(connection), processes):
        found.merge(part)
        progress(found.cases)
    moment = Moment(window.as_of, Links())
    for brief in found.counted.briefs:
        moment.links.add(brief)
    for row in found.counted.last:
        hands = row["township_code"], row["lead_dept_id"]
        found.tally.add(LAST_GROUPS, row, moment, hands)
    count_beside(connection, GROUPS, found.tally, moment, found.counted.hands)
    return found


def recompute_chunk(job: Job, chunk: Chunk) -> Recomputed:
    """Do it with a chunk of cases; those of parties and places are counted when all are known."""
    found = job.nothing()
    for kept in kept_cases(chunk):
        found.cases += 1
        found.events += len(kept.events)
        found.note(_log_faults(kept))
        made = _made(kept, job.rules, found)
        if made is not None:
            found.note(row_differences(kept, made))
            count_case(found.counted, kept, made, named=kept.case["id"] in job.named)
    return found


def _log_faults(kept: Kept) -> Iterator[Difference]:
    """Name the first event of a case that was altered after it was written."""
    before, code = None, kept.case["case_code"]
    for expected, row in enumerate(kept.events, 1):
        fault = fault_of(row, expected, before)
        if fault is not None:
            yield Difference(kind="log", what=f"{row.seq}", recomputed=fault, cases=(code,))
            return
        before = row.hash
    if kept.events and kept.case["last_event_id"] != kept.events[-1].event_id:
        fault = "the last events of the case are missing"
        what = f"{len(kept.events) + 1}"
        yield Difference(kind="log", what=what, recomputed=fault, cases=(code,))


def _made(kept: Kept, rules: Rules, found: Recomputed) -> Replayed | None:
    if not kept.events:
        fault = "the case has no events"
    else:
        try:
            return replay(kept, rules)
        except (TransitionError, ValueError, KeyError, TypeError) as error:
            fault = str(error) if isinstance(error, TransitionError) else type(error).__name__
    found.note([
        Difference(kind="log", what="events", recomputed=fault, cases=(kept.case["case_code"],))
    ])  # fmt: skip
    return None
