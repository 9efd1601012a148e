"""That none of some conditions holds, in the words both databases answer soonest."""

from sqlalchemy import Boolean, ColumnElement, literal_column, or_

TRUE: ColumnElement[bool] = literal_column("TRUE", Boolean)
"""The word itself: `true()` is 1 on SQLite, which computes every condition before it compares."""


def lacks(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Tell that none of the conditions holds; one that is unknown (NULL) does not hold either."""
    # no CASE: PostgreSQL would take it to hold for one row in two hundred, and sort what it groups;
    # no NOT IN: SQLite would look each row up in a table of the three
    return or_(*conditions).is_not(TRUE)
