"""A league: whether its units differ at all, and if they do, which bands they form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dashboard.league.bands import band_of, bands
from dashboard.league.equality import SIGNIFICANT, p_of_equal_rates, seeded
from dashboard.league.interval import Share, change, funnel, wilson
from dashboard.league.ranks import rank_ranges
from dashboard.league.shrinkage import group_weight, shrunk

NEVER_BELOW = 5
"""With fewer cases due a unit is neither banded nor flagged nor said to have moved."""


class Standing(StrEnum):
    """How much a unit's number of cases lets one say."""

    RANKED = "ranked"
    BANDED = "banded"
    TOO_FEW = "too_few"
    NOTHING_DUE = "nothing_due"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's `k` of `n` cases due, and those of the period before if there are any."""

    code: str
    k: int
    n: int
    before: Share | None = None

    @property
    def share(self) -> Share:
        """Its cases without its name."""
        return Share(self.k, self.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What may be said of one unit.

    `low` and `high` are its Wilson interval; `band` counts from 1, best first; `first` and `last`
    bound its rank. Band and range are None where no order is given. `moved` is 1, 0 or -1 against
    the period before, None when unknown.
    """

    code: str
    share: Share
    standing: Standing
    low: float
    high: float
    shrunk: float | None
    band: int | None = None
    first: int | None = None
    last: int | None = None
    below_target: bool = False
    outside_funnel: bool = False
    moved: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """A table's finding; `rows` stand in the order the units were given in.

    `p` is the chance of a table this uneven among equal units, None when fewer than two are ranked.
    `group_rate` and `weight` are what the rates were pulled to, and how much.
    """

    significant: bool
    p: float | None
    bands: int
    group_rate: float | None
    weight: float
    rows: tuple[Row, ...]


def ranking(
    units: Sequence[Unit], *, target: float | None, rank_from_due: int, ranges: bool = True
) -> Ranking:
    """Compare units by their rates, and order them only where their differences are no chance.

    Only units with at least `rank_from_due` cases decide whether there is an order and lead bands.
    Rank ranges take longer than all the rest; without `ranges` they are left out.
    """
    enough = max(rank_from_due, NEVER_BELOW)
    ranked = [unit.share for unit in units if unit.n >= enough]
    p = p_of_equal_rates(ranked)
    significant = p is not None and p < SIGNIFICANT
    rate, weight = _group(ranked or [unit.share for unit in units]).rate, group_weight(ranked)
    rows = [_row(unit, enough, rate, weight) for unit in units]
    rows = _flagged(rows, units, target)
    if significant and rate is not None:
        rows = _banded(rows, rate, weight)
        rows = _ranged(rows, rate, weight) if ranges else rows
    return Ranking(
        significant=significant,
        p=p,
        bands=len({row.band for row in rows if row.band is not None}),
        group_rate=rate,
        weight=weight,
        rows=tuple(rows),
    )


def _group(shares: Sequence[Share]) -> Share:
    return Share(sum(share.k for share in shares), sum(share.n for share in shares))


def _row(unit: Unit, enough: int, rate: float | None, weight: float) -> Row:
    low, high = wilson(unit.k, unit.n)
    point = None if rate is None else shrunk(unit.k, unit.n, group_rate=rate, weight=weight)
    return Row(
        code=unit.code,
        share=unit.share,
        standing=_standing(unit.n, enough),
        low=low,
        high=high,
        shrunk=point if unit.n else None,
    )


def _standing(n: int, enough: int) -> Standing:
    if n == 0:
        return Standing.NOTHING_DUE
    if n < NEVER_BELOW:
        return Standing.TOO_FEW
    return Standing.RANKED if n >= enough else Standing.BANDED


def _flagged(rows: Sequence[Row], units: Sequence[Unit], target: float | None) -> list[Row]:
    """Say which units lie below the target or their group, and which have moved, for certain."""
    known = [unit.before for unit in units if unit.before is not None]
    rates = _group([unit.share for unit in units]).rate, _group(known).rate
    flagged = []
    for row, unit in zip(rows, units, strict=True):
        if unit.n < NEVER_BELOW or rates[0] is None:
            flagged.append(row)
            continue
        before = unit.before
        comparable = before is not None and before.n >= NEVER_BELOW
        flagged.append(
            replace(
                row,
                below_target=target is not None and row.high < target,
                outside_funnel=funnel(unit.share, before, (rates[0], rates[1])),
                moved=change(unit.share, before) if before is not None and comparable else None,
            )
        )
    return flagged


def _banded(rows: Sequence[Row], rate: float, weight: float) -> list[Row]:
    intervals = {
        row.code: wilson(row.share.k + weight * rate, row.share.n + weight) for row in rows
    }
    ranked = [row for row in rows if row.standing is Standing.RANKED]
    best_first = sorted(ranked, key=lambda row: (-(row.shrunk or 0), -row.share.n))
    found, leaders = bands([intervals[row.code] for row in best_first])
    of = dict(zip((row.code for row in best_first), found, strict=True))
    for row in rows:
        if row.standing is Standing.BANDED:
            of[row.code] = band_of(intervals[row.code], leaders)
    return [replace(row, band=of.get(row.code)) for row in rows]


def _ranged(rows: Sequence[Row], rate: float, weight: float) -> list[Row]:
    ranked = [row for row in rows if row.standing is Standing.RANKED]
    shares = [row.share for row in ranked]
    ranges = rank_ranges(shares, group_rate=rate, weight=weight, random=seeded(shares))
    found = dict(zip((row.code for row in ranked), ranges, strict=True))
    return [
        replace(row, first=found[row.code][0], last=found[row.code][1])
        if row.code in found
        else row
        for row in rows
    ]
