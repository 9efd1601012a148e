"""What is true of the deployment, whichever process is asked: read from the database, for metrics.

Ages are seconds. What cannot be read is left out, so that no old value passes for a new one.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database.engine import reading
from dashboard.database.tables import check_run, quarantined_row
from dashboard.figures.view import view_at
from dashboard.operations.backup import FACT
from dashboard.operations.readiness import free_mb
from dashboard.site import Site
from dashboard.snapshots.feed import Feed, NoBoardError
from dashboard.snapshots.read_place import read_fact, read_sources

log = logging.getLogger(__name__)


class State:
    """A collector for a registry of Prometheus' client: looks when it is asked."""

    def __init__(self, site: Site, feed: Feed) -> None:
        self._site = site
        self._feed = feed

    def collect(self) -> Iterator[Metric]:
        """Yield one family after the other."""
        built = GaugeMetricFamily("wuqing_build", "The version that runs.", labels=("version",))
        built.add_metric((version("wuqing"),), 1)
        yield built
        yield from self._of_disk()
        try:
            yield from self._of_board()
            with reading(self._site.engine) as connection:
                found = [*self._of_database(connection, self._site.now())]
        except SQLAlchemyError as error:
            log.warning("the metrics lack what the database would say: %s", error)
            yield _gauge("wuqing_database_up", "Whether the database answers.", 0)
            return
        yield _gauge("wuqing_database_up", "Whether the database answers.", 1)
        yield from found

    def _of_disk(self) -> Iterable[Metric]:
        engine = self._site.engine
        free = free_mb(engine)
        file = engine.url.database
        if free is None or not file:
            return
        yield _gauge("wuqing_disk_free_bytes", "Room beside the SQLite file.", free * 1_000_000)
        for ending, what in (("", "database"), ("-wal", "wal")):
            path = Path(f"{file}{ending}")
            size = path.stat().st_size if path.exists() else 0
            yield _gauge(f"wuqing_{what}_bytes", f"Size of the SQLite {what} file.", size)

    def _of_board(self) -> Iterable[Metric]:
        try:
            found = self._feed.latest()
        except NoBoardError:
            return
        site = self._site
        age = (site.shown(site.now()) - found.board.as_of).total_seconds()
        yield _gauge("wuqing_board_age_seconds", "Age of what the wall shows.", age)
        yield _gauge(
            "wuqing_board_fault", "Whether the wall keeps its last board.", int(found.fault)
        )
        late = len(found.board.unsealed)
        yield _gauge("wuqing_briefings_late", "Briefings not sealed at their time.", late)

    def _of_database(self, connection: Connection, now: datetime) -> Iterable[Metric]:
        if connection.dialect.name == "postgresql":
            size = connection.scalar(select(func.pg_database_size(func.current_database())))
            yield _gauge("wuqing_database_bytes", "Size of the database.", size or 0)
        ages = GaugeMetricFamily(
            "wuqing_feed_age_seconds", "Since a feed last brought something.", labels=("channel",)
        )
        late = GaugeMetricFamily(
            "wuqing_feed_late", "Whether a feed is silent for 3 intervals.", labels=("channel",)
        )
        for each in read_sources(view_at(connection, now)):
            late.add_metric((str(each.channel),), int(each.late))
            if each.last_received_at is not None:
                age = (now - each.last_received_at).total_seconds()
                ages.add_metric((str(each.channel),), age)
        yield from (ages, late)
        backup = read_fact(connection, FACT)
        if backup is not None:
            age = (now - datetime.fromisoformat(backup["at"])).total_seconds()
            yield _gauge("wuqing_backup_age_seconds", "Since the last verified backup.", age)
        yield from _of_check(connection, now)
        rows = connection.scalar(select(func.count()).select_from(quarantined_row)) or 0
        yield _gauge("wuqing_quarantined_rows", "Rows of imports that were not taken.", rows)


def _of_check(connection: Connection, now: datetime) -> Iterable[Metric]:
    run = check_run.c
    newest = select(run.ended_at, run.differences).order_by(run.run_id.desc()).limit(1)
    last = connection.execute(newest).first()
    if last is not None:
        age = (now - last.ended_at).total_seconds()
        found = last.differences.get("found", 0)
        yield _gauge("wuqing_check_age_seconds", "Since the last `wuqing check`.", age)
        yield _gauge("wuqing_check_differences", "What the last `wuqing check` found.", found)


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)
