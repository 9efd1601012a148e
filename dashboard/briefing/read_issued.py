"""Read an issue, sealed where it is, else the draft as it stands now; and seal one by hand."""

from datetime import datetime

from pydantic import SecretStr
from sqlalchemy import Connection, Engine

from dashboard.access.audit import Deed, write_down
from dashboard.access.role import Right
from dashboard.access.viewer import Viewer
from dashboard.briefing.briefing import Issue
from dashboard.briefing.corrections import corrections
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
        made = draft(connection, centre, issue, now).briefing
        return Issued(briefing=made, fault=failed(connection, issue))
    later = corrections(connection, centre, found, now).figures
    return Issued(briefing=found.briefing, seal=found.seal, intact=found.intact, corrected=later)


def seal_by_hand(  # noqa: PLR0913 -- what, when, and by whom
    engine: Engine, centre: Centre, issue: Issue, now: datetime, *, viewer: Viewer, address: str,
    key: SecretStr | None,
) -> None:  # fmt: skip
    """Seal an issue for somebody who keeps the meeting's papers; it stands in the log.

    Raises:
        SealError: it is sealed, its span is not over, or it is not theirs to seal ("not_yours").
    """
    if not viewer.may(Right.MEETING) or viewer.scope != EVERYTHING:
        raise SealError("not_yours")
    with writing(engine) as connection:
        seal(connection, centre, issue, now, viewer.name)
        deed = Deed(
            actor=viewer.login, role=viewer.role, action="seal_briefing", address=address,
            subject=f"{issue.cycle} {issue.day}",
        )  # fmt: skip
        write_down(connection, deed, now, key)
