"""Somebody who looks: who, as what, and how far."""

from dataclasses import dataclass

from dashboard.access.role import RIGHTS, Right, Role
from dashboard.figures.scope import EVERYTHING, Scope


@dataclass(frozen=True, slots=True)
class Place:
    """An area or a department by its two names."""

    zh: str
    en: str | None = None

    def name(self, *, english: bool) -> str:
        """Return the name in a language; Chinese where there is no English one."""
        return (self.en if english else None) or self.zh


@dataclass(frozen=True, slots=True)
class Viewer:
    """Made from the database for each request, never from what a browser sends.

    `places` name what bounds the scope; none: everything is seen. `language` is the one somebody
    begins in, None for the wall's.
    """

    account_id: int
    login: str
    name: str
    role: Role
    scope: Scope
    places: tuple[Place, ...] = ()
    language: str | None = None

    def may(self, right: Right) -> bool:
        """Tell whether the role allows it; the wall counts everything, so only who may see that."""
        if right is Right.WALL and self.scope != EVERYTHING:
            return False
        return right in RIGHTS[self.role]
