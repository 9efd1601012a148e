"""A briefing as canonical text and back, over versions of the program."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

import orjson
from pydantic import TypeAdapter, ValidationError

from dashboard.briefing.briefing import Briefing

FORMAT = 1
"""Raised when a briefing's fields change so that an older body no longer opens by itself."""

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]

UPGRADES: Mapping[int, Upgrade] = {}
"""How a body of a format becomes one of the next. None is ever taken out of it.

A field that comes with a default, and one that goes, need none: what a body lacks takes its
default, what the program no longer knows is passed over.
"""


class BodyError(Exception):
    """A sealed body does not open; the message says why."""


def body_of(briefing: Briefing) -> str:
    """Write the canonical text; equal briefings give equal texts.

    It is written from what was read back once, so that 0 and 0.0 are the same there.
    """
    read_back = _adapter().validate_json(orjson.dumps(briefing))
    return orjson.dumps(read_back, option=orjson.OPT_SORT_KEYS).decode()


def digest(body: str) -> str:
    """Return the fingerprint of a body."""
    return sha256(body.encode()).hexdigest()


def briefing_from(body: str, form: int = FORMAT) -> Briefing:
    """Read a body of this or an older format.

    Raises:
        BodyError: it is of a newer format, or no briefing.
    """
    if form > FORMAT:
        raise BodyError(f"a briefing of format {form} needs a newer program")
    try:
        values = orjson.loads(body)
        for older in range(form, FORMAT):
            values = UPGRADES[older](values) if older in UPGRADES else values
        return _adapter().validate_json(orjson.dumps(values))
    except (ValidationError, orjson.JSONDecodeError, TypeError) as error:
        raise BodyError(f"a briefing of format {form} does not open: {error}") from error


def moment_of(body: str) -> datetime | None:
    """Read the moment of a body's figures without opening it; None where it does not tell."""
    try:
        told = datetime.fromisoformat(orjson.loads(body)["as_of"])
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        return None
    return None if told.tzinfo is None else told


@cache
def _adapter() -> TypeAdapter[Briefing]:
    return TypeAdapter(Briefing)
