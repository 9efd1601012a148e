"""One edit of a draft, as a value: what was done to which matter, by whom and when."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

LONGEST_TITLE, LONGEST_ASK = 120, 1_000


class EditKind(StrEnum):
    """What can be done to a matter; ORDER is about all of them."""

    CONFIRM = "confirm"
    STRIKE = "strike"
    RESTORE = "restore"
    ASK = "ask"
    ADD = "add"
    ORDER = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One deed. `value` holds `title` and `ask` for ADD and ASK, `keys` for ORDER.

    `id` is that of its row once it is kept; ids rise.
    """

    kind: EditKind
    at: datetime
    by: str
    key: str = ""
    value: dict[str, Any] = field(default_factory=dict)
    id: int = field(default=0, compare=False)
