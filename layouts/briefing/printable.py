"""What every file can hold: pasted texts bring breaks, tabs and marks that no paper shows."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

T = TypeVar("T")

_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Marks that let the rest of a line run the other way, so that it would read as something else."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML and UTF-8 have no room for: a Word file would not be made at all."""


def printable(value: T) -> T:
    """Return a value with all of its texts as every file can hold them; itself if they are."""
    if isinstance(value, str) and type(value) is str:  # a code is a str, too, and stays what it is
        return cast("T", _text(value))
    if isinstance(value, tuple):
        found = tuple(map(printable, value))
        same = all(new is old for new, old in zip(found, value, strict=True))
        return value if same else cast("T", found)
    if is_dataclass(value) and not isinstance(value, type):
        changed = dict(_changed(value))
        return cast("T", replace(value, **changed)) if changed else value
    return value


def _changed(value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 -- any dataclass
    for field in fields(value):
        old = getattr(value, field.name)
        new = printable(old)
        if new is not old:
            yield field.name, new


def _text(text: str) -> str:
    if text.isprintable():
        return text
    text = _BREAK.sub("\n", text).replace("\t", " ")
    return _UNPRINTABLE.sub("\ufffd", _TURNING.sub("", text))
