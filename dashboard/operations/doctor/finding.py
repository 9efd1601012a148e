"""What a look at one thing found."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How bad it is: a fault stops or endangers the service, a warning wants a look."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """A status and a sentence; unless it is ok, the sentence says what to do."""

    status: Status
    text: str


def ok(text: str) -> Finding:
    """All is well."""
    return Finding(Status.OK, text)


def warning(text: str) -> Finding:
    """It works, but somebody should look."""
    return Finding(Status.WARNING, text)


def fault(text: str) -> Finding:
    """It does not work, or not for long."""
    return Finding(Status.FAULT, text)


def worst(findings: list[Finding]) -> Finding:
    """Join findings about one thing: the worst status, and the sentences that have it."""
    order = list(Status)
    status = max((each.status for each in findings), key=order.index)
    return Finding(status, "; ".join(each.text for each in findings if each.status is status))
