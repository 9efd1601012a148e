"""How long a unit takes to close what was accepted in a period, open cases included."""

from dataclasses import dataclass

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
