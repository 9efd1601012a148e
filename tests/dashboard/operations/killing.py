"""Work in a process of its own that is killed at any moment, and what must hold afterwards.

The process writes down what was acknowledged: what it would have told somebody was done. Half of
the kills come before a statement or a commit, half from outside after some time.
"""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from sqlalchemy import Engine, event, func, select

from dashboard.calendar import WorkCalendar
from dashboard.cases.rebuild import verify_chain
from dashboard.cases.record import record
from dashboard.check.run import check
from dashboard.check.window import Window
from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.tables import (
    case_event,
    cases,
    import_run,
    snapshot_history,
    wall_snapshot,
)
from dashboard.intake import run as intake
from dashboard.intake.mapping import load_mapping
from dashboard.intake.surroundings import look_around
from dashboard.profile import load_profile
from dashboard.settings import Settings
from dashboard.snapshots.encode import board_from
from dashboard.snapshots.feed import Feed
from dashboard.snapshots.read import read_board
from tests import worlds
from tests.conftest import NOW
from tests.dashboard.intake import files

forked = multiprocessing.get_context("forkserver")
forked.set_forkserver_preload([__name__])

Acknowledge = Callable[[str], None]

ROWS, CHUNK = 120, 20
EVERY_S = 5
LATEST = {"record": (0.5, 90), "import": (0.5, 84), "refresh": (2.0, 400)}
"""How late a kill may come, in seconds and in statements: the work's fifth step or so."""


class Job(NamedTuple):
    """What a process does: `number` makes it unlike every other, `folder` is for its files."""

    url: str
    number: int
    folder: Path


def record_cases(engine: Engine, job: Job, acknowledge: Acknowledge) -> None:
    """Begin cases and bring them on, an event a transaction."""
    for number in count():
        case_id, at = None, worlds.ACCEPTED
        for kind in worlds.UP_TO_WORK:
            if case_id is None:
                happening = worlds.a_beginning(kind, at, source_no=f"{job.number}-{number}")
            else:
                happening = worlds.a_happening(kind, at)
            with writing(engine) as connection:
                done = record(connection, happening, case_id=case_id, rules=worlds.rules(), now=at)
            case_id, at = done.case_id, at + timedelta(hours=1)
            acknowledge(f"{done.case_id} {done.event_id}")


def import_rows(engine: Engine, job: Job, acknowledge: Acknowledge) -> None:
    """Import the file of this job, a chunk a transaction."""
    chunks = count(1)
    bring(engine, job, lambda _share: acknowledge(str(next(chunks))))


def bring(engine: Engine, job: Job, advance: Callable[[float], None] | None = None):
    numbers = range(job.number * ROWS, (job.number + 1) * ROWS)
    file = files.a_csv(job.folder, *map(files.line, numbers), name=f"{job.number}.csv")
    mapping = load_mapping(files.a_mapping(job.folder))
    with reading(engine) as connection:
        around = look_around(connection, mapping, load_profile("zhanyi"), Settings())
    with patch.object(intake, "CHUNK", CHUNK):  # small, so that many ends lie within an import
        return intake.import_file(engine, file, around, now=NOW, advance=advance)


def refresh_wall(engine: Engine, job: Job, acknowledge: Acknowledge) -> None:
    """Compute the board of one tick after the other, and keep that of every full hour."""
    feed, clock = a_feed(engine, job.number)
    while True:
        acknowledge(str(feed.latest().tick))
        clock[0] += timedelta(seconds=EVERY_S * 60)


def a_feed(engine: Engine, number: int):
    settings, clock = Settings(), [NOW + timedelta(days=number)]
    profile, calendar = load_profile("zhanyi"), WorkCalendar.load(settings.zone)

    def read(connection, as_of):
        return read_board(
            connection, profile=profile, settings=settings, calendar=calendar, as_of=as_of
        )

    return Feed(engine, read, lambda: clock[0], every_s=EVERY_S), clock


WORK = {"record": record_cases, "import": import_rows, "refresh": refresh_wall}


def body(name: str, job: Job, dies_at: int | None, begun) -> None:
    """What the process does until it is killed."""
    engine = open_engine(job.url)
    notes = os.open(notes_of(job), os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    if dies_at is not None:
        left = count(dies_at, -1)

        def die(*_: object) -> None:
            if next(left) == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(engine, "before_cursor_execute", die)
        event.listen(engine, "commit", die)
    begun.set()
    WORK[name](engine, job, lambda text: os.write(notes, f"{text}\n".encode()) and None)


def notes_of(job: Job) -> Path:
    return job.folder / f"{job.number}.notes"


def killed(name: str, job: Job, chance: random.Random) -> bool:
    """Start the work and kill it; False when it was done before."""
    seconds, statements = LATEST[name]
    dies_at = chance.randrange(statements) if job.number % 2 else None
    begun = forked.Event()
    process = forked.Process(target=body, args=(name, job, dies_at, begun), daemon=True)
    process.start()
    begun.wait(60)
    process.join(60 if dies_at is not None else chance.random() * seconds)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


@dataclass
class Tally:
    """What so many kills did; `wrong` names everything that must not be."""

    kills: int = 0
    acknowledged: int = 0
    slowest_s: float = 0
    wrong: list[str] = field(default_factory=list)


def kill_often(name: str, engine: Engine, folder: Path, kills: int, seed: int = 1) -> Tally:
    """Kill a kind of work so many times, and look at the database after each."""
    tally, url, numbers = Tally(), engine.url.render_as_string(hide_password=False), count(seed)
    while tally.kills < kills:
        number = next(numbers)
        job = Job(url, number, folder)
        tally.kills += killed(name, job, random.Random(number))
        notes = notes_of(job).read_text().splitlines() if notes_of(job).exists() else []
        tally.acknowledged += len(notes)
        began = time.perf_counter()
        faults = [*broken(engine), *JUDGES[name](engine, job, notes)]
        tally.slowest_s = max(tally.slowest_s, time.perf_counter() - began)
        tally.wrong += [f"{name} {number}: {fault}" for fault in faults]
    with writing(engine) as connection:
        connection.exec_driver_sql("ANALYZE")  # as any database that stands for a day has done
    with reading(engine) as connection:
        window = Window.until(NOW, 2, worlds.rules().calendar.zone)
        result = check(connection, worlds.rules(), window)
    tally.wrong += [f"{each.kind} {each.what}" for each in result.differences]
    return tally


def broken(engine: Engine) -> Iterable[str]:
    """Name what is half applied anywhere; opened anew, as after a crash."""
    engine.dispose()
    with reading(engine) as connection:
        if engine.dialect.name == "sqlite":
            said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            yield from (each for each in said if each != "ok")
        if (altered := verify_chain(connection)) is not None:
            yield f"event {altered.event_id} of case {altered.case_id}: {altered.fault}"
        rows = connection.scalar(select(func.count()).select_from(cases))
        begun = connection.scalar(select(func.count(case_event.c.case_id.distinct())))
        if rows != begun:
            yield f"{rows} cases, but events of {begun}"


def judge_record(engine: Engine, job: Job, notes: list[str]) -> Iterable[str]:
    wanted = {tuple(map(int, note.split())) for note in notes}
    with reading(engine) as connection:
        there = select(case_event.c.case_id, case_event.c.event_id)
        found = {tuple(row) for row in connection.execute(there)}
    yield from (f"event {event_id} is lost" for _, event_id in wanted - found)
    with writing(engine) as connection:  # and it goes on
        worlds.a_history(connection, source_no=f"{job.number}-after")


def judge_import(engine: Engine, job: Job, notes: list[str]) -> Iterable[str]:
    mine = import_run.c.file_name == f"{job.number}.csv"
    ours = cases.c.source_no.in_([str(job.number * ROWS + each) for each in range(ROWS)])
    counted = select(func.coalesce(func.sum(import_run.c.rows_new), 0)).where(mine)
    with reading(engine) as connection:
        said = int(connection.scalar(counted) or 0)
        there = connection.scalar(select(func.count()).where(ours)) or 0
    if said != there or there % CHUNK:
        yield f"{there} rows are there, the run says {said}"
    if there < len(notes) * CHUNK:
        yield f"{len(notes) * CHUNK - there} acknowledged rows are lost"
    again = bring(engine, job)
    if (again.new, again.unchanged) != (ROWS - there, there):
        yield f"the rest brought {again.new} new and {again.unchanged} unchanged of {ROWS}"


def judge_refresh(engine: Engine, job: Job, notes: list[str]) -> Iterable[str]:
    with reading(engine) as connection:
        row = connection.execute(select(wall_snapshot)).first()
        hours = connection.execute(select(snapshot_history.c.at, snapshot_history.c.body)).all()
    tick = -1
    if row is not None and row.body is not None:
        tick = row.tick
        if int(board_from(row.body).as_of.timestamp() // EVERY_S) != tick:
            yield f"the board of tick {tick} is of another"
    if notes and tick < int(notes[-1]):
        yield f"tick {notes[-1]} was shown, tick {tick} is kept"
    yield from (f"the board of {at} is of another" for at, body in hours
                if board_from(body).as_of != at)  # fmt: skip
    feed, clock = a_feed(engine, job.number)
    clock[0] += timedelta(hours=12)  # the lease of who was killed is over
    if feed.latest().board.as_of != clock[0]:
        yield "nobody takes over"


JUDGES = {"record": judge_record, "import": judge_import, "refresh": judge_refresh}
