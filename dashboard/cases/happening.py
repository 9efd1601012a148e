"""What a user or a source system says has happened to a case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from dashboard.terms import Event, Role

Source = Literal["import", "app", "system"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts; `staff` is a staff id, never a citizen."""

    role: Role
    org_id: str | None = None
    staff: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event of a case before it is recorded.

    `at` is when it happened (aware). `facts` are columns of `cases` the actor states and the
    event's own details; which an event takes is listed in `lifecycle.TRANSITIONS`.
    `dept_id` is the department the event is addressed to.
    """

    event: Event
    at: datetime
    actor: Actor
    facts: Mapping[str, object] = field(default_factory=dict)
    dept_id: str | None = None
    sheet_no: str | None = None
    reason: str | None = None
    source: Source = "app"
