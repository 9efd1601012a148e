"""Where the service cannot run as several processes, and why."""

import sys

from dashboard.operations.sqlite_version import Version, refuse_race
from dashboard.settings import Settings, SettingsError


def refuse_several(
    settings: Settings,
    *,
    demo_live: bool,
    platform: str = sys.platform,
    sqlite: Version | None = None,
) -> None:
    """Stop a start as several processes where one alone can do the work.

    Raises:
        SettingsError: this system, or the demo that goes on in the process that serves.
        SiteError: a SQLite that several processes can corrupt.
    """
    if platform != "linux":
        raise SettingsError("server.workers: several processes need Linux; leave it at 1")
    if demo_live:
        raise SettingsError("--demo-live is for one process: leave server.workers at 1")
    if settings.wall.at is not None:
        raise SettingsError("wall.at is for one process: each would begin that day when it starts")
    refuse_race(settings, sqlite)
