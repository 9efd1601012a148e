"""How long the cases of a period took, or have taken yet, by unit."""

from collections import defaultdict

from sqlalchemy import BigInteger, case, func, literal, select, type_coerce

from dashboard.figures.dimension import Dimension
from dashboard.figures.period import Period
from dashboard.figures.population import ACCEPTED
from dashboard.figures.view import View
from dashboard.league.balance import Code
from dashboard.league.survival import Spell


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
