"""When silence says something: a feed without a new case for longer than its usual arrivals allow.

Between the last case and now a working feed of so many usual arrivals brings none with the chance
of Poisson's tail. A feed falls silent after every case, so a chance is taken for each of a week's.
Source: asks, idea 2; it leaves the limit open.
"""

from math import exp

FEWEST_A_WEEK = 1.0


def chance_of_silence(usual: float, usual_a_week: float) -> float:
    """Return how likely, within a week, a working feed falls silent for so long just by chance.

    `usual` cases arrive in such a span at this time, `usual_a_week` in a week.
    """
    return min(1.0, max(usual_a_week, FEWEST_A_WEEK) * exp(-usual))
