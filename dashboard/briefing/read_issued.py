"""Read an issue, sealed where it is, else the draft as it stands now."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection

from dashboard.briefing.corrections import corrections
from dashboard.briefing.draft import Draft
from dashboard.briefing.edit import EditKind
from dashboard.briefing.issue import Issue
from dashboard.briefing.issued import Issued
from dashboard.briefing.matter import Matter
from dashboard.briefing.register import read_decided
from dashboard.briefing.seal import draft
from dashboard.briefing.sealed import read_sealed
from dashboard.centre import Centre


def read_issued(
    connection: Connection,
    centre: Centre,
    issue: Issue,
    now: datetime,
    decided_by: datetime | None = None,
) -> Issued:
    """Read an issue, with what was learned since it was sealed and what was decided about it.

    Decisions are those taken by `decided_by`; None: all there are.

    Raises:
        BodyError: a sealed one does not open.
    """
    found = read_sealed(connection, issue.cycle, issue.day)
    if found is None:
        made = draft(connection, centre, issue, now)
        return Issued(
            briefing=made.briefing,
            struck=tuple(_struck(made)),
            decided=read_decided(connection, made.briefing, decided_by),
        )
    return Issued(
        briefing=found.briefing,
        seal=found.seal,
        intact=found.intact,
        corrected=corrections(connection, centre, found, now).figures,
        decided=read_decided(connection, found.briefing, decided_by),
    )


def _struck(made: Draft) -> Iterator[tuple[Matter, str, datetime]]:
    for matter in made.struck:
        strikes = (one for one in reversed(made.edits)
                   if one.key == matter.key and one.kind is EditKind.STRIKE)  # fmt: skip
        edit = next(strikes)  # nothing is struck without one
        yield matter, edit.by, edit.at
