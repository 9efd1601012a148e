"""How an address says which decisions are asked for, and is written for those shown."""

from dashboard.briefing.morning import Progress
from dashboard.briefing.register_page import Listed, RegisterPage, Selection
from layouts.address import AddressError, Query, word_of
from layouts.desk.asking import Asking


def selection_of(query: Query, asking: Asking) -> Selection:
    """Read which decisions a query asks for; those of a paper by the span it is about.

    Raises:
        AddressError: there are none such.
    """
    listed = Listed(word_of(query, "view", tuple(Listed), Listed.OPEN))
    part = word_of(query, "part", ("", *Progress), "")
    if part and listed is not Listed.PAPER:
        raise AddressError("part", part)
    return Selection(
        listed=listed,
        start=asking.question.period.span(asking.zoned.zone).start,
        progress=Progress(part) if part else None,
        past=asking.question.as_of is not None,
    )


def keys_of(page: RegisterPage) -> dict[str, str | None]:
    """Return the keys of an address that asks for the list shown."""
    listed = page.selected.listed
    return {
        "view": None if listed is Listed.OPEN else listed,
        "part": page.selected.progress,
    }
