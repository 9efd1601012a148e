"""Roles of a centre (model 3.6) and what each may do; what is not listed is not allowed.

`screen` is nobody's role: a paired screen has it, and no account may.
"""

from enum import StrEnum


class Role(StrEnum):
    """Who somebody is at work; `administrator` runs the system and sees no case."""

    WINDOW = "window"
    OPERATOR = "operator"
    ANALYST = "analyst"
    DISPATCHER = "dispatcher"
    MEDIATOR = "mediator"
    RESPONDER = "responder"
    SUPERVISOR = "supervisor"
    LEADER = "leader"
    DEPT = "dept"
    TOWNSHIP = "township"
    VILLAGE = "village"
    GRID_WORKER = "grid_worker"
    ADMINISTRATOR = "administrator"
    SCREEN = "screen"


class Right(StrEnum):
    """One thing that may be done. Each still ends at the scope of who does it."""

    WALL = "wall"
    DESK = "desk"
    EXPORT = "export"
    MEETING = "meeting"
    ADMINISTER = "administer"


_CENTRE = frozenset({Right.WALL, Right.DESK, Right.EXPORT})
_MEETING = _CENTRE | {Right.MEETING}
_UNIT = frozenset({Right.DESK, Right.EXPORT})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.WINDOW: _CENTRE,
    Role.OPERATOR: _CENTRE,
    Role.ANALYST: _MEETING,
    Role.DISPATCHER: _MEETING,
    Role.MEDIATOR: _CENTRE,
    Role.RESPONDER: _CENTRE,
    Role.SUPERVISOR: _MEETING,
    Role.LEADER: _MEETING,
    Role.DEPT: _UNIT,
    Role.TOWNSHIP: _UNIT,
    Role.VILLAGE: frozenset({Right.DESK}),
    Role.GRID_WORKER: frozenset({Right.DESK}),
    Role.ADMINISTRATOR: frozenset({Right.WALL, Right.ADMINISTER}),
    Role.SCREEN: frozenset({Right.WALL}),
}

BOUND = frozenset({Role.DEPT, Role.TOWNSHIP, Role.VILLAGE, Role.GRID_WORKER})
"""Roles that make no sense without an area or a department of their own."""
