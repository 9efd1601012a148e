"""What is done on the command line, by whom, in one transaction with its row in the log."""

import getpass
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import click
from sqlalchemy import Connection

from dashboard.access.accounts import AccountError
from dashboard.access.audit import AuditError, Deed, write_down
from dashboard.access.password import PasswordError
from dashboard.commands.options import Session
from dashboard.database.engine import writing
from dashboard.database.schema import misfit


@contextmanager
def acting(
    session: Session, action: str, subject: str, detail: Mapping[str, Any] | None = None
) -> Iterator[tuple[Connection, datetime]]:
    """Open the transaction of a change, and the instant it is made at; then write it down.

    Raises:
        click.ClickException: it cannot be done; nothing was, and nothing is written down.
    """
    at = session.now()
    actor = f"cli:{os_user()}"
    deed = Deed(actor=actor, action=action, subject=subject, detail=detail)
    try:
        with writing(session.engine) as connection:
            yield connection, at
            write_down(connection, deed, at, session.settings.audit_secret)
    except (AccountError, PasswordError, AuditError) as error:
        raise click.ClickException(str(error)) from None


def require_tables(session: Session) -> None:
    """Refuse a database of another version.

    Raises:
        click.ClickException: it is one.
    """
    why = misfit(session.engine)
    if why is not None:
        raise click.ClickException(f"the database {why}")


def os_user() -> str:
    """Return who runs this as the system knows it; the environment could name anybody."""
    if sys.platform == "win32":
        return getpass.getuser()
    import pwd

    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # a container's user need not have a name
        return str(number)
