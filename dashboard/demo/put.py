"""A row of one of the smaller tables, as it becomes known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Put:
    """Insert the `new` row that `key` names, or change it; known from `at` on."""

    at: datetime
    table: str
    key: Mapping[str, object]
    values: Mapping[str, object]
    new: bool = True
