"""How long it takes until a share has ended, when some have not yet (Kaplan and Meier)."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple


class Spell(NamedTuple):
    """So long something lasted; `ended` False: so long it has lasted yet."""

    length: int
    ended: bool


def time_until(share: float, spells: Iterable[Spell]) -> int | None:
    """Return the shortest length by which at least `share` are estimated to have ended.

    Spells that have not ended count as long as they have lasted; at one length, ends come before
    them. None when the estimate does not reach the share.
    """
    ended, begun = Counter[int](), Counter[int]()
    for spell in spells:
        begun[spell.length] += 1
        ended[spell.length] += spell.ended
    at_risk, lasting = sum(begun.values()), 1.0
    for length in sorted(begun):
        lasting *= 1 - ended[length] / at_risk
        if lasting <= 1 - share + 1e-12:
            return length
        at_risk -= begun[length]
    return None
