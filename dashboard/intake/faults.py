"""What can be wrong with an import: with its set-up (it stops) or with one row (it waits)."""

from dataclasses import dataclass


class IntakeError(Exception):
    """The import cannot start; the message says what is wrong and nothing was written."""


@dataclass(frozen=True, slots=True)
class Rejection(Exception):  # noqa: N818 -- a verdict on a row, not a failure of the program
    """Why a row is put into quarantine; `field` is the mapping's name for the faulty value."""

    reason: str
    field: str | None = None
