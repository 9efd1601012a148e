"""The meeting's recorder: takes decisions and writes under them, each with a line in the log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pydantic import SecretStr
from sqlalchemy import Connection, Engine, select

from dashboard.access.audit import Deed, write_down
from dashboard.access.role import Right
from dashboard.access.viewer import Viewer
from dashboard.briefing.decision import Decision, Entry, EntryError, EntryKind, Owner
from dashboard.briefing.issue import Cycle
from dashboard.briefing.register import follow, is_decided, read_decision, take
from dashboard.briefing.sealed import one_by_one
from dashboard.calendar import local_day
from dashboard.cases.code import is_valid
from dashboard.centre import Centre
from dashboard.database.engine import writing
from dashboard.database.tables import area, cases, department
from dashboard.figures.scope import Scope
from dashboard.figures.scoping import scoped
from dashboard.intake.scrub import scrub

BY_OWNERS = (EntryKind.SIGNED, EntryKind.REPLY)
"""What owners write themselves; whether it is done, moved or dropped is said in the meeting."""

LONGEST_TITLE, LONGEST_TEXT, LONGEST_NAME, LONGEST_MATTER = 120, 1_000, 50, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A decision as it was typed; numbers that could name a person are masked when it is kept.

    `matter` is the matter of an issue that it answers, which gets one decision.
    """

    title: str
    ask: str
    owner: Owner
    beside: tuple[str, ...]
    due_at: datetime | None
    case_code: str | None
    cycle: Cycle = Cycle.DAILY
    matter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An entry as it was typed."""

    kind: str
    text: str = ""
    due_at: datetime | None = None
    agreed_by: str = ""


def kinds_for(viewer: Viewer) -> tuple[EntryKind, ...]:
    """Return the entries somebody may write under the decisions they see."""
    return tuple(EntryKind) if viewer.may(Right.MEETING) else BY_OWNERS


class Meeting:
    """Writes into the register for whoever asks, as far as they may."""

    def __init__(
        self,
        engine: Engine,
        centre: Centre,
        now: Callable[[], datetime],
        audit_secret: SecretStr | None,
    ) -> None:
        self._engine = engine
        self._centre = centre
        self._now = now
        self._audit_secret = audit_secret

    def take(self, viewer: Viewer, asked: Asked, address: str) -> int:
        """Write a decision down; return its number.

        Who is bound takes those they are shown afterwards: of their own units, about their cases.

        Raises:
            EntryError: it cannot be kept as it was typed, or is not theirs to take.
        """
        if not viewer.may(Right.MEETING):
            raise EntryError("not_yours")
        at = self._now().replace(microsecond=0)
        title = scrub(asked.title.strip())[:LONGEST_TITLE]
        if not title:
            raise EntryError("no_title")
        if len(asked.matter or "") > LONGEST_MATTER:
            raise EntryError("no_matter")
        if asked.due_at is None or asked.due_at <= at:
            raise EntryError("not_later")
        with writing(self._engine) as connection:
            if not _is_unit(connection, asked.owner):
                raise EntryError("no_owner")
            one_by_one(connection)
            if asked.matter and is_decided(connection, asked.cycle, asked.matter):
                raise EntryError("decided")
            if asked.case_code and not _is_case(connection, asked.case_code, viewer.scope):
                raise EntryError("no_case")
            one = Decision(
                id=0,
                taken_on=local_day(at, self._centre.zone),
                cycle=asked.cycle,
                title=title,
                ask=scrub(asked.ask.strip())[:LONGEST_TEXT],
                case_code=asked.case_code or None,
                owner=asked.owner,
                beside=tuple(
                    code
                    for code in asked.beside
                    if _is_unit(connection, Owner(department=code))
                    or _is_unit(connection, Owner(area=code))
                ),
                asked_due_at=asked.due_at,
                recorded_at=at,
                matter=asked.matter,
            )
            number = take(connection, one, by=viewer.name)
            if read_decision(connection, number, viewer.scope) is None:
                raise EntryError("no_owner")
            self._write_down(connection, viewer, "decide", address, number)
        return number

    def follow(self, viewer: Viewer, number: int, said: Said, address: str) -> bool:
        """Write under a decision of their scope; False if there is none such.

        Raises:
            EntryError: the register's rule does not allow it, or it is not theirs to write.
        """
        if said.kind not in kinds_for(viewer):
            raise EntryError("not_yours")
        kept = Entry(
            kind=EntryKind(said.kind),
            at=self._now().replace(microsecond=0),
            text=scrub(said.text.strip())[:LONGEST_TEXT],
            due_at=said.due_at,
            agreed_by=scrub(said.agreed_by.strip())[:LONGEST_NAME],
            by=viewer.name,
        )
        with writing(self._engine) as connection:
            if follow(connection, number, kept, viewer.scope) is None:
                return False
            self._write_down(connection, viewer, f"decision_{kept.kind}", address, number)
        return True

    def _write_down(
        self, connection: Connection, viewer: Viewer, action: str, address: str, number: int
    ) -> None:
        deed = Deed(
            actor=viewer.login,
            role=viewer.role,
            action=action,
            address=address,
            subject=str(number),
        )
        write_down(connection, deed, self._now(), self._audit_secret)


def _is_unit(connection: Connection, owner: Owner) -> bool:
    if (owner.department is None) == (owner.area is None):
        return False
    found = (
        select(department.c.dept_id).where(department.c.dept_id == owner.department)
        if owner.department is not None
        else select(area.c.area_code).where(area.c.area_code == owner.area)
    )
    return connection.execute(found).first() is not None


def _is_case(connection: Connection, code: str, scope: Scope) -> bool:
    if not is_valid(code):
        return False
    found = select(cases.c.id).where(cases.c.case_code == code, scoped(scope, cases, cases))
    return connection.execute(found).first() is not None
