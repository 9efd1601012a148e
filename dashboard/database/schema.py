"""Bring a database to this version's schema."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from dashboard.database.engine import writing
from dashboard.database.row_rights import secure


def migrate(engine: Engine, revision: str = "head") -> str | None:
    """Create or upgrade every table; does nothing when the schema is that of `revision`.

    At the newest revision the rows are secured, too (`row_policies`); returns what a superuser has
    to do before they can be.
    """
    with writing(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        return secure(connection) if revision == "head" else None


def schema_version(engine: Engine) -> str | None:
    """Return the revision the database is at, None when it has no tables yet."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@cache
def newest_version() -> str:
    """Return the revision this program needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise RuntimeError("the migrations folder holds no revision")
    return head


def known_versions() -> frozenset[str]:
    """Return every revision this program can bring up to the newest."""
    script = ScriptDirectory.from_config(_config())
    return frozenset(each.revision for each in script.walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
