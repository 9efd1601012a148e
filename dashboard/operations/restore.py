"""Putting a backup back, never over cases that nobody said to replace."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import Connection, Engine, delete, func, inspect, select, update
from sqlalchemy.exc import DatabaseError

from dashboard.access.audit import Deed, write_down
from dashboard.database.access_tables import sign_in_link, sign_in_session
from dashboard.database.engine import reading, writing
from dashboard.database.faults import UnavailableError
from dashboard.database.schema import known_versions, newest_version
from dashboard.database.tables import cases
from dashboard.operations.backup import FORMS, form_of
from dashboard.operations.errors import BackupError
from dashboard.operations.portrait import Portrait, differences, portray


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was done; `replaced` cases are gone, None where they could not be counted."""

    file: Path
    replaced: int | None
    portrait: Portrait
    remarks: tuple[str, ...]


def restore(
    engine: Engine, file: Path, now: datetime, *, replace: bool, key: SecretStr | None
) -> Restored:
    """Put a backup back, after trying it out in a scratch database.

    Everybody has to sign in anew: the sessions of the past are not let live again.

    Raises:
        BackupError: it cannot be used here, or there are cases and not `replace`; nothing was done.
    """
    kind, form = form_of(file), FORMS[engine.dialect.name]
    if kind != engine.dialect.name:
        raise BackupError(f"{file} is of a {kind} database, {engine.url!r} is none")
    held = _cases(engine)
    if held != 0 and not replace:
        what = "cannot be read" if held is None else f"holds {held:,} cases"
        raise BackupError(f"the database {what}: say --replace to replace all of it")
    with form.scratch(file, engine) as copy, reading(copy) as connection:
        expected = portray(connection, now)
    if expected.version not in known_versions():
        raise BackupError(f"{file} is of version {expected.version}, which this program is not of")
    remarks: list[str] = form.put_back(file, engine)
    with reading(engine) as connection:
        found = differences(expected, portray(connection, now))
    if found:
        remarks.append(f"changed since by a server that runs: {'; '.join(found[:5])}")
    if expected.version == newest_version():
        with writing(engine) as connection:
            _begin_anew(connection, file, now, key)
    else:
        remarks.append(f"it is of version {expected.version}: run `wuqing init` to bring it up")
    return Restored(file=file, replaced=held, portrait=expected, remarks=tuple(remarks))


def _cases(engine: Engine) -> int | None:
    """Count what would be replaced; None when the database is too damaged to say."""
    try:
        with reading(engine) as connection:
            if not inspect(connection).has_table(cases.name):
                return 0
            return connection.scalar(select(func.count()).select_from(cases)) or 0
    except UnavailableError:
        raise
    except DatabaseError:
        if engine.dialect.name == "sqlite":
            return None
        raise


def _begin_anew(connection: Connection, file: Path, now: datetime, key: SecretStr | None) -> None:
    standing = sign_in_session.c.ended_at.is_(None)
    connection.execute(update(sign_in_session).where(standing).values(ended_at=now))
    connection.execute(delete(sign_in_link))
    write_down(connection, Deed(actor="wuqing", action="restore", subject=file.name[:80]), now, key)
