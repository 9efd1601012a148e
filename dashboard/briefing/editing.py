"""Edit a draft for whoever asks, as far as they may; each edit stands in the log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pydantic import SecretStr
from sqlalchemy import Engine

from dashboard.access.audit import Deed, write_down
from dashboard.access.role import Right
from dashboard.access.viewer import Viewer
from dashboard.briefing.briefing import Issue
from dashboard.briefing.draft import Draft, DraftError, keys_of, write_edit
from dashboard.briefing.edit import Edit, EditKind
from dashboard.briefing.seal import draft
from dashboard.centre import Centre
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
    """Writes edits; two people at once lose nothing, each of their edits is kept."""

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
        if not viewer.may(Right.MEETING) or viewer.scope != EVERYTHING:
            raise DraftError("not_yours")
        now = self._now()
        with reading(self._engine) as connection:
            found = draft(connection, self._centre, issue, now)
        made = _edit_of(asked, found, now, viewer.name)
        with writing(self._engine) as connection:
            kept = write_edit(connection, issue, made)
            deed = Deed(
                actor=viewer.login,
                role=viewer.role,
                action=f"briefing_{asked.kind}",
                address=address,
                subject=f"{issue.cycle} {issue.day} {kept.key}".rstrip(),
            )
            write_down(connection, deed, now, self._key)
        return kept


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
