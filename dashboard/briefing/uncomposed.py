"""A briefing that cannot be had just now: which, at what step, and what kept it from being."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from dashboard.briefing.hindrance import hindrance_of, kind_of
from dashboard.briefing.issue import Issue


class Step(StrEnum):
    """What was being done with it."""

    COMPOSED = "composed"
    DRAWN = "drawn"


class UncomposedError(Exception):
    """An issue could not be composed, opened or drawn.

    `kind` is the name of the error behind it, and `why` what that comes to: its own words may hold
    what a case says, so they stay in the log.
    """

    def __init__(self, issue: Issue, step: Step, error: Exception) -> None:
        self.issue = issue
        self.step = step
        self.kind = kind_of(error)
        self.why = hindrance_of(self.kind)
        super().__init__(f"the {issue.cycle} briefing of {issue.day}: {self.kind}")


@contextmanager
def uncomposed(issue: Issue, step: Step) -> Iterator[None]:
    """Raise whatever goes wrong with an issue as what can be told of it.

    Raises:
        UncomposedError: something did.
    """
    try:
        yield
    except Exception as error:
        raise UncomposedError(issue, step, error) from error
