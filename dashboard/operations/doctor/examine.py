"""The twenty looks, in the order in which one thing rests on another."""

from collections.abc import Callable
from enum import IntEnum

from sqlalchemy.exc import SQLAlchemyError

from dashboard.operations.doctor import of_database, of_program
from dashboard.operations.doctor.finding import Finding, Status, fault, warning
from dashboard.operations.doctor.patient import Patient


class Needs(IntEnum):
    """What must be well before a look makes sense."""

    NOTHING = 0
    SETTINGS = 1
    DATABASE = 2
    TABLES = 3


NOT_WELL = {
    Needs.SETTINGS: "the settings cannot be read",
    Needs.DATABASE: "the database does not answer",
    Needs.TABLES: "the database has not this version's tables",
}

LOOKS: tuple[tuple[str, Needs, Callable[[Patient], Finding]], ...] = (
    ("python", Needs.NOTHING, of_program.python),
    ("settings", Needs.NOTHING, of_program.settings),
    ("switches", Needs.NOTHING, of_program.switches),
    ("assets", Needs.NOTHING, of_program.assets),
    ("secrets", Needs.SETTINGS, of_program.secrets),
    ("address", Needs.SETTINGS, of_program.address),
    ("profile", Needs.SETTINGS, of_program.profile),
    ("calendar", Needs.SETTINGS, of_program.calendar),
    ("boundaries", Needs.SETTINGS, of_program.boundaries),
    ("database", Needs.SETTINGS, of_database.answers),
    ("permissions", Needs.NOTHING, of_program.permissions),
    ("engine", Needs.DATABASE, of_database.engine),
    ("disk", Needs.DATABASE, of_program.disk),
    ("schema", Needs.DATABASE, of_database.schema),
    ("projection", Needs.TABLES, of_database.projection),
    ("clock", Needs.TABLES, of_database.clock),
    ("areas", Needs.TABLES, of_database.areas),
    ("sources", Needs.TABLES, of_database.sources),
    ("check", Needs.TABLES, of_database.check),
    ("backup", Needs.TABLES, of_database.backup),
)

BASIS = {"settings": Needs.SETTINGS, "database": Needs.DATABASE, "schema": Needs.TABLES}
"""Looks on whose being well others rest."""


def examine(patient: Patient) -> dict[str, Finding]:
    """Take every look, in order; one that cannot be taken is a warning that says why."""
    found: dict[str, Finding] = {}
    missing: set[Needs] = set()
    for name, needs, look in LOOKS:
        lacking = min((each for each in missing if each <= needs), default=None)
        if lacking is not None:
            found[name] = warning(f"not looked at: {NOT_WELL[lacking]}")
            continue
        try:
            found[name] = look(patient)
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            found[name] = fault(f"the database does not say: {reason}")
        if name in BASIS and found[name].status is Status.FAULT:
            missing.add(BASIS[name])
    return found
