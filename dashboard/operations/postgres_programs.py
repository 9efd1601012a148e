"""PostgreSQL's own programs for backups, found where they are usually installed."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, Engine

from dashboard.operations.errors import BackupError

INSTALLED = Path("/usr/lib/postgresql")
LAST_WORDS = 3
"""Lines of a program's complaint that are passed on."""


def program(name: str, path: str | None = None, installed: Path = INSTALLED) -> str:
    """Return where a program is: on PATH, else in the newest version installed.

    Raises:
        BackupError: it is nowhere.
    """
    found = shutil.which(name, path=path)
    if found is not None:
        return found
    versions = sorted(installed.glob(f"*/bin/{name}"), key=_version)
    if not versions:
        raise BackupError(
            f"{name} is not installed: install PostgreSQL's client programs of the server's "
            "version or newer, as in `apt-get install postgresql-client`"
        )
    return str(versions[-1])


def run(engine: Engine, name: str, *arguments: str) -> None:
    """Run a program against the engine's database; the password travels in the environment.

    Raises:
        BackupError: it is not installed, or it failed.
    """
    conninfo, password = _address(engine)
    command = [program(name), f"--dbname={conninfo}", "--no-password", *arguments]
    run_command(command, {"PGPASSWORD": password} if password else {})


def run_command(command: Sequence[str], environment: dict[str, str] | None = None) -> None:
    """Run a command that must succeed."""
    done = subprocess.run(  # noqa: S603 -- a program of ours, no shell
        command,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        said = " ".join(done.stderr.strip().splitlines()[-LAST_WORDS:])
        raise BackupError(f"{Path(command[0]).name} failed: {said}")


def url_of(engine: Engine, database: str) -> str:
    """Return the URL of another database on the same server."""
    url: URL = engine.url.set(database=database)
    return url.render_as_string(hide_password=False)


def _address(engine: Engine) -> tuple[str, str | None]:
    _, parameters = engine.dialect.create_connect_args(engine.url)
    known = {key: value for key, value in parameters.items() if key != "context"}
    password = known.pop("password", None)
    return make_conninfo("", **known), password


def _version(path: Path) -> float:
    try:
        return float(path.parts[-3])
    except ValueError:
        return 0
