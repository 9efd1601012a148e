"""Where somebody begins, in which language, and which entries of the navigation are not theirs."""

from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from dashboard.access.role import Right
from dashboard.access.viewer import Viewer
from dashboard.figures.scope import EVERYTHING

WALL, ACCOUNT, SCREENS = "/wall", "/account", "/screens"
PAPER, REGISTER = "/briefing", "/decisions"


def home_of(viewer: Viewer, county: str) -> str:
    """Return where somebody begins: their area, their department, the county, else the wall.

    Who administers begins at the screens.
    """
    if viewer.may(Right.ADMINISTER):
        return SCREENS
    if not viewer.may(Right.DESK):
        return WALL if viewer.may(Right.WALL) else ACCOUNT
    if viewer.scope.area:
        return f"/area/{viewer.scope.area.ljust(12, '0')}"
    if viewer.scope.departments:
        return f"/department/{min(viewer.scope.departments)}"
    return f"/area/{county}"


def meeting_of(viewer: Viewer) -> str:
    """Return where the meeting begins for somebody: its paper is about the whole centre."""
    return PAPER if viewer.scope == EVERYTHING else REGISTER


def spoken_in(address: str, language: str | None) -> str:
    """Have an address that names no language ask for one; None for the default."""
    parts = urlsplit(address)
    if language is None or "lang" in parse_qs(parts.query):
        return address
    query = f"{parts.query}&" if parts.query else ""
    return urlunsplit(parts._replace(query=f"{query}{urlencode({'lang': language})}"))


def closed_to(viewer: Viewer) -> frozenset[str]:
    """Return the entries of the desk's navigation that lead nowhere for somebody."""
    scope = viewer.scope
    open_to = {
        "wall": viewer.may(Right.WALL),
        "township": scope.departments is None,
        "dept": not scope.area,
        "data": scope == EVERYTHING,
    }
    return frozenset(entry for entry, shown in open_to.items() if not shown)
