"""Which SQLite may be used by several processes at once.

From 3.7.0 on, two processes that checkpoint a write-ahead log at the same moment could corrupt the
database; fixed in 3.51.3 and, for those lines, in 3.50.7 and 3.44.6 (sqlite.org/wal.html).
"""

from sqlalchemy import make_url

from dashboard.database.engine import sqlite_module
from dashboard.settings import Settings
from dashboard.site import SiteError

Version = tuple[int, ...]

FIRST, FIXED = (3, 7, 0), (3, 51, 3)
BACKPORTED = ((3, 50, 7), (3, 44, 6))


def races(version: Version) -> bool:
    """Tell whether this version has the race."""
    in_line = any(line[:2] == version[:2] and version >= line for line in BACKPORTED)
    return FIRST <= version < FIXED and not in_line


def refuse_race(settings: Settings, version: Version | None = None) -> None:
    """Stop a server that may run as several processes on a SQLite that has the race.

    Raises:
        SiteError: it has; the message says what helps.
    """
    if make_url(settings.database_url.get_secret_value()).get_backend_name() != "sqlite":
        return
    found = version or sqlite_module().sqlite_version_info
    if races(found):
        raise SiteError(f"SQLite {'.'.join(map(str, found))} {WHY}")


WHY = (
    "can corrupt a database that several processes use: install pysqlite3, or use PostgreSQL, or "
    "serve with `python app.py` alone and stop it for every import"
)
