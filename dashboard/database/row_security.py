"""Reading as somebody bound, on PostgreSQL: the transaction names the scope and gives up its role.

Without the roles and policies of `row_policies` nothing happens here, and the query layer is the
only wall; `wuqing doctor` says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database.row_policies import BOUND, policy_of

FENCED = "fenced"
"""The execution option of a connection that has given up its role."""

# "\x1f" parts departments and begins their list, so that none can be named what means all of them
APART, ALL = "\x1f", "*"

_BIND = text(
    "SELECT set_config('wuqing.area', :area, true), "
    "set_config('wuqing.departments', :departments, true), "
    "set_config('wuqing.also', '', true), "
    f"set_config('role', '{BOUND}', true) "
    f"WHERE pg_has_role(to_regrole('{BOUND}'), 'MEMBER') "
    f"AND has_table_privilege(to_regrole('{BOUND}'), to_regclass('cases'), 'SELECT')"
)

_ALSO = text(
    "SELECT set_config('wuqing.also', coalesce(string_agg(id::text, ','), ''), true) "
    "FROM cases_then WHERE NOT EXISTS (SELECT FROM cases WHERE cases.id = cases_then.id)"
)


def is_fenced(connection: Connection) -> bool:
    """Tell whether the database binds this transaction."""
    return bool(connection.get_execution_options().get(FENCED))


class Bounds(Protocol):
    """What of a scope the database is told."""

    @property
    def area(self) -> str:
        """The significant digits of an area's code, "" for all."""

    @property
    def departments(self) -> frozenset[str] | None:
        """None for all."""


def bind(connection: Connection, bounds: Bounds) -> None:
    """Bind the rest of the transaction to a scope; nothing binds who may see everything."""
    units = bounds.departments
    if connection.dialect.name != "postgresql" or (not bounds.area and units is None):
        return
    departments = ALL if units is None else APART + APART.join(sorted(units))
    # "" is no pattern of any code: what is not one shows nothing
    area = f"{bounds.area}%" if bounds.area.isdecimal() or not bounds.area else ""
    scope = {"area": area, "departments": departments}
    if connection.execute(_BIND, scope).first() is not None:
        connection.execution_options(**{FENCED: True})


@contextmanager
def unfenced(connection: Connection) -> Iterator[None]:
    """Take the service's own role back for a while."""
    if not is_fenced(connection):
        yield
        return
    connection.exec_driver_sql("SET LOCAL ROLE NONE")
    try:
        yield
    except BaseException:
        # a statement that failed has ended the transaction: nothing more can be read in it
        with suppress(SQLAlchemyError):
            connection.exec_driver_sql(f"SET LOCAL ROLE {BOUND}")
        raise
    connection.exec_driver_sql(f"SET LOCAL ROLE {BOUND}")


def share(connection: Connection, *tables: Table) -> None:
    """Let who is bound read temporary tables the service made, through no policy."""
    if is_fenced(connection):
        names = ", ".join(table.name for table in tables)
        connection.exec_driver_sql(f"GRANT SELECT ON {names} TO {BOUND}")


def fence(connection: Connection, *tables: Table) -> None:
    """Let who is bound read what of these temporary tables lies in the scope."""
    share(connection, *tables)
    if is_fenced(connection):
        for table in tables:
            connection.exec_driver_sql(
                f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY; {policy_of(table.name)}"
            )


def reach_back(connection: Connection) -> None:
    """Open what follows a case that lay in the scope at the past moment being read, and left it."""
    if is_fenced(connection):
        connection.execute(_ALSO)
