"""One import: a file's rows into cases, chunk by chunk, each chunk a transaction of its own."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, update

from dashboard.cases.lifecycle import TransitionError
from dashboard.cases.record import record_many
from dashboard.collector import collector_at_rest
from dashboard.database.engine import writing
from dashboard.database.tables import department, import_run
from dashboard.intake import quarantine, sources
from dashboard.intake.columns import Columns
from dashboard.intake.csv_rows import Row
from dashboard.intake.facts import Told
from dashboard.intake.faults import Rejection
from dashboard.intake.news import Repeats, find_news, known_cases
from dashboard.intake.parties import write_parties
from dashboard.intake.reading import open_rows
from dashboard.intake.surroundings import Surroundings
from dashboard.terms import Channel

CHUNK = 2_000


@dataclass(slots=True)
class Outcome:
    """How many rows were read and what became of them: rows = the sum of the next four.

    `notes` counts what was dropped from rows that were taken, by kind.
    """

    rows: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    quarantined: int = 0
    notes: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Sorted:
    """The rows of one chunk: what they tell, how many repeat an earlier row, the faulty ones."""

    told: list[Told] = field(default_factory=list)
    repeats: int = 0
    rejected: list[tuple[Row, Rejection]] = field(default_factory=list)


def import_file(
    engine: Engine,
    file: Path,
    surroundings: Surroundings,
    *,
    now: datetime,
    advance: Callable[[float], None] | None = None,
) -> Outcome:
    """Bring a file's rows into the case database; `advance` is told the share read, 0..1.

    Raises:
        IntakeError: the file or a column the mapping names is missing; nothing was written.
    """
    layout = surroundings.mapping.layout
    with open_rows(file, layout) as rows:
        columns = Columns(rows.header, layout.blank, file.name)
        run = Import(surroundings, columns, now)
        with writing(engine) as connection:
            run.begin(connection, file)
        for chunk in _chunks(rows.data):
            with collector_at_rest():
                found = run.sort(chunk)
                with writing(engine) as connection:
                    run.take(connection, found)
            if advance is not None:
                advance(rows.share_read())
        with writing(engine) as connection:
            run.end(connection)
    return run.outcome


class Import:
    """An import under way."""

    def __init__(self, surroundings: Surroundings, columns: Columns, now: datetime) -> None:
        self._mapping = surroundings.mapping
        self._header = columns.names
        self._reader = surroundings.reader(columns)
        self._book = surroundings.book()
        self._rules = surroundings.rules
        self._with_keys = surroundings.party_secret is not None
        self._now = now
        self._repeats = Repeats()
        self._run_id = 0
        self.outcome = Outcome()

    @property
    def _channel(self) -> str:
        """The channel of the whole file; `other` for one whose rows name their own."""
        return self._mapping.fields.source_channel.value or str(Channel.OTHER)

    def begin(self, connection: Connection, file: Path) -> None:
        """Open the run's row."""
        row = insert(import_run).values(
            source_channel=self._channel,
            file_name=file.name[-200:],
            mapping_name=self._mapping.name[:200],
            started_at=self._now,
        )
        (self._run_id,) = connection.execute(row).inserted_primary_key or (0,)

    def sort(self, chunk: list[Row]) -> Sorted:
        """Read rows, without the database."""
        found = Sorted()
        for row in chunk:
            try:
                told = self._reader.read(row, self._book, self._now)
                if self._repeats.is_repeat(told):
                    found.repeats += 1
                else:
                    found.told.append(told)
            except Rejection as rejection:
                found.rejected.append((row, rejection))
        return found

    def take(self, connection: Connection, found: Sorted) -> None:
        """Write what a chunk brought: departments, cases, quarantine and the counts so far."""
        if self._book is not None and (new := self._book.take_new()):
            connection.execute(insert(department), new)
        refused = self._record(connection, found)
        rejected = found.rejected + refused
        if self._mapping.parties:
            self._write_parties(connection, found.told)
        personal = self._mapping.personal
        quarantine.write(connection, self._run_id, self._header, rejected, personal)
        self.outcome.quarantined += len(rejected)
        self.outcome.rows += len(found.told) + found.repeats + len(found.rejected)
        for told in found.told:
            self.outcome.notes.update(told.notes)
        taken = Counter(str(told.key[0]) for told in found.told)
        missed = {self._channel: len(rejected)} if rejected else {}
        sources.note_rows(connection, self._mapping.name, taken, missed, now=self._now)
        self._count(connection)

    def end(self, connection: Connection) -> None:
        """Close the run's row."""
        self._count(connection, ended_at=self._now)

    def _record(self, connection: Connection, found: Sorted) -> list[tuple[Row, Rejection]]:
        """Record the news among the rows; returns those the stage machine refuses."""
        stories = find_news(connection, found.told, self._now)
        errors: dict[int, TransitionError] = {}
        record_many(
            connection,
            ((story.case_id, story.happenings) for story in stories),
            rules=self._rules,
            now=self._now,
            refused=errors.__setitem__,
        )
        recorded = [story for index, story in enumerate(stories) if index not in errors]
        new = sum(story.case_id is None for story in recorded)
        self.outcome.new += new
        self.outcome.updated += len(recorded) - new
        self.outcome.unchanged += len(found.told) - len(stories) + found.repeats
        return [
            (stories[index].told.row, Rejection(error.missing)) for index, error in errors.items()
        ]

    def _write_parties(self, connection: Connection, told: list[Told]) -> None:
        known = known_cases(connection, told)
        parties = {known[one.key]: one.parties for one in told if one.key in known}
        write_parties(connection, parties, with_keys=self._with_keys)

    def _count(self, connection: Connection, **more: datetime) -> None:
        counts = {
            f"rows_{name}": getattr(self.outcome, name)
            for name in ("new", "updated", "unchanged", "quarantined")
        }
        connection.execute(
            update(import_run)
            .where(import_run.c.run_id == self._run_id)
            .values(rows_read=self.outcome.rows, **counts, **more)
        )


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
