"""Signing in by a provider: sent there, back, and let in if an administrator gave an account.

Failures count and are written down as those of passwords are. What the provider says about roles
is not asked for.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import SecretStr
from sqlalchemy import Engine

from dashboard.access.accounts import viewer_of
from dashboard.access.admit import let_in
from dashboard.access.audit import Deed
from dashboard.access.refusals import write_down_refusal
from dashboard.access.secrets import hashed
from dashboard.access.sign_on.errands import begin_errand, end_errand
from dashboard.access.sign_on.provider import (
    Errand,
    Identity,
    Provider,
    UnprovenError,
    UnreachableError,
)
from dashboard.access.sign_on.subjects import account_of
from dashboard.access.throttle import begin_try, forget_failures
from dashboard.database.engine import writing


class Why(StrEnum):
    """Why somebody is not let in, as it is said to them."""

    UNREACHABLE = "unreachable"
    UNPROVEN = "unproven"
    LATE = "late"
    LOCKED = "locked"
    UNLINKED = "unlinked"


@dataclass(frozen=True, slots=True)
class Sent:
    """Where the browser goes, and the secret it comes back with."""

    address: str
    secret: str


@dataclass(frozen=True, slots=True)
class Admitted:
    """Let in: the secret of the session, where to go on to, and in which language if one is set."""

    secret: str
    following: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Turned:
    """Not let in; `language` is that of the errand, `who` somebody known there and not here."""

    why: Why
    language: str | None = None
    who: Identity | None = None


class SignOn:
    """Sends people to providers and lets in who comes back. `base` is our own public address."""

    def __init__(
        self,
        engine: Engine,
        now: Callable[[], datetime],
        audit_secret: SecretStr | None,
        providers: Mapping[str, Provider],
        base: str,
    ) -> None:
        self.providers = providers
        self._engine = engine
        self._now = now
        self._audit_secret = audit_secret
        self._base = base.rstrip("/")

    def begin(self, kind: str, following: str, language: str, address: str) -> Sent | Turned:
        """Send somebody to a provider."""
        with writing(self._engine) as connection:
            secret = begin_errand(connection, kind, following, language, address, self._now())
        if secret is None:
            return Turned(Why.LOCKED, language)
        try:
            where = self.providers[kind].begin(self._errand(kind, secret))
        except UnreachableError as error:
            self._refuse(kind, Why.UNREACHABLE, address, str(error))
            return Turned(Why.UNREACHABLE, language)
        return Sent(where, secret)

    def finish(
        self, kind: str, secret: str, answer: Mapping[str, str], address: str
    ) -> Admitted | Turned:
        """Let in who comes back with `answer`, in the browser that was sent there."""
        at, errand = self._now(), self._errand(kind, secret)
        # of this errand alone, so that it is the address that is locked
        tried = f"sign-on {address} {hashed(secret)}"
        with writing(self._engine) as connection:
            left = begin_try(connection, tried, address, at)
            began = end_errand(connection, secret, kind, at)
        language = None if began is None else began.language
        state = answer.get("state", "").encode("utf-8", "replace")
        if left == 0:
            return self._turn(kind, Turned(Why.LOCKED, language), address)
        if began is None or not hmac.compare_digest(state, errand.state.encode()):
            return self._turn(kind, Turned(Why.LATE, language), address, "state")
        try:
            who = self.providers[kind].finish(errand, answer)
        except UnreachableError as error:
            with writing(self._engine) as connection:  # nobody guessed anything
                forget_failures(connection, tried)
            return self._turn(kind, Turned(Why.UNREACHABLE, language), address, str(error))
        except UnprovenError as error:
            return self._turn(kind, Turned(Why.UNPROVEN, language), address, str(error))
        with writing(self._engine) as connection:
            row = account_of(connection, kind, who.subject)
            if row is not None and row.active:
                forget_failures(connection, tried)
                viewer = viewer_of(connection, row)
                made = let_in(connection, viewer, kind, address, at, self._audit_secret, kind)
                return Admitted(made, began.following, viewer.language)
        return self._turn(kind, Turned(Why.UNLINKED, language, who), address)

    def _turn(self, kind: str, turned: Turned, address: str, code: str | None = None) -> Turned:
        self._refuse(kind, turned.why, address, code)
        return turned

    def _refuse(self, kind: str, why: Why, address: str, code: str | None) -> None:
        """Write it down; of who it may have been, nothing is known here or said there."""
        deed = Deed(
            actor="?", action="sign_in", result=why, address=address, subject=kind,
            detail=None if code is None else {"why": code[:80]},
        )  # fmt: skip
        with writing(self._engine) as connection:
            write_down_refusal(connection, deed, self._now(), self._audit_secret)

    def _errand(self, kind: str, secret: str) -> Errand:
        return Errand(secret, f"{self._base}/enter/by/{kind}/back")
