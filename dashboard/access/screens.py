"""The door for screens: pairing them, knowing them by their token, and ending them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import SecretStr
from sqlalchemy import Connection, Engine

from dashboard.access import devices, pairing
from dashboard.access.audit import Deed, write_down
from dashboard.access.code import Pending, code_typed
from dashboard.access.device import Device, Report, Standing, Why
from dashboard.access.throttle import begin_try, forget_failures
from dashboard.access.viewer import Viewer
from dashboard.database.engine import reading, writing
from dashboard.database.faults import DiskFullError

KEPT = timedelta(seconds=5)
"""How long a process answers from memory whose token it is, as for sessions."""

NOTED_EVERY = timedelta(minutes=1)
MOST_KEPT = 1_000
LONGEST_NAME = 50


class Confirmed(StrEnum):
    """How confirming a code went; `wrong` also when the code is over or used."""

    DONE = "done"
    WRONG = "wrong"
    LOCKED = "locked"
    TAKEN = "taken"
    UNNAMED = "unnamed"


class Told(StrEnum):
    """What a waiting screen does next."""

    WAIT = "wait"
    RELOAD = "reload"
    GO = "go"


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer to a poll of a screen that waits; `token` is its own from now on."""

    told: Told
    token: str | None = None
    standing: Standing | None = None


class Screens:
    """Pairs screens and knows them; whatever an administrator does to one is written down."""

    def __init__(
        self, engine: Engine, now: Callable[[], datetime], audit_secret: SecretStr | None
    ) -> None:
        self._engine = engine
        self._now = now
        self._audit_secret = audit_secret
        self._kept: dict[str, tuple[Device, bool, datetime]] = {}
        self._noted: dict[int, datetime] = {}

    def standing(self, token: str, address: str, *, fresh: bool = False) -> Standing | None:
        """Return whose token it is and whether it may show the wall; `fresh`: not from memory.

        The first refusal of a screen is written down, not each of its polls.
        """
        at = self._now()
        kept = self._kept.get(token)
        if fresh or kept is None or not timedelta() <= at - kept[2] < KEPT:
            with reading(self._engine) as connection:
                found = devices.find_device(connection, token, at)
            if found is None:
                self._kept.pop(token, None)
                return None
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            kept = self._kept[token] = (*found, at)
        device = kept[0]
        why = device.closed(address, at)
        if why is None:
            return Standing(device)
        self._kept.pop(token, None)  # so that a renewal is seen at once
        if device.refused_for != why:
            self._refuse(device, why, address, at)
        return Standing(device, why, _since(device, why, at))

    def note(self, token: str, report: Report) -> str | None:
        """Keep what a wall says about itself, once a minute; return another token when it is due.

        A full disk must not darken a wall.
        """
        kept, at = self._kept.get(token), self._now()
        if kept is None:
            return None
        device, due, _ = kept
        noted = self._noted.get(device.device_id)
        if not due and noted is not None and timedelta() <= at - noted < NOTED_EVERY:
            return None
        with suppress(DiskFullError), writing(self._engine) as connection:
            devices.note(connection, device.device_id, report, at)
            self._noted[device.device_id] = at
            if not due:
                return None
            self._kept.pop(token, None)
            return devices.rotate(connection, token, at)
        return None

    def begin(self, former: str, address: str, was: Device | None) -> Pending | None:
        """Make a code for a screen to show; None while too many wait."""
        replaces = None if was is None else was.device_id
        with writing(self._engine) as connection:
            return pairing.begin_pairing(connection, former, address, replaces, self._now())

    def poll(self, secret: str, standing: Standing | None, size: tuple[int, int] | None) -> Turn:
        """Tell a screen that shows a code, or why it shows nothing, what to do next."""
        if standing is not None and standing.why is None:
            return Turn(Told.GO, None, standing)
        if standing is not None and standing.why is Why.EXPIRED:
            return Turn(Told.WAIT, None, standing)
        at = self._now()
        with reading(self._engine) as connection:
            row = pairing.polled(connection, secret)
        if row is None or row.code_ends_at <= at:
            return Turn(Told.RELOAD, None, standing)
        if size is not None and size != (row.width, row.height):
            with writing(self._engine) as connection:
                pairing.note_size(connection, secret, size)
        if row.paired_at is not None:
            return self._give(secret, at)
        return Turn(Told.WAIT, None, standing)

    def confirm(self, viewer: Viewer, code: str, name: str, address: str) -> Confirmed:
        """Let in the screen that shows a code; guesses count like those of passwords."""
        at, name, typed = self._now(), name.strip(), code_typed(code)
        if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
            return Confirmed.UNNAMED
        guesser = f"code {viewer.login}"
        with writing(self._engine) as connection:
            left = begin_try(connection, guesser, f"code {address}"[:45], at)
            row = pairing.waiting(connection, typed, at) if left else None
            if row is None:
                result = Confirmed.WRONG if left else Confirmed.LOCKED
                self._log(connection, viewer, "screen_confirm", address, result=result)
                return result
            forget_failures(connection, guesser)
            if devices.is_taken(connection, name, row.replaces):
                return Confirmed.TAKEN
            if row.replaces is not None and devices.revoke(connection, row.replaces, at):
                self._log(connection, viewer, "screen_revoke", address, row.replaces)
            pairing.confirm(connection, row.device_id, name, at)
            self._log(connection, viewer, "screen_confirm", address, row.device_id)
            return Confirmed.DONE

    def renew(self, viewer: Viewer, device_id: int, address: str) -> bool:
        """Let a screen go on; False when it was revoked or there is none."""
        with writing(self._engine) as connection:
            done = devices.renew(connection, device_id, self._now())
            if done:
                self._log(connection, viewer, "screen_renew", address, device_id)
        self._kept.clear()
        return done

    def revoke(self, viewer: Viewer, device_id: int, address: str) -> bool:
        """End a screen; other processes may know it for a few seconds more."""
        with writing(self._engine) as connection:
            done = devices.revoke(connection, device_id, self._now())
            if done:
                self._log(connection, viewer, "screen_revoke", address, device_id)
        self._kept.clear()
        return done

    def listed(self) -> Sequence[Device]:
        """Return every screen, for who administers them."""
        with reading(self._engine) as connection:
            return devices.listed(connection, self._now())

    def _give(self, secret: str, at: datetime) -> Turn:
        with writing(self._engine) as connection:
            token = pairing.claim(connection, secret, at)
            if token is None:
                return Turn(Told.RELOAD)
            found = devices.find_device(connection, token, at)
            assert found is not None  # noqa: S101 -- it was made in this transaction
            device = found[0]
            self._log(connection, device.viewer, "screen_pair", device.address, device.device_id)
            return Turn(Told.GO, token, Standing(device))

    def _refuse(self, device: Device, why: Why, address: str, at: datetime) -> None:
        with suppress(DiskFullError), writing(self._engine) as connection:
            if devices.note_refused(connection, device.device_id, why, at):
                who, subject = device.viewer, device.device_id
                self._log(connection, who, "screen_refused", address, subject, why)

    def _log(  # noqa: PLR0913 -- what a deed is
        self,
        connection: Connection,
        viewer: Viewer,
        action: str,
        address: str,
        device_id: int | None = None,
        result: str = "ok",
    ) -> None:
        deed = Deed(
            actor=viewer.login, role=viewer.role, action=action, address=address, result=result,
            subject=None if device_id is None else f"screen-{device_id}",
        )  # fmt: skip
        write_down(connection, deed, self._now(), self._audit_secret)


def _since(device: Device, why: Why, at: datetime) -> datetime:
    """When it went dark; a screen that moved is dark since it was first refused."""
    if why is Why.REVOKED and device.revoked_at is not None:
        return device.revoked_at
    if why is Why.EXPIRED:
        return device.expires_at
    return device.refused_at if device.refused_for == why and device.refused_at else at
