"""Read an issue, sealed where it is, else the draft as it stands now; and seal one by hand."""

from collections.abc import Callable, Iterator
from datetime import datetime

from pydantic import SecretStr
from sqlalchemy import Connection, Engine

from dashboard.access.audit import Deed, write_down
from dashboard.access.role import Right
from dashboard.access.viewer import Viewer
from dashboard.briefing.briefing import Issue, Matter
from dashboard.briefing.corrections import corrections
from dashboard.briefing.draft import Draft
from dashboard.briefing.edit import EditKind
from dashboard.briefing.issued import Issued
from dashboard.briefing.schedule import failed
from dashboard.briefing.seal import SealError, draft, seal
from dashboard.briefing.sealed import read_sealed
from dashboard.centre import Centre
from dashboard.database.engine import writing
from dashboard.figures.scope import EVERYTHING


def read_issued(connection: Connection, centre: Centre, issue: Issue, now: datetime) -> Issued:
    """Read an issue, with what was learned since it was sealed.

    Raises:
        BodyError: a sealed one does not open.
    """
    found = read_sealed(connection, issue.cycle, issue.day)
    if found is None:
        made = draft(connection, centre, issue, now)
        fault = failed(connection, issue)
        return Issued(briefing=made.briefing, fault=fault, struck=tuple(_struck(made)))
    later = corrections(connection, centre, found, now).figures
    return Issued(briefing=found.briefing, seal=found.seal, intact=found.intact, corrected=later)


def _struck(made: Draft) -> Iterator[tuple[Matter, str, datetime]]:
    for matter in made.struck:
        strikes = (one for one in reversed(made.edits)
                   if one.key == matter.key and one.kind is EditKind.STRIKE)  # fmt: skip
        edit = next(strikes)  # nothing is struck without one
        yield matter, edit.by, edit.at


class Sealer:
    """Seals for whoever asks, as far as they may; each seal stands in the log."""

    def __init__(
        self, engine: Engine, centre: Centre, now: Callable[[], datetime], key: SecretStr | None
    ) -> None:
        self._engine = engine
        self._centre = centre
        self._now = now
        self._key = key

    def seal(self, viewer: Viewer, issue: Issue, address: str) -> None:
        """Seal an issue by hand.

        Raises:
            SealError: it is sealed, its span is not over, or it is not theirs ("not_yours").
        """
        if not viewer.may(Right.MEETING) or viewer.scope != EVERYTHING:
            raise SealError("not_yours")
        now = self._now()
        deed = Deed(
            actor=viewer.login,
            role=viewer.role,
            action="seal_briefing",
            address=address,
            subject=f"{issue.cycle} {issue.day}",
        )
        with writing(self._engine) as connection:
            seal(connection, self._centre, issue, now, viewer.name)
            write_down(connection, deed, now, self._key)
