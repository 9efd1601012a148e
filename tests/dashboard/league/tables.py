"""Tables to test a league with: the published example and tables drawn by chance."""

from random import Random

from dashboard.league.interval import Share

EIGHT = tuple(
    Share(*pair)
    for pair in ((1, 1), (5, 5), (9, 10), (19, 20), (45, 50), (49, 50), (180, 200), (540, 600))
)
"""The example of eight units: their common rate is 0.906."""

DEPARTMENTS = ((127, 128), (96, 96), (70, 74), (70, 71), (57, 58), (48, 49), (42, 44), (36, 37),
               (29, 33), (30, 31), (28, 28), (20, 21), (15, 15), (54, 62))  # fmt: skip
TOWNSHIPS = ((193, 198), (140, 143), (119, 121), (109, 112), (159, 171), (98, 101), (83, 86),
             (66, 68), (91, 93), (54, 58), (51, 53))  # fmt: skip
"""What the design draws: departments that differ, townships that may differ by chance."""


def drawn(chance: Random, n: int, rate: float) -> Share:
    """A unit of n cases that each have this chance."""
    return Share(sum(chance.random() < rate for _ in range(n)), n)


def equal_units(chance: Random, rate: float = 0.97) -> list[Share]:
    """Thirty units, all truly of one rate, with 15 to 60 cases each."""
    return [drawn(chance, chance.randint(15, 60), rate) for _ in range(30)]


def units_from_85_to_99(chance: Random) -> list[Share]:
    """Thirty units whose true rates lie evenly between 85 and 99 %."""
    return [drawn(chance, chance.randint(15, 60), 0.85 + 0.14 * at / 29) for at in range(30)]
