"""One step of a case: what was, what is said to have happened, and what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from dashboard.cases.happening import Happening
from dashboard.cases.rules import Rules
from dashboard.cases.state import State


@dataclass(slots=True, kw_only=True)
class SideRow:
    """A row of a table beside `cases`; `key` is its number within the case.

    `new` rows are written whole, others only in the columns of `values`.
    """

    table: Literal["follow_up", "supervision_order", "case_hold"]
    key: int
    values: dict[str, Any]
    new: bool


@dataclass(slots=True, kw_only=True)
class Step:
    """`case` begins as `before` with the stated facts in it; effects write to it alone."""

    before: State
    case: State
    happening: Happening
    facts: Mapping[str, Any]
    at: datetime
    rules: Rules
    rows: list[SideRow] = field(default_factory=list)


Guard = Callable[[Step], str | None]
"""Returns what is missing, None when nothing is."""

Effect = Callable[[Step], None]
