"""Looks at whom PostgreSQL itself lets read which rows."""

from sqlalchemy import Connection, text

from dashboard.database.row_policies import SERVICE
from dashboard.database.row_rights import lacking, owned_by_user, unsecured
from dashboard.operations.doctor.finding import Finding, fault, ok, warning

UNBOUND = text("SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = USER")


def user(connection: Connection) -> Finding:
    """Is it one whom the database's rights bind."""
    name, unbound = connection.execute(UNBOUND).one()
    if unbound:
        return fault(
            f"user {name} is a superuser, whom no row-level security binds: serve as one that is "
            "neither SUPERUSER nor BYPASSRLS"
        )
    if owned_by_user(connection):
        return warning(
            f"user {name} owns the tables and could take their policies away: serve as another, "
            f"to whom you GRANT {SERVICE}"
        )
    return ok(f"user {name} is bound by the database's rights")


def policies(connection: Connection) -> Finding:
    """Are the rows secured against a mistake in the program."""
    wanted, names = lacking(connection), unsecured(connection)
    if wanted:
        return fault(
            "the rows are not secured, the query layer alone bounds readers: as a superuser run "
            f"`{wanted}`, then as the tables' owner `wuqing init`"
        )
    if names:
        return fault(f"the rows of {', '.join(names)} are not secured: run `wuqing init`")
    return ok("who is bound reads the rows of their scope alone")
