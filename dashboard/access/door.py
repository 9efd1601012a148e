"""The door: signing in and out, and whose request it is; each sign-in is written down."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Connection, Engine, select, update

from dashboard.access.accounts import is_login, viewer_of
from dashboard.access.admit import let_in
from dashboard.access.audit import Deed, write_down
from dashboard.access.links import use_link
from dashboard.access.password import hash_of, is_weaker_than_now, matches
from dashboard.access.refusals import write_down_refusal
from dashboard.access.sessions import (
    NOTED_EVERY,
    end_session,
    find_viewer,
    note_seen,
)
from dashboard.access.throttle import begin_try, forget_failures
from dashboard.access.viewer import Viewer
from dashboard.database.access_tables import account
from dashboard.database.engine import reading, writing
from dashboard.database.faults import DiskFullError

KEPT = timedelta(seconds=5)
"""How long a process answers from memory whose session it is, so that polls cost no statement."""

MOST_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Refused:
    """Not let in; `tries_left` 0: locked for a while. Which of the two was wrong is not said."""

    tries_left: int


class Door:
    """Lets people in by password or link, and knows them by their session's secret."""

    def __init__(
        self, engine: Engine, now: Callable[[], datetime], audit_secret: SecretStr | None
    ) -> None:
        self._engine = engine
        self._now = now
        self._audit_secret = audit_secret
        self._kept: dict[str, tuple[Viewer, datetime, datetime]] = {}

    def sign_in(self, login: str, password: str, address: str) -> str | Refused:
        """Return a new session's secret, or how many tries are left."""
        at, typed = self._now(), login.strip().casefold()
        with writing(self._engine) as connection:
            left = begin_try(connection, typed, address, at)
            row = _account(connection, typed, held=False)
        # hashed outside of any transaction, for it takes 60 ms
        stored = None if row is None else row.password
        right = left > 0 and matches(stored, password)
        weak = right and stored is not None and is_weaker_than_now(stored)
        anew = hash_of(password) if weak else None
        with writing(self._engine) as connection:
            row = _account(connection, typed, held=True)  # is it still what it was?
            if not right or row is None or not row.active or row.password != stored:
                # what was typed is not written down where it is no login: it may be a password
                actor = "?" if row is None else row.login
                result = "locked" if left == 0 else "refused"
                deed = Deed(actor=actor, action="sign_in", result=result, address=address)
                write_down_refusal(connection, deed, at, self._audit_secret)
                return Refused(max(0, left - 1))
            forget_failures(connection, typed)
            if anew is not None:
                mine = account.c.account_id == row.account_id
                connection.execute(update(account).where(mine).values(password=anew))
            viewer = viewer_of(connection, row)
            return let_in(connection, viewer, "password", address, at, self._audit_secret)

    def enter(self, link: str, address: str) -> str | None:
        """Return a new session's secret for a link that works once; None when it does not."""
        at = self._now()
        with writing(self._engine) as connection:
            account_id = use_link(connection, link, at)
            mine = select(account).where(account.c.account_id == account_id, account.c.active)
            row = connection.execute(mine.with_for_update()).first()
            if row is None:
                deed = Deed(
                    actor="?", action="sign_in", result="refused", address=address, subject="link"
                )
                write_down_refusal(connection, deed, at, self._audit_secret)
                return None
            viewer = viewer_of(connection, row)
            return let_in(connection, viewer, "link", address, at, self._audit_secret)

    def viewer(self, secret: str, *, acts: bool) -> Viewer | None:
        """Return whose session it is, None when it is over; `acts` keeps it from falling idle."""
        at = self._now()
        kept = self._kept.get(secret)
        if kept is None or not timedelta() <= at - kept[1] < KEPT:
            with reading(self._engine) as connection:
                found = find_viewer(connection, secret, at)
            if found is None:
                self._kept.pop(secret, None)
                return None
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            kept = self._kept[secret] = (found[0], at, found[1])
        viewer, _, seen = kept
        if acts and at - seen >= NOTED_EVERY:
            # a full disk must not lock out who only reads
            with suppress(DiskFullError), writing(self._engine) as connection:
                note_seen(connection, secret, at)
            self._kept[secret] = (viewer, at, at)
        return viewer

    def sign_out(self, secret: str, viewer: Viewer, address: str) -> str | None:
        """End a session at once; return the provider it began at, if one."""
        at = self._now()
        with writing(self._engine) as connection:
            provider = end_session(connection, secret, at)
            write_down(connection, _of(viewer, "sign_out", address), at, self._audit_secret)
        self._kept.pop(secret, None)  # not before: a poll would put it back
        return provider

    def write_down(self, viewer: Viewer, action: str, address: str, subject: str | None) -> None:
        """Append to the log what somebody signed in did."""
        deed = _of(viewer, action, address, subject)
        with writing(self._engine) as connection:
            write_down(connection, deed, self._now(), self._audit_secret)


def _account(connection: Connection, login: str, *, held: bool) -> Any:  # noqa: ANN401 -- a row of `account`
    """Find an account; `held`: it is not closed or changed before this transaction ends.

    What is no login is not asked for: PostgreSQL refuses some texts people can type.
    """
    if not is_login(login):
        return None
    mine = select(account).where(account.c.login == login)
    return connection.execute(mine.with_for_update() if held else mine).first()


def _of(viewer: Viewer, action: str, address: str, subject: str | None = None) -> Deed:
    return Deed(
        actor=viewer.login, role=viewer.role, action=action, address=address, subject=subject
    )
