"""The view a question is answered through."""

from datetime import datetime

from sqlalchemy import Connection

from dashboard.drilldown.question import Question
from dashboard.figures.past import LateRules
from dashboard.figures.scope import EVERYTHING, Scope
from dashboard.figures.view import View, view_at


def look(
    connection: Connection,
    question: Question,
    now: datetime,
    rules: LateRules,
    scope: Scope = EVERYTHING,
) -> View:
    """Open the view a question is answered through; `now` counts where it names no instant."""
    as_of = question.as_of or now
    known_at = as_of if question.known == "then" else None
    return view_at(
        connection, as_of, scope, rules=rules, filters=question.filters, known_at=known_at
    )
