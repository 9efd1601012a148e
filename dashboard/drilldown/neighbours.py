"""Where a case stands in the list it was opened from, and which cases stand beside it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another case of the list, and the place it has there, from 1."""

    code: str
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """A case among the `total` rows of a list; `place` None: it is not there, or no longer.

    `before` and `after` are None at the ends. A case that stands there twice is not its own
    neighbour.
    """

    place: int | None
    total: int
    before: Neighbour | None = None
    after: Neighbour | None = None
