"""A table that leaves the program: its rows, and what must be said beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_ROWS = 50_000
"""Rows of one file; a longer list says so in the file and is cut."""

Value = str | int | float | datetime | None
"""What a field holds; None is unknown or undefined and stays empty."""


class Kind(StrEnum):
    """How the values of a column are written."""

    TEXT = "text"
    COUNT = "count"
    HOURS = "hours"
    SHARE = "share"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class Column:
    """A head and the kind of what stands below it; `width` is in characters."""

    head: str
    kind: Kind = Kind.TEXT
    width: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns; `about` are pairs that say what they are, under the title `about_name`.

    `mark` stands on every printed page, e.g. that the data are invented; "" for none.
    """

    name: str
    about_name: str
    about: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    made_at: datetime
    mark: str = ""
