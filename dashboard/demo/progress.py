"""How far the script has been played into a database; kept beside what it wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from dashboard.database.tables import site
from dashboard.demo.script import Pace

KEY = "demo"

SCRIPT = 5
"""The script's version: histories that an earlier one began cannot be gone on with."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The script of a database (version, seed, first day, paces) and how far it was played.

    It is written in the transaction of what was played, so that nothing is played twice or lost,
    whoever plays, however they end.
    """

    seed: int
    begins: date
    played: datetime
    paces: tuple[Pace, ...] = ()
    script: int = SCRIPT

    def up_to(self, instant: datetime) -> "Progress":
        """Return the same script, played further."""
        return replace(self, played=instant)

    def at_pace(self, times: int, since: datetime) -> "Progress":
        """Return the script at another pace from `since` on; itself if the pace is the same."""
        now = self.paces[-1].times if self.paces else 1
        if times == now:
            return self
        return replace(self, paces=(*self.paces, Pace(since, times)))


def read_progress(connection: Connection) -> Progress | None:
    """Read how far this database's script was played, and lock it; None without a demo."""
    query = select(site.c.value).where(site.c.key == KEY).with_for_update()
    value = connection.scalar(query)
    return None if value is None else _progress(value)


def write_progress(connection: Connection, progress: Progress, *, new: bool = False) -> None:
    """Note how far the script was played."""
    value = {
        "seed": progress.seed,
        "begins": progress.begins.isoformat(),
        "played": int(progress.played.timestamp()),
        "script": progress.script,
        "paces": [[int(pace.since.timestamp()), pace.times] for pace in progress.paces],
    }
    if new:
        connection.execute(insert(site).values(key=KEY, value=value))
    else:
        connection.execute(update(site).where(site.c.key == KEY).values(value=value))


def _progress(value: Mapping[str, Any]) -> Progress:
    return Progress(
        seed=value["seed"],
        begins=date.fromisoformat(value["begins"]),
        played=datetime.fromtimestamp(value["played"], UTC),
        paces=tuple(
            Pace(datetime.fromtimestamp(since, UTC), times) for since, times in value["paces"]
        ),
        script=value.get("script", 1),
    )
