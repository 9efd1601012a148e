"""Refuses a statement on what belongs to somebody unless it says for whom it is.

A connection says so by its execution option `scope` (`reading` and `writing` set it): SYSTEM for
what the service does for itself, else the scope of who asks. A bound scope must also stand in the
statement, as the parameters `scoping` puts there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Engine, Table, event
from sqlalchemy.sql import visitors

from dashboard.database.row_security import unfenced

AREA, DEPARTMENTS = "scope_area", "scope_departments"

SYSTEM: Final = "system"

OWNED = frozenset(
    {
        "cases", "case_event", "case_hold", "party", "follow_up", "supervision_order",
        "hazard_point", "intelligence_item", "whistle", "warning", "grid_worker", "points_entry",
        "inspection_task", "cases_then", "holds_then", "decision", "decision_entry",
    }
)  # fmt: skip


class UnboundError(RuntimeError):
    """A statement on owned rows that nobody bound; a mistake of ours, never shown as data."""


def guard(engine: Engine) -> None:
    """Watch every statement of an engine."""

    @event.listens_for(engine, "before_execute")
    def _check(
        _connection: Connection,
        statement: Any,  # noqa: ANN401 -- any executable
        _multi: object,
        _single: object,
        options: Any,  # noqa: ANN401 -- SQLAlchemy's mapping
    ) -> None:
        scope = options.get("scope")
        unbound = scope is not None and (scope == SYSTEM or not (scope.area or scope.departments))
        if unbound or not hasattr(statement, "get_children"):
            return
        tables, names = _named(statement)
        if not tables & OWNED:
            return
        if scope is None:
            raise UnboundError(f"nobody says for whom {sorted(tables & OWNED)} are read")
        if scope.area and AREA not in names:
            raise UnboundError(f"{sorted(tables & OWNED)} are read beyond the area {scope.area}")
        if scope.departments is not None and DEPARTMENTS not in names:
            raise UnboundError(f"{sorted(tables & OWNED)} are read of every department")


@contextmanager
def for_itself(connection: Connection) -> Iterator[None]:
    """Let the service read what it needs to make a view; what comes out is bound by the view."""
    before = connection.get_execution_options().get("scope")
    if before == SYSTEM:
        yield
        return
    connection.execution_options(scope=SYSTEM)
    try:
        with unfenced(connection):
            yield
    finally:
        connection.execution_options(scope=before)


def _named(statement: Any) -> tuple[frozenset[str], frozenset[str]]:  # noqa: ANN401
    tables, names = set(), set()
    for part in visitors.iterate(statement):
        if isinstance(part, Table):
            tables.add(part.name)
        elif isinstance(part, BindParameter):
            names.add(part.key)
    return frozenset(tables), frozenset(names)
