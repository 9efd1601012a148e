"""Bring a database to this version's schema, and tell whether this program can work with one."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, delete, insert, select

from dashboard.database.engine import writing
from dashboard.database.faults import BusyError
from dashboard.database.row_rights import secure
from dashboard.database.tables import site

SERVES_FACT = "serves"
"""The oldest program that may work with these tables, by its newest revision (decision 011)."""

LOCK_WAIT_MS = 2_000
"""Behind a migration that waits for a lock all readers wait: for less than a page may take."""

IN_USE = (
    "the tables are in use and were waited for in vain, nothing was changed: do it again, best "
    "while fewer people look and no backup is made"
)


class SchemaError(Exception):
    """The tables are of a newer program; nothing was changed."""


def migrate(engine: Engine, revision: str = "head") -> str | None:
    """Create or upgrade every table; does nothing when the schema is that of `revision`.

    At the newest revision the rows are secured, too (`row_policies`); returns what a superuser has
    to do before they can be.

    Raises:
        SchemaError: the database is of a revision this program does not know.
        BusyError: others kept the tables busy; nothing was changed.
    """
    try:
        with writing(engine) as connection:
            return _bring_up(connection, revision)
    except BusyError as error:
        raise BusyError(IN_USE) from error


def misfit(engine: Engine) -> str | None:
    """Say why this program cannot work with a database's tables; None when it can.

    It can with those of a newer program, too, that names this one or an older one as the oldest it
    serves: so services go on while a new version is brought in.
    """
    version = schema_version(engine)
    if version is None:
        return "has no tables yet: run `wuqing init` or `wuqing demo`"
    if version in known_versions():
        if version == newest_version():
            return None
        return f"is of version {version}: make a backup, then run `wuqing init` to bring it up"
    with engine.connect() as connection:
        served = connection.scalar(select(site.c.value).where(site.c.key == SERVES_FACT))
    if served in known_versions():
        return None
    return f"is of version {version}, of a newer program: install that one"


def schema_version(engine: Engine) -> str | None:
    """Return the revision the database is at, None when it has no tables yet."""
    file = engine.url.database
    if engine.dialect.name == "sqlite" and file and not Path(file).exists():
        return None  # asking would create it
    with engine.connect() as connection:
        return _revision(connection)


@cache
def newest_version() -> str:
    """Return the revision this program needs."""
    head = _script().get_current_head()
    if head is None:
        raise RuntimeError("the migrations folder holds no revision")
    return head


@cache
def known_versions() -> frozenset[str]:
    """Return every revision this program can bring up to the newest."""
    return frozenset(each.revision for each in _script().walk_revisions())


def oldest_served(revision: str) -> str:
    """Return the oldest program that works with the tables of a revision: the one before.

    A migration says otherwise by its own `serves`.
    """
    script = _script().get_revision(revision)
    return str(getattr(script.module, "serves", script.down_revision or revision))


def _bring_up(connection: Connection, revision: str) -> str | None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LOCK_WAIT_MS}")
    before = _revision(connection)
    if before is not None and before not in known_versions():
        raise SchemaError(f"the database is of version {before}, of a newer program")
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    _note_whom_it_serves(connection)
    return secure(connection) if revision == "head" else None


def _note_whom_it_serves(connection: Connection) -> None:
    revision = _revision(connection)
    if revision is not None:
        connection.execute(delete(site).where(site.c.key == SERVES_FACT))
        connection.execute(insert(site).values(key=SERVES_FACT, value=oldest_served(revision)))


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@cache
def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
