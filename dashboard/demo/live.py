"""The live day: the script goes on as time passes, a step whenever something is due."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database.engine import writing
from dashboard.demo.player import Centre, Player, play_to
from dashboard.demo.progress import read_progress, write_progress

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
"""How often the clock is asked; also how soon `stop` is heard at the latest."""

WAIT_AFTER_FAULT_S = 10.0
BEHIND = timedelta(minutes=10)
"""Who is further behind, after a sleep of the machine, catches up with boards on the way."""


def live(
    engine: Engine,
    centre: Centre,
    now: Callable[[], datetime],
    stop: Event,
    *,
    pace: int | None = None,
) -> None:
    """Play the demo of a database until `stop` is set, in the foreground or as a thread.

    Several may play at once: each step is one transaction that says how far the script was played,
    so that whoever comes second finds nothing left to do. `pace` makes the county busier from now
    on, for this database, until another pace is asked for; None leaves it as it is.

    Raises:
        DemoError: the database has no demo.
    """
    player, wait_s = Player(centre), 0.0
    while not stop.wait(wait_s):
        try:
            tick(engine, player, centre, now())
            if pace is not None:
                set_pace(engine, pace)
                pace = None
            if wait_s == 0:
                log.info("the demo county is live")
            wait_s = LOOK_EVERY_S
        except SQLAlchemyError as error:
            log.warning("the demo waits for its database: %s", error)
            wait_s = WAIT_AFTER_FAULT_S


def tick(engine: Engine, player: Player, centre: Centre, now: datetime) -> int:
    """Write what is due by `now`; returns how many acts. Without any, the database rests."""
    now, due = now.replace(microsecond=0), player.next_at()
    if due is None or due < now - BEHIND:
        return play_to(engine, player, now, centre.rules.calendar)
    if due > now:
        return 0
    with writing(engine) as connection:
        return player.step(connection, now)


def set_pace(engine: Engine, times: int) -> None:
    """Make the county `times` as busy as usual from where it stands."""
    with writing(engine) as connection:
        progress = read_progress(connection)
        if progress is not None:
            write_progress(connection, progress.at_pace(times, progress.played))
