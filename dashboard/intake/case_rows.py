"""Rows that are cases: each is adopted as a case, or adds to one what it says anew."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert

from dashboard.cases.lifecycle import TransitionError
from dashboard.cases.record import record_many
from dashboard.cases.rules import Rules
from dashboard.database.tables import department
from dashboard.intake import sources
from dashboard.intake.csv_rows import Row
from dashboard.intake.departments import DepartmentBook
from dashboard.intake.facts import FactReader, Told
from dashboard.intake.faults import Rejection
from dashboard.intake.mapping import Mapping
from dashboard.intake.news import Repeats, find_news, known_cases
from dashboard.intake.parties import write_parties
from dashboard.intake.sorting import Sorted, sort_rows
from dashboard.intake.taking import Outcome, Rejected
from dashboard.terms import Channel


class CaseRows:
    """Takes a file's rows as cases; the channel is `other` where rows name their own."""

    def __init__(  # noqa: PLR0913 -- a mapping in its surroundings
        self,
        mapping: Mapping,
        reader: FactReader,
        book: DepartmentBook | None,
        rules: Rules,
        now: datetime,
        *,
        with_keys: bool,
    ) -> None:
        self._mapping = mapping
        self._reader = reader
        self._book = book
        self._rules = rules
        self._with_keys = with_keys
        self._now = now
        self._repeats = Repeats()
        self.channel = mapping.fields.source_channel.value or str(Channel.OTHER)
        self.personal = mapping.personal

    def sort(self, chunk: Iterable[Row]) -> Sorted[Told]:
        """Read rows, without the database."""
        return sort_rows(
            chunk,
            lambda row: self._reader.read(row, self._book, self._now),
            lambda _row, told: self._repeats.is_repeat(told),
        )

    def take(self, connection: Connection, found: Sorted[Told], outcome: Outcome) -> list[Rejected]:
        """Write departments, cases, parties and the feeds' counts."""
        if self._book is not None and (new := self._book.take_new()):
            connection.execute(insert(department), new)
        rejected = found.rejected + self._record(connection, found, outcome)
        if self._mapping.parties:
            self._write_parties(connection, found.told)
        for told in found.told:
            outcome.notes.update(told.notes)
        taken = Counter(str(told.key[0]) for told in found.told)
        missed = {self.channel: len(rejected)} if rejected else {}
        sources.note_rows(connection, self._mapping.name, taken, missed, now=self._now)
        return rejected

    def _record(
        self, connection: Connection, found: Sorted[Told], outcome: Outcome
    ) -> list[Rejected]:
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
        outcome.new += new
        outcome.updated += len(recorded) - new
        outcome.unchanged += len(found.told) - len(stories) + found.repeats
        return [
            (stories[index].told.row, Rejection(error.missing)) for index, error in errors.items()
        ]

    def _write_parties(self, connection: Connection, told: list[Told]) -> None:
        known = known_cases(connection, told)
        parties = {known[one.key]: one.parties for one in told if one.key in known}
        write_parties(connection, parties, with_keys=self._with_keys)
