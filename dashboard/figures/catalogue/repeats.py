"""Petitions that come again, told by keyed hashes of who brings them (metrics 4.2)."""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, and_, exists, func, or_, select, type_coerce
from sqlalchemy.sql.expression import FromClause

from dashboard.database.tables import cases, party
from dashboard.figures import conditions
from dashboard.figures.figure import Figure
from dashboard.figures.population import PETITIONS
from dashboard.figures.unit import Unit
from dashboard.terms import CaseKind

WITHIN = timedelta(days=365)
"""How long before an item the earlier one may lie."""

_SECONDS = BigInteger()


def _has_key(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    of = party.alias("own")
    return exists().where(of.c.case_id == rows.c.id, of.c.party_key.is_not(None))


def _is_repeat(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """An earlier petition of the same party in the same category group, within a year before."""
    own, same, earlier = party.alias("own"), party.alias("same"), cases.alias("earlier")
    at, before = (type_coerce(of.c.accepted_at, _SECONDS) for of in (rows, earlier))
    group = func.substr(rows.c.category_code, 1, 2)
    linked = and_(own.c.case_id == rows.c.id, same.c.party_key == own.c.party_key)
    found = (
        select(earlier.c.id)
        .where(
            linked,
            earlier.c.id == same.c.case_id,
            earlier.c.id != rows.c.id,
            earlier.c.case_kind == CaseKind.PETITION,
            or_(
                func.substr(earlier.c.category_code, 1, 2) == group,
                and_(earlier.c.category_code.is_(None), rows.c.category_code.is_(None)),
            ),
            or_(before < at, and_(before == at, earlier.c.id < rows.c.id)),
            before >= at - int(WITHIN.total_seconds()),
        )
        .correlate(rows)
    )
    return found.exists()


REPEAT_PETITION_RATE = Figure(
    id="repeat_petition_rate",
    unit=Unit.SHARE,
    population=PETITIONS,
    numerator=_is_repeat,
    denominator=conditions.every,
    compares=True,
    source="metrics 4.2",
)
REPEAT_PETITIONS = Figure(
    id="repeat_petitions",
    unit=Unit.CASE,
    population=PETITIONS,
    numerator=_is_repeat,
    compares=True,
    source="metrics 4.2 (云梦)",
)
PARTY_KEY_COVERAGE = Figure(
    id="party_key_coverage",
    unit=Unit.SHARE,
    population=PETITIONS,
    numerator=_has_key,
    denominator=conditions.every,
    source="metrics 4.2",
)

FIGURES = (REPEAT_PETITION_RATE, REPEAT_PETITIONS, PARTY_KEY_COVERAGE)
