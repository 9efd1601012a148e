"""Backups: written, put back into a scratch database, compared, and only then called backups."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType

from pydantic import SecretStr
from sqlalchemy import Engine, delete, insert

from dashboard.access import audit
from dashboard.database.engine import reading, writing
from dashboard.database.tables import site
from dashboard.operations import postgres_file, sqlite_file
from dashboard.operations.errors import BackupError
from dashboard.operations.portrait import Portrait, differences, portray

FACT = "backup"
"""Under which the `site` table says when the last verified backup was made, and how large it is."""

FORMS: dict[str, ModuleType] = {"sqlite": sqlite_file, "postgresql": postgres_file}


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One that was verified. `log` tells whether the copy's log of what was done holds."""

    file: Path
    at: datetime
    size: int
    portrait: Portrait
    log: audit.Verdict | None


def back_up(engine: Engine, file: Path, now: datetime, key: SecretStr | None) -> Backup:
    """Make a new file that was proved to hold what the database held.

    Raises:
        BackupError: there is such a file already, or the copy differs; nothing is left of it.
    """
    if file.exists():
        raise BackupError(f"{file} is there already: a backup never overwrites one")
    form = FORMS[engine.dialect.name]
    part = file.with_name(f"{file.name}.part")
    try:
        # a committed change may slip in between looking and copying: see `sqlite_file.write`
        for alone in (False, True):
            _empty(part)
            original = form.write(engine, part, now, alone=alone)
            if original.version is None:
                raise BackupError("the database has no tables yet: there is nothing to keep")
            with form.scratch(part, engine) as copy, reading(copy) as connection:
                found = differences(original, portray(connection, now))
                # asked of the copy: the log it holds must be one that can be trusted after a fire
                log = audit.verify(connection, key) if original.figures else None
            if not found:
                break
        else:
            raise BackupError(f"the copy is not what the database is: {'; '.join(found[:5])}")
        _settle(part, file)
    except OSError as error:
        raise BackupError(f"cannot write {part}: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)
    made = Backup(file=file, at=now, size=file.stat().st_size, portrait=original, log=log)
    _note(engine, made)
    return made


def form_of(file: Path) -> str:
    """Tell which database a backup is of: "sqlite" or "postgresql".

    Raises:
        BackupError: it is no backup, or cannot be read.
    """
    try:
        with file.open("rb") as opened:
            begins = opened.read(16)
    except OSError as error:
        raise BackupError(f"cannot read {file}: {error.strerror}") from None
    for name, form in FORMS.items():
        if begins.startswith(form.MAGIC):
            return name
    raise BackupError(f"{file} is no backup of a SQLite or PostgreSQL database")


def _empty(part: Path) -> None:
    """Make the file for nobody else to read: it holds what the database holds."""
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _settle(part: Path, file: Path) -> None:
    """Give it its name once all of it is on the disk."""
    with part.open("rb+") as opened:
        os.fsync(opened.fileno())
    part.rename(file)


def _note(engine: Engine, made: Backup) -> None:
    value = {
        "at": made.at.isoformat(timespec="seconds"),
        "bytes": made.size,
        "file": made.file.name,
    }
    with writing(engine) as connection:
        connection.execute(delete(site).where(site.c.key == FACT))
        connection.execute(insert(site).values(key=FACT, value=value))
