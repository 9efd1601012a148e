"""Signing in without a form: for tests about something else."""

from datetime import UTC, datetime
from uuid import uuid4

from dash import Dash
from flask import g
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.access.accounts import make_account
from dashboard.access.role import Role
from dashboard.access.sessions import begin_session
from dashboard.access.viewer import Viewer
from dashboard.database.engine import writing
from dashboard.figures.scope import EVERYTHING

COOKIE = "wuqing"
LEADER = Viewer(1, "leader", "领导", Role.LEADER, EVERYTHING)


def session(
    engine: Engine,
    role: Role = Role.LEADER,
    area: str | None = None,
    departments: tuple[str, ...] = (),
    at: datetime | None = None,
) -> str:
    """Make an account and return the secret of a session of it."""
    now = at or datetime.now(UTC)
    with writing(engine) as connection:
        account_id = make_account(
            connection, login=f"t{uuid4().hex}", name="测试", role=role, at=now,
            area_code=area, departments=departments,
        )  # fmt: skip
        return begin_session(connection, account_id, now)


def client(
    app: Dash,
    at: datetime,
    role: Role = Role.LEADER,
    area: str | None = None,
    departments: tuple[str, ...] = (),
) -> FlaskClient:
    """Return a client that is signed in at an application."""
    made = app.server.test_client()
    engine = app.server.extensions["engine"]
    made.set_cookie(COOKIE, session(engine, role, area, departments, at))
    return made


def let_in(app: Dash, viewer: Viewer = LEADER) -> None:
    """Let every request of a bare application come from somebody."""

    @app.server.before_request
    def _() -> None:
        g.viewer, g.address = viewer, "127.0.0.1"
