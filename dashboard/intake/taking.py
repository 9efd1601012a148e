"""What becomes of the rows of a file, whatever kind they are of: the shape every kind has."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

from dashboard.intake.columns import Columns
from dashboard.intake.csv_rows import Row
from dashboard.intake.faults import Rejection
from dashboard.intake.mapping import Layout

Rejected = tuple[Row, Rejection]
Found = TypeVar("Found")


@dataclass(slots=True)
class Outcome:
    """How many rows were read and what became of them: rows = the sum of the next four.

    `notes` counts what was dropped from rows that were taken, or kept out by hand, by kind.
    """

    rows: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    quarantined: int = 0
    notes: Counter[str] = field(default_factory=Counter)


class Taker(Protocol[Found]):
    """Takes the rows of one file.

    `channel` is what its run is filed under, `personal` the columns no cell of which is kept.
    """

    channel: str
    personal: frozenset[str]

    def sort(self, chunk: list[Row]) -> Found:
        """Read rows, without the database."""

    def take(self, connection: Connection, found: Found, outcome: Outcome) -> list[Rejected]:
        """Write what a chunk brought and count it; returns the rows that are set aside."""


class Named(Protocol):
    """What every mapping says of its file."""

    @property
    def name(self) -> str:
        """What the run is called."""

    @property
    def layout(self) -> Layout:
        """How the file is written."""


class Prepared(Protocol):
    """A mapping in its surroundings, ready for a file."""

    @property
    def mapping(self) -> Named:
        """The mapping."""

    def taker(self, columns: Columns, now: datetime) -> Taker[Any]:
        """Return what takes this file's rows.

        Raises:
            IntakeError: the mapping names a column the file lacks, or a code that is none.
        """
