"""Setting up the roles, rights and policies of `row_policies`, and telling what is not set up."""

from collections.abc import Iterator

from sqlalchemy import Connection, inspect, text

from dashboard.database import (  # noqa: F401 -- they put their tables into `metadata`
    access_tables,
    briefing_tables,
    decision_tables,
)
from dashboard.database.row_policies import BOUND, LASTING, SERVICE, policy_of
from dashboard.database.tables import metadata

FOR_ALL = ("area", "department", "responsibility_item", "source", "site", "sealed_league")
"""What pages of bound readers read besides: nobody's, and told to all."""

KEPT = {
    "alembic_version": "INSERT, UPDATE, DELETE",
    "audit_entry": "UPDATE, DELETE",
    "audit_head": "INSERT, DELETE",
    "sealed_briefing": "UPDATE, DELETE",
    "briefing_edit": "UPDATE, DELETE",
}
"""What not even the service may do: the log only grows, and what is sealed stays."""


def secure(connection: Connection) -> str | None:
    """Set up roles, rights and policies, as far as the user may; once more changes nothing.

    Returns what a superuser has to do first, None when all is set up or the tables are not this
    version's. Nothing is done by halves.
    """
    if connection.dialect.name != "postgresql":
        return None
    names = sorted({*metadata.tables, "alembic_version"})
    if not set(names) <= set(inspect(connection).get_table_names()):
        return None
    wanted, may = _wanted(connection)
    if wanted and not may:
        return "; ".join(wanted)
    for statement in wanted:
        connection.exec_driver_sql(
            f"DO $$ BEGIN {statement}; EXCEPTION WHEN duplicate_object OR unique_violation "
            "THEN NULL; END $$"
        )
    sequences = connection.scalars(text(SEQUENCES), {"names": names})
    connection.exec_driver_sql("\n".join(_statements(names, list(sequences))))
    return None


def lacking(connection: Connection) -> str:
    """Tell what roles and memberships this user lacks, as statements; "" for nothing."""
    return "; ".join(_wanted(connection)[0])


def unsecured(connection: Connection) -> list[str]:
    """Name the owned tables that are there and not secured."""
    return list(connection.scalars(text(UNSECURED), {"names": LASTING}))


def owned_by_user(connection: Connection) -> bool:
    """Tell whether the user could take the policies away."""
    return bool(connection.scalar(text(MINE)))


def blind(connection: Connection) -> bool:
    """Tell whether rows are hidden from a user who is to see them all."""
    return connection.dialect.name == "postgresql" and bool(connection.scalar(text(BLIND)))


SEQUENCES = (
    "SELECT d.objid::regclass::text FROM pg_depend d JOIN pg_class s ON s.oid = d.objid "
    "WHERE s.relkind = 'S' AND d.deptype = 'a' "
    "AND d.refobjid IN (SELECT to_regclass(name) FROM unnest(CAST(:names AS text[])) AS name)"
)
UNSECURED = (
    "SELECT c.relname FROM pg_class c WHERE c.oid IN "
    "(SELECT to_regclass(name) FROM unnest(CAST(:names AS text[])) AS name) "
    "AND NOT (c.relrowsecurity AND c.relforcerowsecurity "
    "AND (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) = 2) ORDER BY 1"
)
MINE = "SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = to_regclass('cases')"
BLIND = (
    "SELECT row_security_active(to_regclass('cases')) "
    f"AND NOT coalesce(pg_has_role(to_regrole('{SERVICE}'), 'USAGE'), false)"
)
STANDING = text(
    "SELECT to_regrole(:bound) IS NOT NULL AS bound, to_regrole(:service) IS NOT NULL AS service, "
    "coalesce(pg_has_role(to_regrole(:service), to_regrole(:bound), 'MEMBER'), false) AS joined, "
    "coalesce(pg_has_role(to_regrole(:service), 'USAGE'), false) AS mine, "
    "(SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) AS may, "
    "quote_ident(current_user) AS me"
)


def _wanted(connection: Connection) -> tuple[list[str], bool]:
    """List what has to be done about roles, and tell whether the user may."""
    now = connection.execute(STANDING, {"bound": BOUND, "service": SERVICE}).one()
    there = ((BOUND, now.bound), (SERVICE, now.service))
    wanted = [f"CREATE ROLE {name} NOLOGIN" for name, is_there in there if not is_there]
    if not now.joined:
        wanted.append(f"GRANT {BOUND} TO {SERVICE}")
    if not now.mine:
        wanted.append(f"GRANT {SERVICE} TO {now.me}")
    return wanted, bool(now.may)


def _statements(names: list[str], sequences: list[str]) -> Iterator[str]:
    """Every right and policy, as one script."""
    every, shown = ", ".join(names), ", ".join(sorted({*LASTING, *FOR_ALL}))
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {every} TO {SERVICE};"
    yield from (f"REVOKE {rights} ON {name} FROM {SERVICE};" for name, rights in KEPT.items())
    yield f"GRANT USAGE, SELECT ON SEQUENCE {', '.join(sequences)} TO {SERVICE};"
    yield f"GRANT SELECT ON {shown} TO {BOUND};"
    for name in LASTING:
        yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;"
        yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY;"
        yield f"DROP POLICY IF EXISTS bound ON {name};"
        yield f"DROP POLICY IF EXISTS service ON {name};"
        yield policy_of(name)
        yield f"CREATE POLICY service ON {name} TO {SERVICE} USING (true);"
