"""Addresses of leaders' pages: every state of a page is in its query, and read back from it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from dashboard.drilldown.question import Known, Question
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.filters import Filters, State
from dashboard.terms import CaseKind, Channel, Colour, Level, Risk, Situation, Stage

LONGEST_TEXT = 60
FARTHEST_YEARS = (2000, 2100)

CHOICES = {
    "department": "departments",
    "situation": "situations",
    "category": "categories",
    "kind": "kinds",
    "level": "levels",
    "risk": "risks",
    "colour": "colours",
    "stage": "stages",
    "channel": "channels",
}
"""Keys of the query that may be repeated, and the choices they fill; "" is "without one"."""

_CODES = {
    "situation": frozenset(Situation),
    "kind": frozenset(CaseKind),
    "level": frozenset(Level),
    "risk": frozenset(Risk),
    "colour": frozenset(Colour),
    "stage": frozenset(Stage),
    "channel": frozenset(Channel),
}
_PERIOD = ("period", "on", "from", "to", "starts")
KEYS = frozenset({*CHOICES, *_PERIOD, "as_of", "known", "area", "state", "q"})
"""Keys that make a question; pages have keys of their own beside them."""

OWN = frozenset(
    {
        "lang",
        "view",
        "sort",
        "page",
        "size",
        "part",
        "metric",
        "compare",
        "list",
        "nth",
        "fault",
        "cycle",
        "year",
        "owner",
        "taken",
    }
)
"""Every key a page has of its own; any other is a mistake that must not pass for a filter."""

Query = Mapping[str, Sequence[str]]
Word = TypeVar("Word", bound=str)
STATES: tuple[State, ...] = ("", "open", "closed")


class AddressError(ValueError):
    """A query says something that cannot be asked: `key` and its `value` name it."""

    def __init__(self, key: str, value: str) -> None:
        super().__init__(f"{key}={value!r} cannot be asked")
        self.key, self.value = key, value


@dataclass(frozen=True, slots=True)
class Zoned:
    """What addresses are read and written in: the zone, the day it is, the language left out."""

    zone: ZoneInfo
    today: date
    default_language: str = "zh-CN"


def parse(query: Query, zoned: Zoned) -> Question:
    """Read a question; keys in OWN are left to the pages.

    Raises:
        AddressError: a key there is not, or a value that means nothing.
    """
    for key in sorted(query.keys() - KEYS - OWN):
        raise AddressError(key, query[key][0] if query[key] else "")
    chosen = {field: _choice(query, key) for key, field in CHOICES.items()}
    filters = Filters(
        area=_area(query), state=_one_of(query, "state", STATES, STATES[0]),
        text=_text(query), **chosen,
    )  # fmt: skip
    as_of, known = _instant(query, "as_of", zoned.zone), _known(query, zoned.zone)
    today = zoned.today if as_of is None else as_of.astimezone(zoned.zone).date()
    return Question(
        period=_period(query, today),
        filters=filters,
        as_of=as_of,
        known="now" if as_of is None else known,
    )


def format_query(question: Question, zoned: Zoned, **own: str | int | None) -> str:
    """Write a question and a page's own keys as a query, "" when it says nothing."""
    pairs: list[tuple[str, str]] = [*_written_period(question, zoned)]
    if question.as_of is not None:
        pairs.append(("as_of", _written(question.as_of, zoned)))
    if isinstance(question.known, datetime):
        pairs.append(("known", _written(question.known, zoned)))
    elif question.known == "then":
        pairs.append(("known", "then"))
    filters = question.filters
    if filters.area is not None:
        pairs.append(("area", filters.area))
    for key, field in CHOICES.items():
        pairs += [(key, value) for value in sorted(getattr(filters, field))]
    pairs += [
        (key, value) for key, value in (("state", filters.state), ("q", filters.text)) if value
    ]
    pairs += [(key, str(value)) for key, value in own.items() if value not in (None, "")]
    return urlencode(pairs)


def link(
    path: str, question: Question, zoned: Zoned, language: str, **own: str | int | None
) -> str:
    """Write the address of a page that asks `question`."""
    if language != zoned.default_language:
        own["lang"] = language
    query = format_query(question, zoned, **own)
    return f"{path}?{query}" if query else path


MOST_DIGITS = 9
"""A number with thousands of digits is not even read."""


def number_of(query: Query, key: str, default: int, most: int) -> int:
    """Read a whole number of 1 to `most`.

    Raises:
        AddressError: it is none.
    """
    text = _single(query, key)
    if text is None:
        return default
    if not text.isdecimal() or len(text) > MOST_DIGITS or not 1 <= int(text) <= most:
        raise AddressError(key, text)
    return int(text)


def word_of(query: Query, key: str, known: Sequence[str], default: str) -> str:
    """Read one of the words a page knows.

    Raises:
        AddressError: it is another.
    """
    return _one_of(query, key, known, default)


def _single(query: Query, key: str) -> str | None:
    values = query.get(key, ())
    if len(values) > 1:
        raise AddressError(key, values[1])
    return values[0] if values else None


def _one_of(query: Query, key: str, known: Sequence[Word], default: Word) -> Word:
    value = _single(query, key)
    if value is None:
        return default
    for word in known:
        if word == value:
            return word
    raise AddressError(key, value)


def _choice(query: Query, key: str) -> frozenset[str]:
    values = frozenset(query.get(key, ()))
    codes = _CODES.get(key)
    for value in sorted(values):
        if (codes is not None and value and value not in codes) or len(value) > 32 or "\0" in value:
            raise AddressError(key, value)
    return values


def _area(query: Query) -> str | None:
    code = _single(query, "area")
    if code is not None and not (code.isascii() and code.isdecimal() and len(code) in (12, 15)):
        raise AddressError("area", code)
    return code


def _text(query: Query) -> str:
    text = (_single(query, "q") or "").strip()
    if len(text) > LONGEST_TEXT or "\0" in text:
        raise AddressError("q", text)
    return text


def _known(query: Query, zone: ZoneInfo) -> Known:
    match _single(query, "known"):
        case None | "now":
            return "now"
        case "then":
            return "then"
    return _instant(query, "known", zone) or "now"


def _instant(query: Query, key: str, zone: ZoneInfo) -> datetime | None:
    text = _single(query, key)
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        found = found if found.tzinfo is not None else found.replace(tzinfo=zone)
        if not FARTHEST_YEARS[0] <= found.year <= FARTHEST_YEARS[1]:
            raise AddressError(key, text)
        return found.astimezone(ZoneInfo("UTC"))
    except (ValueError, OverflowError):
        raise AddressError(key, text) from None


def _written(instant: datetime, zoned: Zoned) -> str:
    local = instant.astimezone(zoned.zone)
    return local.strftime("%Y-%m-%dT%H:%M:%S").removesuffix(":00")


def _day(query: Query, key: str, default: date) -> date:
    text = _single(query, key)
    if not text:
        return default
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise AddressError(key, text) from None
    if not FARTHEST_YEARS[0] <= day.year <= FARTHEST_YEARS[1]:
        raise AddressError(key, text)
    return day


def _period(query: Query, today: date) -> PeriodChoice:
    return replace(_days(query, today), starts=_starts(query))


def _starts(query: Query) -> timedelta:
    text = _single(query, "starts")
    if text is None:
        return timedelta()
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII):
        raise AddressError("starts", text)
    return timedelta(hours=int(text[:2]), minutes=int(text[3:]))


def _days(query: Query, today: date) -> PeriodChoice:
    kind = PeriodKind(_one_of(query, "period", tuple(PeriodKind), PeriodKind.MONTH))
    if kind is not PeriodKind.CUSTOM:
        return PeriodChoice.containing(kind, _day(query, "on", today))
    first, last = _day(query, "from", today), _day(query, "to", today)
    if last < first:
        raise AddressError("to", last.isoformat())
    return PeriodChoice(kind=kind, first=first, last=last)


def _written_period(question: Question, zoned: Zoned) -> list[tuple[str, str]]:
    """Write the period; the running one is left out, so that a kept link runs on."""
    period = question.period
    starts = [("starts", clock_text(period.starts))] if period.starts else []
    if period.kind is PeriodKind.CUSTOM:
        days = [("from", period.first.isoformat()), ("to", period.last.isoformat())]
        return [("period", str(period.kind)), *days, *starts]
    pairs = [] if period.kind is PeriodKind.MONTH else [("period", str(period.kind))]
    today = zoned.today
    if question.as_of is not None:
        today = question.as_of.astimezone(zoned.zone).date()
    if not period.first <= today <= period.last:
        pairs.append(("on", period.first.isoformat()))
    return [*pairs, *starts]


def clock_text(starts: timedelta) -> str:
    """Write how long after midnight as a clock shows it."""
    return f"{starts // timedelta(hours=1):02}:{starts // timedelta(minutes=1) % 60:02}"
