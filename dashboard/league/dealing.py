"""Outcomes dealt anew over units, each keeping its number of cases.

One unit after the other draws how many outcomes fall to it, out of what is left (hypergeometric).
So a dealing takes as long as there are units, however many cases they have.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random
from typing import NamedTuple

NEGLIGIBLE = 1e-12
"""Counts so much rarer than the likeliest are not dealt."""


class Chances(NamedTuple):
    """The likely counts of one unit from `first` up, by their chances added up."""

    first: int
    added: list[float]

    def draw(self, random: Random) -> int:
        """Draw a count."""
        return self.first + bisect(self.added, random.random() * self.added[-1])


def dealings(sizes: Sequence[int], outcomes: int, random: Random) -> Iterator[list[int]]:
    """Deal `outcomes` over cases of units of these sizes, again and again: counts by unit."""
    rest = list(accumulate(reversed(sizes)))[::-1][1:]
    known: list[dict[int, Chances]] = [{} for _ in rest]
    while True:
        left, dealt = outcomes, []
        for size, after, chances in zip(sizes, rest, known, strict=False):
            if left not in chances:
                chances[left] = chances_of(size, after, left)
            count = chances[left].draw(random)
            dealt.append(count)
            left -= count
        yield [*dealt, left]


def chances_of(size: int, rest: int, outcomes: int) -> Chances:
    """Weigh how many of `outcomes` fall to `size` cases when `rest` more take part.

    From the likeliest count outwards, each as a multiple of its neighbour: no factorial of a large
    number, and the same on every machine.
    """
    least, most = max(0, outcomes - rest), min(size, outcomes)
    likeliest = min(max((size + 1) * (outcomes + 1) // (size + rest + 2), least), most)
    up, down = [1.0], []
    for at in range(likeliest, most):
        up.append(up[-1] * (outcomes - at) * (size - at) / ((at + 1) * (rest - outcomes + at + 1)))
        if up[-1] < NEGLIGIBLE:
            break
    weight = 1.0
    for at in range(likeliest, least, -1):
        weight *= at * (rest - outcomes + at) / ((outcomes - at + 1) * (size - at + 1))
        down.append(weight)
        if weight < NEGLIGIBLE:
            break
    return Chances(likeliest - len(down), list(accumulate([*reversed(down), *up])))
