"""How long units take to close what was accepted in a period, open cases included."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import BigInteger, case, func, literal, select, type_coerce

from dashboard.figures.dimension import Dimension
from dashboard.figures.period import Period
from dashboard.figures.population import ACCEPTED
from dashboard.figures.view import View
from dashboard.league.flow import Code
from dashboard.league.survival import Spell, time_until

MEDIAN, P90 = 0.5, 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """Minutes by which half and nine tenths are closed, None while that cannot be estimated."""

    cases: int = 0
    still_open: int = 0
    median: int | None = None
    p90: int | None = None


def settling(spells: list[Spell]) -> Settling:
    """Estimate from the cases of one unit."""
    return Settling(
        cases=len(spells),
        still_open=sum(not spell.ended for spell in spells),
        median=time_until(MEDIAN, spells),
        p90=time_until(P90, spells),
    )


def read_spells(view: View, unit: Dimension, period: Period) -> dict[Code, list[Spell]]:
    """Read how long the cases accepted in the period took, or have taken yet, without pauses.

    A case that left without being closed counts as long as it was there.
    """
    rows = view.cases
    now = literal(int(view.as_of.timestamp()), BigInteger)
    seconds = {
        name: type_coerce(rows.c[name], BigInteger)
        for name in ("accepted_at", "left_at", "paused_since")
    }
    running_pause = case(
        (rows.c.left_at.is_(None), func.coalesce(now - seconds["paused_since"], 0)), else_=0
    )
    lasted = func.coalesce(seconds["left_at"], now, type_=BigInteger) - seconds["accepted_at"]
    yet = (lasted - rows.c.paused_s - running_pause) / 60
    key = unit.key(rows, ACCEPTED, view.as_of)
    statement = select(key, rows.c.handle_minutes, yet).where(view.members(ACCEPTED, period))
    spells: dict[Code, list[Spell]] = defaultdict(list)
    for code, closed_after, minutes in view.connection.execute(statement):
        ended = closed_after is not None
        spells[code].append(Spell(closed_after if ended else max(int(minutes), 0), ended))
    return spells
