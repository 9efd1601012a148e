"""A screen that shows the wall without an account: until when, from where, and when no more."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dashboard.access.role import Role
from dashboard.access.viewer import Viewer
from dashboard.figures.scope import EVERYTHING

VALID = timedelta(days=180)
WARNED = timedelta(days=30)
"""How long before its end an administrator is told, on the list of screens and not on the wall."""

NO_ACCOUNT = 0
"""The account of a screen's viewer: it has none."""


class Why(StrEnum):
    """Why a screen shows nothing any more."""

    EXPIRED = "expired"
    REVOKED = "revoked"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A screen an administrator has confirmed.

    `address` is where it was paired from; no other is let in. What it says about itself (`build`,
    `data_age_s`, `heap_mb`) is of `seen_at`; None: it has said nothing.
    """

    device_id: int
    name: str
    address: str
    width: int | None
    height: int | None
    paired_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    refused_for: str | None
    refused_at: datetime | None
    seen_at: datetime | None
    build: str | None
    data_age_s: int | None
    heap_mb: int | None

    @property
    def login(self) -> str:
        """What the log calls it: names may be given twice, one after the other."""
        return f"screen-{self.device_id}"

    @property
    def viewer(self) -> Viewer:
        """Return it as somebody who looks, at the wall alone."""
        return Viewer(NO_ACCOUNT, self.login, self.name, Role.SCREEN, EVERYTHING)

    def closed(self, address: str | None, at: datetime) -> Why | None:
        """Tell why it shows nothing at a moment; None: it does.

        What only pairing anew heals comes before what a renewal heals. Without an address, it is
        not asked where it stands.
        """
        if self.revoked_at is not None:
            return Why.REVOKED
        if address is not None and address != self.address:
            return Why.MOVED
        return Why.EXPIRED if at >= self.expires_at else None

    def ends_soon(self, at: datetime) -> bool:
        """Tell whether the end is near or past."""
        return self.revoked_at is None and self.expires_at - at <= WARNED


@dataclass(frozen=True, slots=True)
class Standing:
    """A known screen, and since when it shows nothing and why; None: it shows the wall."""

    device: Device
    why: Why | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a wall says about itself with a poll; None: its browser does not know."""

    build: str | None = None
    data_age_s: int | None = None
    heap_mb: int | None = None
