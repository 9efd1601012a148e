"""Which rows a question is about: an area, units, kinds and words."""

from dataclasses import dataclass
from typing import Literal

Choice = frozenset[str]
State = Literal["", "open", "closed"]

NONE = ""
"""The member of a choice that stands for rows without a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is left out of every figure and list; empty restricts nothing.

    `area` is a code of any level and means its whole subtree. A category of two digits takes its
    group. `text` are words of the title, all of which must occur, or a case code or its end.
    """

    area: str | None = None
    departments: Choice = frozenset()
    situations: Choice = frozenset()
    categories: Choice = frozenset()
    kinds: Choice = frozenset()
    levels: Choice = frozenset()
    risks: Choice = frozenset()
    stages: Choice = frozenset()
    channels: Choice = frozenset()
    colours: Choice = frozenset()
    state: State = ""
    text: str = ""


EVERY = Filters()
