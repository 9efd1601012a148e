"""What the check finds: a row or a figure that is not what the events make of it."""

from dataclasses import asdict, dataclass
from typing import Any

FREE_TEXT = frozenset({
    "title", "title_en", "summary", "location_text", "org_involved", "first_receiver",
    "lead_official", "plan_text", "overdue_reason", "resolving_org", "resolution_text",
    "reply_text", "note", "issued_by", "topic", "memory", "task_force", "source_no", "campaign",
    "before", "after",
})  # fmt: skip
"""What may name a person is never repeated in a result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`kind` is figure, case, hold, follow_up, order, event or log; `what` the figure or column.

    `shown` is what the tables (or the screens) say, `recomputed` what the events make of it.
    """

    kind: str
    what: str
    unit: str = ""
    day: str = ""
    shown: str = ""
    recomputed: str = ""
    cases: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """Return it as it is stored and printed."""
        return asdict(self)


def text_of(name: str, value: object) -> str:
    """Write a value, or that it is not written."""
    if value is None:
        return "none"
    return "(not repeated)" if name in FREE_TEXT else str(value)
