"""How far back a database reaches: before that, nothing is no zero."""

from datetime import datetime

from sqlalchemy import select

from dashboard.database.tables import case_event, cases
from dashboard.database.tripwire import for_itself
from dashboard.figures.view import View


def oldest_case(view: View) -> datetime | None:
    """Return when the first of all cases was accepted, whoever looks; None without any.

    Of those that were known at the view's `known_at`, so that a later import of old cases does not
    change what was said before it.
    """
    oldest = select(cases.c.accepted_at).where(cases.c.accepted_at.is_not(None))
    if view.known_at is not None:
        told = case_event.c
        known = select(told.event_id).where(
            told.case_id == cases.c.id, told.recorded_at <= view.known_at
        )
        oldest = oldest.where(known.exists())
    with for_itself(view.connection):  # no case of anybody's is told by it
        return view.connection.scalar(oldest.order_by(cases.c.accepted_at).limit(1))
