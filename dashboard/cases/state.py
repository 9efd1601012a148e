"""The state of one case: a dict of the columns of `cases`, and which facts may be put into it."""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import Boolean, Column, Date, Float, Integer, String

from dashboard.database.tables import case_event, cases, follow_up, supervision_order
from dashboard.database.types import UtcDateTime
from dashboard.terms import (
    CaseKind,
    Channel,
    Level,
    Outcome,
    Risk,
    Satisfaction,
    Situation,
    Stage,
)

State = dict[str, Any]
"""Every state has every column, in the order of the table."""

COUNTERS = (
    "return_count",
    "mediation_rounds",
    "paused_s",
    "open_supervisions",
    "supervision_count",
    "reopen_count",
    "follow_up_count",
    "reached_count",
)

IDENTITY = frozenset({"source_channel", "source_no", "case_kind", "title", "area_code"})
"""Without these a case cannot begin."""

# fmt: off
STATED = frozenset({
    "case_kind", "title", "title_en", "summary", "occurred_on", "area_code", "location_text",
    "lon", "lat", "scale_code", "category_code", "hazard_type_code", "people_involved",
    "amount_involved", "org_involved", "level", "risk_level", "intensity", "situation",
    "routing_type", "responsibility_item_id", "first_receiver", "lead_dept_id", "co_dept_ids",
    "handling_area_code", "lead_official", "task_force", "plan_text", "campaign",
    "linked_case_ids", "evidence_flags", "rebound_watch", "overdue_reason", "is_repeat", "note",
})
# fmt: on
"""Facts every event may bring; `note` is kept in the event only."""

_CODES: dict[str, type[StrEnum]] = {
    "case_kind": CaseKind,
    "source_channel": Channel,
    "level": Level,
    "risk_level": Risk,
    "situation": Situation,
    "stage": Stage,
    "close_outcome": Outcome,
    "satisfaction": Satisfaction,
}


class FactError(ValueError):
    """A fact cannot be stored; the message names it."""


def new_state() -> State:
    """Return the state before the first event."""
    return dict(_NEW)


def instant(value: datetime | str) -> datetime:
    """Return an aware UTC instant of whole seconds.

    Raises:
        FactError: it has no time zone, or the text is no instant.
    """
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else value
        if found.tzinfo is None:
            raise FactError(f"{value!r} has no time zone")
        if found.tzinfo is UTC and found.microsecond == 0:
            return found  # as nearly all are
        return found.astimezone(UTC).replace(microsecond=0)
    except (TypeError, AttributeError, ValueError, OverflowError) as error:
        raise FactError(f"{value!r} is no instant: {error}") from None


def clean(facts: Mapping[str, object]) -> dict[str, Any]:
    """Bring facts to the types of their columns, so that both databases store the same.

    Raises:
        FactError: a value of the wrong type, too long, or not among the codes.
    """
    cleaned = {}
    for key, value in facts.items():
        check = _CHECKS.get(key, _document)
        try:
            cleaned[key] = None if value is None else check(value)
        except (AttributeError, TypeError, ValueError) as error:
            raise FactError(f"{key}: {error}") from None
    return cleaned


def _code(codes: type[StrEnum]) -> Callable[[Any], str]:
    known = {str(code): str(code) for code in codes}

    def check(value: Any) -> str:  # noqa: ANN401 -- facts come from outside
        if value not in known:
            raise FactError(f"unknown code {value!r}")
        return known[value]

    return check


def _text(length: int | None) -> Callable[[Any], str]:
    def check(value: Any) -> str:  # noqa: ANN401
        if not isinstance(value, str) or "\0" in value:
            raise FactError(f"{value!r} is no text")
        if length is not None and len(value) > length:
            raise FactError(f"longer than {length} characters")
        return str(value)

    return check


def _whole(value: Any) -> int:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**31:
        raise FactError(f"{value!r} is no whole number")
    return value


def _number(value: Any) -> float:  # noqa: ANN401
    if isinstance(value, bool) or not math.isfinite(value):
        raise FactError(f"{value!r} is no number")
    return float(value)


def _truth(value: Any) -> bool:  # noqa: ANN401
    if not isinstance(value, bool):
        raise FactError(f"{value!r} is neither true nor false")
    return value


def _day(value: Any) -> date:  # noqa: ANN401
    return date.fromisoformat(value) if isinstance(value, str) else date(*value.timetuple()[:3])


def _document(value: Any) -> Any:  # noqa: ANN401
    return value if isinstance(value, str) else orjson.loads(orjson.dumps(value))


def _check(column: Column[Any]) -> Callable[[Any], Any]:
    kinds: tuple[tuple[type, Callable[[Any], Any]], ...] = (
        (UtcDateTime, instant),
        (Boolean, _truth),
        (Integer, _whole),
        (Float, _number),
        (Date, _day),
    )
    if isinstance(column.type, String):
        return _text(column.type.length)
    return next((check for kind, check in kinds if isinstance(column.type, kind)), _document)


_CHECKS: dict[str, Callable[[Any], Any]] = {
    column.name: _check(column)
    for table in (case_event, supervision_order, follow_up, cases)
    for column in table.columns
} | {name: _code(codes) for name, codes in _CODES.items()}

_NEW: State = {str(column.name): None for column in cases.columns} | {
    **dict.fromkeys(COUNTERS, 0),
    "due_provisional": False,
    "memory": {},
}
