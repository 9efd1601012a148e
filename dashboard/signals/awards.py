"""红旗 and 蜗牛: scores of units by the centre's own rule, which no article gives (metrics 4.9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dashboard.settings import AwardRule

RATES = ("on_time", "resolution", "satisfaction", "response", "returns", "follow_up")
"""The parts of a score; `returns` counts the share that was not given back."""

TEN = 10
"""Open overdue cases are held against every ten that were due."""


class Award(StrEnum):
    """What a unit gets; the profile says what the two are called."""

    GOOD = "good"
    SLOW = "slow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """What a unit did in a period. `rates` are shares by the names of RATES, None if undefined.

    `red_orders_before` are those of the period before; `handling_minutes` is a median.
    """

    unit: str
    due: int
    accepted: int
    rates: Mapping[str, float | None]
    yellow_orders: int
    red_orders: int
    red_orders_before: int
    overdue_open: int
    overdue_unexplained: int
    overdue_major: int
    handling_minutes: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """One part: its share, the weight it has here, the points it gives.

    A part without a share gives its weight to the others.
    """

    name: str
    share: float | None
    weight: float
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """Points taken away: how many of what, and for how much."""

    name: str
    count: int
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A unit's score with everything it is made of; without a rank it stands below the line."""

    unit: str
    due: int
    parts: tuple[ScorePart, ...]
    deductions: tuple[Deduction, ...]
    score: float | None
    rank: int | None
    award: Award | None


def award(performances: Sequence[Performance], rule: AwardRule) -> tuple[Score, ...]:
    """Score, rank and award units of one kind; those without enough due cases come last.

    Nobody qualifies: no award. A unit whose rank earns the flag cannot be slow by its rank, and one
    with red orders in consecutive periods cannot earn the flag.
    """
    scored = [(one, _score(one, rule)) for one in performances]
    ranked = [
        (one, score)
        for one, score in scored
        if one.due >= rule.eligible_from_due and score.score is not None
    ]
    ranked.sort(key=lambda pair: _order(*pair))
    listed = [
        _placed(one, score, place, len(ranked), rule)
        for place, (one, score) in enumerate(ranked, 1)
    ]
    placed = {score.unit for score in listed}
    below = sorted(
        (score for _, score in scored if score.unit not in placed), key=lambda score: score.unit
    )
    return (*listed, *below)


def _score(one: Performance, rule: AwardRule) -> Score:
    weights = rule.weights.model_dump()
    known = {name: share for name in RATES if (share := one.rates.get(name)) is not None}
    carried = sum(weights[name] for name in known)
    spread = sum(weights.values()) / carried if carried else 0.0
    parts = tuple(
        ScorePart(
            name=name,
            share=known.get(name),
            weight=weights[name] * spread if name in known else 0.0,
            points=weights[name] * spread * known.get(name, 0.0),
        )
        for name in RATES
    )
    deductions = _deductions(one, rule)
    points = sum(part.points for part in parts) - sum(each.points for each in deductions)
    return Score(
        unit=one.unit,
        due=one.due,
        parts=parts,
        deductions=deductions,
        score=max(0.0, points) if carried else None,
        rank=None,
        award=None,
    )


def _deductions(one: Performance, rule: AwardRule) -> tuple[Deduction, ...]:
    costs = rule.penalties
    overdue = costs.overdue_per_ten_due * one.overdue_open * TEN / one.due if one.due else 0.0
    found = (
        ("yellow_orders", one.yellow_orders, costs.yellow_order * one.yellow_orders),
        ("red_orders", one.red_orders, costs.red_order * one.red_orders),
        ("overdue_open", one.overdue_open, overdue),
        (
            "overdue_unexplained",
            one.overdue_unexplained,
            costs.overdue_unexplained * one.overdue_unexplained,
        ),
    )
    return tuple(Deduction(name=name, count=count, points=cost) for name, count, cost in found)


def _order(one: Performance, score: Score) -> tuple[float, int, float, int, str]:
    minutes = float("inf") if one.handling_minutes is None else one.handling_minutes
    return (-(score.score or 0.0), one.overdue_open, minutes, -one.accepted, one.unit)


def _placed(one: Performance, score: Score, rank: int, units: int, rule: AwardRule) -> Score:
    return Score(
        unit=score.unit,
        due=score.due,
        parts=score.parts,
        deductions=score.deductions,
        score=score.score,
        rank=rank,
        award=_award(one, score.score or 0.0, rank, units, rule),
    )


def _award(one: Performance, score: float, rank: int, units: int, rule: AwardRule) -> Award | None:
    good, slow = rule.good, rule.slow
    if slow.consecutive_red_orders and one.red_orders and one.red_orders_before:
        return Award.SLOW
    if rank <= good.rank_within:
        earned = score >= good.score_from and not (good.no_overdue_major and one.overdue_major)
        return Award.GOOD if earned else None
    last = rank > units - slow.last
    weak = score < slow.score_below or one.overdue_open >= slow.overdue_from
    return Award.SLOW if last and weak else None
