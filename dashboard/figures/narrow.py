"""Statements about the past that read of each case no more columns than they name."""

from typing import TypeVar, cast

from sqlalchemy import ColumnClause, Select, Subquery
from sqlalchemy.sql import visitors
from sqlalchemy.sql.expression import CompoundSelect, FromClause

Statement = TypeVar("Statement", bound=visitors.ExternallyTraversible)


def narrowed(statement: Statement, rows: FromClause) -> Statement:
    """Return the statement with `rows`, if they are a union, cut down to the columns it names.

    SQLite walks an index instead of its table only where no other column is asked for, and of a
    union it asks for all the columns inside, wanted outside or not.
    """
    if not isinstance(rows, Subquery) or not isinstance(rows.element, CompoundSelect):
        return statement
    names = _named(statement, rows)
    kept = [name for name in rows.element.selected_columns.keys() if name in names]  # noqa: SIM118
    if not kept:
        return statement
    selects = cast("list[Select[tuple[object, ...]]]", rows.element.selects)
    first, *others = (
        each.with_only_columns(*(each.selected_columns[name] for name in kept)) for each in selects
    )
    slim = first.union_all(*others).subquery(rows.name)

    def swap(
        element: visitors.ExternallyTraversible, **_: object
    ) -> visitors.ExternallyTraversible | None:
        if isinstance(element, ColumnClause) and element.table is rows:
            return slim.c[element.name]
        return slim if element is rows else None

    return cast("Statement", visitors.replacement_traverse(statement, {}, swap))


def _named(statement: visitors.ExternallyTraversible, rows: FromClause) -> set[str]:
    names: set[str] = set()
    waiting = [statement]
    while waiting:
        element = waiting.pop()
        if isinstance(element, ColumnClause) and element.table is rows:
            names.add(element.name)
        elif element is not rows:
            waiting.extend(element.get_children())
    return names
