"""A backup of a PostgreSQL database: an archive of pg_dump in its custom format."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.row_rights import blind, secure
from dashboard.operations.errors import BackupError
from dashboard.operations.portrait import Portrait, portray
from dashboard.operations.postgres_programs import program, run, run_command, url_of

MAGIC = b"PGDMP"
PLAIN = ("--no-owner", "--no-privileges")
NAMES_ROLES = re.compile(r"^\d+; \d+ \d+ (POLICY|ROW SECURITY) ")
"""Entries that are not put back: another server may not have the roles; they are made anew."""

IN_THE_WAY = text(
    "SELECT format('DROP TABLE %I CASCADE;', tablename) FROM pg_tables "
    "WHERE schemaname = current_schema() ORDER BY tablename"
)


def write(engine: Engine, part: Path, as_of: datetime, *, alone: bool) -> Portrait:  # noqa: ARG001
    """Dump the database into `part`; returns what it came to, in the dump's own snapshot."""
    with reading(engine) as connection:
        if blind(connection):
            raise BackupError("the database hides rows from this user: see `wuqing doctor`")
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        # policies bind the user, too, and open every row to it: without the option it is refused
        options = ("--format=custom", "--enable-row-security", f"--snapshot={snapshot}")
        run(engine, "pg_dump", *options, f"--file={part}")
        return portray(connection, as_of)


@contextmanager
def scratch(file: Path, server: Engine) -> Iterator[Engine]:
    """Put a backup back into a database of its own on the same server, dropped at the end.

    Raises:
        BackupError: the file is damaged, or the user may not make databases.
    """
    name = f"wuqing_scratch_{uuid4().hex[:12]}"
    _administer(server, f'CREATE DATABASE "{name}" TEMPLATE template0')
    engine = open_engine(url_of(server, name))
    try:
        with _without_roles(file) as chosen:
            run(engine, "pg_restore", "--exit-on-error", *PLAIN, *chosen, str(file))
        yield engine
    finally:
        engine.dispose()
        _administer(server, f'DROP DATABASE "{name}"')


def put_back(file: Path, engine: Engine) -> list[str]:
    """Replace every table in one transaction: until it ends, others see the old ones."""
    with TemporaryDirectory(prefix=".wuqing-", dir=file.parent) as folder:
        # a whole script first: a pipe that broke off would end the transaction as if it were whole
        script, clearing = Path(folder) / "script.sql", Path(folder) / "clearing.sql"
        with _without_roles(file) as chosen:
            run_command([program("pg_restore"), *PLAIN, *chosen, f"--file={script}", str(file)])
        with reading(engine) as connection:
            clearing.write_text("\n".join(connection.scalars(IN_THE_WAY)), "utf-8")
        files = (f"--file={clearing}", f"--file={script}")
        options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        run(engine, "psql", *options, *files)
    with writing(engine) as connection:
        lacking = secure(connection)
    return [] if lacking is None else [f"the rows are not secured (see `wuqing doctor`): {lacking}"]


@contextmanager
def _without_roles(file: Path) -> Iterator[tuple[str, ...]]:
    """Yield the options by which pg_restore leaves out what names roles."""
    with TemporaryDirectory(prefix=".wuqing-", dir=file.parent) as folder:
        every, chosen = Path(folder) / "every.list", Path(folder) / "chosen.list"
        run_command([program("pg_restore"), "--list", f"--file={every}", str(file)])
        lines = every.read_text("utf-8").splitlines(keepends=True)
        chosen.write_text("".join(one for one in lines if not NAMES_ROLES.match(one)), "utf-8")
        yield (f"--use-list={chosen}",)


def _administer(server: Engine, statement: str) -> None:
    """Run a statement that must not be in a transaction."""
    try:
        with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(statement)
    except DBAPIError as error:
        if not re.search("permission denied", str(error.orig)):
            raise
        raise BackupError(
            f"user {server.url.username!r} may not make the database in which a backup is tried "
            "out: give it CREATEDB, or name one that may with --database"
        ) from None
