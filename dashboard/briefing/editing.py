"""Edit and seal a briefing for whoever asks, as far as they may; each deed stands in the log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pydantic import SecretStr
from sqlalchemy import Connection, Engine, func, select

from dashboard.access.audit import Deed, write_down
from dashboard.access.role import Right
from dashboard.access.viewer import Viewer
from dashboard.briefing.draft import Draft, DraftError, keys_of, write_edit
from dashboard.briefing.edit import Edit, EditKind
from dashboard.briefing.issue import Issue
from dashboard.briefing.seal import SealError, draft, seal
from dashboard.centre import Centre
from dashboard.database.briefing_tables import briefing_edit, sealed_briefing
from dashboard.database.decision_tables import decision, decision_entry
from dashboard.database.engine import reading, writing
from dashboard.figures.scope import EVERYTHING

STEPS = {"up": -1, "down": 1}
"""What a form may ask for besides the kinds of edits: one place before or after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for, as it was typed."""

    kind: str
    key: str = ""
    title: str = ""
    ask: str = ""


class Editor:
    """Edits and seals; of two people who edit at once none loses anything."""

    def __init__(
        self, engine: Engine, centre: Centre, now: Callable[[], datetime], key: SecretStr | None
    ) -> None:
        self._engine = engine
        self._centre = centre
        self._now = now
        self._key = key

    def edit(self, viewer: Viewer, issue: Issue, asked: Asked, address: str) -> Edit:
        """Keep one edit.

        Raises:
            DraftError: it is sealed, not theirs ("not_yours"), about no matter of this draft
                ("no_matter"), or not to be kept as it was typed.
        """
        if not _may(viewer):
            raise DraftError("not_yours")
        now = self._now()
        with reading(self._engine) as connection:
            found = draft(connection, self._centre, issue, now)
        made = _edit_of(asked, found, now, viewer.name)
        with writing(self._engine) as connection:
            kept = write_edit(connection, issue, made)
            about = f"{issue.cycle} {issue.day} {asked.key or kept.key}"
            self._write_down(connection, viewer, f"briefing_{asked.kind}", about, address)
        return kept

    def seal(self, viewer: Viewer, issue: Issue, address: str) -> None:
        """Seal an issue by hand.

        Raises:
            SealError: it is sealed, its span is not over, or it is not theirs ("not_yours").
        """
        if not _may(viewer):
            raise SealError("not_yours")
        with writing(self._engine) as connection:
            seal(connection, self._centre, issue, self._now(), viewer.name)
            about = f"{issue.cycle} {issue.day}"
            self._write_down(connection, viewer, "seal_briefing", about, address)

    def version(self) -> str:
        """Return what is another after every edit, seal and decision, whoever made it.

        Raises:
            UnavailableError: the database does not say.
        """
        with reading(self._engine) as connection:
            edits = connection.scalar(select(func.max(briefing_edit.c.edit_id))) or 0
            seals = connection.scalar(select(func.count()).select_from(sealed_briefing)) or 0
            taken = connection.scalar(select(func.max(decision.c.decision_id))) or 0
            followed = connection.scalar(select(func.max(decision_entry.c.entry_id))) or 0
        return f"{edits} {seals} {taken} {followed}"

    def _write_down(
        self, connection: Connection, viewer: Viewer, action: str, subject: str, address: str
    ) -> None:
        deed = Deed(
            actor=viewer.login, role=viewer.role, action=action, address=address, subject=subject
        )
        write_down(connection, deed, self._now(), self._key)


def _may(viewer: Viewer) -> bool:
    """It is about the whole: who sees a part of it cannot answer for it."""
    return viewer.may(Right.MEETING) and viewer.scope == EVERYTHING


def _edit_of(asked: Asked, found: Draft, at: datetime, by: str) -> Edit:
    value = {"title": asked.title, "ask": asked.ask}
    if asked.kind == EditKind.ADD:
        return Edit(kind=EditKind.ADD, at=at, by=by, value=value)
    listed, struck = keys_of(found.briefing.matters), keys_of(found.struck)
    if asked.key not in (*listed, *struck):
        raise DraftError("no_matter")
    if asked.kind in STEPS:
        if asked.key not in listed:
            raise DraftError("no_matter")
        keys = _moved(listed, asked.key, STEPS[asked.kind])
        return Edit(kind=EditKind.ORDER, at=at, by=by, value={"keys": keys})
    if asked.kind == EditKind.ASK:
        return Edit(kind=EditKind.ASK, at=at, by=by, key=asked.key, value={"ask": asked.ask})
    if asked.kind in (EditKind.CONFIRM, EditKind.STRIKE, EditKind.RESTORE):
        return Edit(kind=EditKind(asked.kind), at=at, by=by, key=asked.key)
    raise DraftError("no_matter")


def _moved(keys: tuple[str, ...], key: str, step: int) -> list[str]:
    others = [one for one in keys if one != key]
    others.insert(max(0, keys.index(key) + step), key)
    return others
