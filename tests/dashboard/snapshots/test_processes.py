"""One computation a tick in several processes, whatever becomes of the one that computes."""

import gzip
import hashlib
import os
import signal
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from threading import Event, Thread

import orjson
import pytest
from sqlalchemy import Engine, select

from dashboard.database.engine import reading
from dashboard.database.tables import wall_snapshot
from tests.services.gunicorn import Served, all_answer, serving, until

pytestmark = pytest.mark.slow

VIEWERS, TICKS = 4, 6


@dataclass
class Viewer:
    """A wall that asks without a pause, on new connections, and puts the changes together."""

    served: Served
    stop: Event
    have: str = ""
    panels: dict[str, object] = field(default_factory=dict)
    seen: list[tuple[int, str, str]] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    lost: int = 0

    def watch(self) -> None:
        while not self.stop.is_set():
            try:
                answer = self.served.get(f"/live/wall?have={self.have}")
            except OSError:  # who answered was killed
                self.lost += 1
                continue
            self.statuses[answer.status] += 1
            if answer.status == 200:
                body = orjson.loads(gzip.decompress(answer.body))
                self.panels |= body["panels"]
                self.have = body["version"]
                drawn = hashlib.sha256(orjson.dumps(self.panels, option=orjson.OPT_SORT_KEYS))
                at = int(answer.headers["X-As-Of"])
                self.seen.append((at, self.have, drawn.hexdigest()))


class Crowd:
    """Viewers at once, from `with` to its end."""

    def __init__(self, served: Served) -> None:
        self._stop = Event()
        self.viewers = [Viewer(served, self._stop) for _ in range(VIEWERS)]
        self._threads = [Thread(target=viewer.watch) for viewer in self.viewers]

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def judge(self) -> None:
        """No viewer went back, and whoever saw a board saw the same one, whole."""
        versions, drawings = defaultdict(set), defaultdict(set)
        for viewer in self.viewers:
            instants = [at for at, _, _ in viewer.seen]
            assert instants == sorted(instants)
            for at, version, drawn in viewer.seen:
                versions[at].add(version)
                drawings[version].add(drawn)
        assert {at: len(each) for at, each in versions.items() if len(each) > 1} == {}
        assert {key: len(each) for key, each in drawings.items() if len(each) > 1} == {}
        assert sum((viewer.statuses for viewer in self.viewers), Counter()).keys() == {200}


def stored_ticks(served: Served) -> set[int]:
    return {tick for kind, _, tick, rows in served.notes() if kind == "put" and rows == 1}


def once_each(served: Served) -> None:
    """Each tick was begun by one process, and stored at most once."""
    leases = Counter(tick for kind, _, tick, _ in served.notes() if kind == "lease")
    stores = Counter(tick for kind, _, tick, rows in served.notes() if kind == "put" and rows)
    assert set(leases.values()) == {1} == set(stores.values())


def trapped(served: Served, number: signal.Signals) -> int:
    """Send a signal to the next process that computes, in the midst of it; return the process."""
    before = set(served.folder.glob("trapped-*"))
    (served.folder / "trap.new").write_text(str(int(number)))
    (served.folder / "trap.new").rename(served.folder / "trap")
    until(lambda: set(served.folder.glob("trapped-*")) - before, "somebody computes")
    (found,) = set(served.folder.glob("trapped-*")) - before
    return int(found.name.partition("-")[2])


def tick_of(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.scalars(select(wall_snapshot.c.tick)).one()


def goes_on(served: Served, without: int, ticks: int = 2) -> None:
    """Wait until others have stored so many boards from now on."""
    before = len(served.notes())

    def stored() -> bool:
        new = served.notes()[before:]
        return (
            len({t for kind, who, t, n in new if kind == "put" and n and who != without}) >= ticks
        )

    until(stored, f"others compute without {without}")


def test_several_processes_compute_once_a_tick_and_show_one_board(county, tmp_path):
    with serving(county, tmp_path) as served, Crowd(served) as crowd:
        until(lambda: len(stored_ticks(served)) >= TICKS, f"{TICKS} ticks")
    crowd.judge()
    once_each(served)
    last = max(at for viewer in crowd.viewers for at, _, _ in viewer.seen)

    with serving(county, tmp_path) as again:
        answer = again.get("/live/wall")
    assert answer.status == 200, again.log()[-4000:]
    assert int(answer.headers["X-As-Of"]) >= last, "a server that was started anew goes back"


def test_the_board_goes_on_when_who_computes_it_is_killed_or_frozen(county, tmp_path):
    with serving(county, tmp_path) as served, Crowd(served) as crowd:
        until(lambda: len(stored_ticks(served)) >= 2, "two ticks")
        killed = trapped(served, signal.SIGKILL)
        goes_on(served, without=killed)
        assert killed not in all_answer(served), "a new worker took its place"

        frozen = trapped(served, signal.SIGSTOP)
        goes_on(served, without=frozen)
        before, newest = len(served.notes()), tick_of(county)
        os.kill(frozen, signal.SIGCONT)
        until(
            lambda: any(note[:2] == ("put", frozen) for note in served.notes()[before:]),
            "who was frozen tries to store its board",
        )
        (mine, *_) = [note for note in served.notes()[before:] if note[:2] == ("put", frozen)]
        assert mine[3] == 0, "an old board was stored over a newer one"
        assert tick_of(county) >= newest
        goes_on(served, without=0)
    crowd.judge()
    once_each(served)
