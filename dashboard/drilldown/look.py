"""The view a question is answered through."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, Engine

from dashboard.centre import Centre
from dashboard.database.engine import reading
from dashboard.drilldown.question import Question
from dashboard.figures.scope import EVERYTHING, Scope
from dashboard.figures.view import View, view_at

T = TypeVar("T")


class Look:
    """Reads through views: one transaction a question, everything in it as of one moment.

    `moment` is the instant a question that names none is answered as of.
    """

    def __init__(self, engine: Engine, centre: Centre, moment: Callable[[], datetime]) -> None:
        self._engine = engine
        self._centre = centre
        self._moment = moment

    def __call__(self, question: Question, read: Callable[[View], T], scope: Scope) -> T:
        """Return what `read` makes of the view of a question, within a scope."""
        with reading(self._engine, scope) as connection:
            return read(look(connection, question, self._moment(), self._centre, scope))


def look(
    connection: Connection,
    question: Question,
    now: datetime,
    centre: Centre,
    scope: Scope = EVERYTHING,
) -> View:
    """Open the view a question is answered through; `now` counts where it names no instant."""
    as_of = question.as_of or now
    return view_at(
        connection,
        as_of,
        scope,
        rules=lambda: centre.rules_of(connection),
        filters=question.filters,
        known_at=question.known_at,
        sensitive=centre.settings.privacy.sensitive,
    )
