"""Letting somebody in, whoever said who it is: a line in the log and a session, or neither."""

from datetime import datetime

from pydantic import SecretStr
from sqlalchemy import Connection

from dashboard.access.audit import Deed, write_down
from dashboard.access.purge import purge
from dashboard.access.refusals import write_down_counts
from dashboard.access.sessions import begin_session
from dashboard.access.viewer import Viewer


def let_in(  # noqa: PLR0913 -- who, how, from where, when
    connection: Connection,
    viewer: Viewer,
    by: str,
    address: str,
    at: datetime,
    key: SecretStr | None,
    provider: str | None = None,
) -> str:
    """Begin a session and return its secret; what is over is cleared away meanwhile."""
    write_down_counts(connection, at, key)
    deed = Deed(actor=viewer.login, role=viewer.role, action="sign_in", address=address, subject=by)
    write_down(connection, deed, at, key)
    purge(connection, at)
    return begin_session(connection, viewer.account_id, at, provider)
