"""How an address says which decisions are asked for, and is written for those shown."""

import re
from datetime import date

from dashboard.briefing.decision import Became, Owner
from dashboard.briefing.morning import Progress
from dashboard.briefing.register_page import Listed, RegisterPage, Selection
from dashboard.figures.choice import PeriodChoice, PeriodKind
from layouts.address import FARTHEST_YEARS, AddressError, Query, word_of
from layouts.desk.asking import Asking

PATH = "/decisions"
_OWNER = re.compile(r"[da]:[^\0]{1,32}")
_DAYS = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)


def selection_of(query: Query, asking: Asking) -> Selection:
    """Read which decisions a query asks for; those of a paper by the span it is about.

    Raises:
        AddressError: there are none such.
    """
    listed = Listed(word_of(query, "view", tuple(Listed), Listed.OPEN))
    part, taken = word_of(query, "part", ("", *Became), ""), _taken(query)
    if part and (taken is None if listed is not Listed.PAPER else part not in set(Progress)):
        raise AddressError("part", part)
    return Selection(
        listed=listed,
        start=asking.question.period.span(asking.zoned.zone).start,
        part=Became(part) if part else None,
        owner=_owner(query),
        taken=taken,
        past=asking.question.as_of is not None,
    )


def keys_of(page: RegisterPage, **other: str | None) -> dict[str, str | None]:
    """Return the keys of an address that asks for the list shown, with some of them changed."""
    asked = page.selected
    keys: dict[str, str | None] = {
        "view": view_key(asked.listed),
        "part": asked.part,
        "owner": None if asked.owner is None else asked.owner.key,
        "taken": None if asked.taken is None else days_key(asked.taken),
    }
    return keys | other


def view_key(listed: Listed) -> str | None:
    """Write a list; the usual one is left out."""
    return None if listed is Listed.OPEN else listed


def days_key(days: PeriodChoice) -> str:
    """Write a month as 2026-03, a day as 2026-03-18."""
    return days.first.isoformat()[: 7 if days.kind is PeriodKind.MONTH else None]


def _owner(query: Query) -> Owner | None:
    text = _one(query, "owner")
    if text and not _OWNER.fullmatch(text):
        raise AddressError("owner", text)
    return Owner.of(text) if text else None


def _taken(query: Query) -> PeriodChoice | None:
    text = _one(query, "taken")
    if not text:
        return None
    found = _DAYS.fullmatch(text)
    try:
        year, month, day = (int(each or 1) for each in found.groups()) if found else (0, 0, 0)
        first = date(year, month, day)
    except ValueError:
        raise AddressError("taken", text) from None
    if not FARTHEST_YEARS[0] <= first.year <= FARTHEST_YEARS[1]:
        raise AddressError("taken", text)
    kind = PeriodKind.DAY if len(text) > len("2026-03") else PeriodKind.MONTH
    return PeriodChoice.containing(kind, first)


def _one(query: Query, key: str) -> str:
    values = query.get(key, ())
    if len(values) > 1:
        raise AddressError(key, values[1])
    return values[0] if values else ""
