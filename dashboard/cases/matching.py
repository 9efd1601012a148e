"""Which items of the responsibility list (确权清单) a case may be, best first (model 3.2).

Score = 5 for a category of the item, 2 for each of its keywords in the title, 1 for each in the
summary. The best three with a score of at least 5 are proposed; a person always chooses.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PROPOSED = 3
FROM_SCORE = 5
CLEAR_BY = 3
BY_CATEGORY, IN_TITLE, IN_SUMMARY = 5, 2, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is known of an item of the list."""

    item_id: str
    categories: frozenset[str] = frozenset()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """An item and its score."""

    item_id: str
    score: int


def matches(
    items: Iterable[Item], *, category: str | None, title: str, summary: str = ""
) -> tuple[Match, ...]:
    """Return what is proposed, best first; of equal scores the first of the list."""
    scored = [Match(item.item_id, _score(item, category, title, summary)) for item in items]
    best = sorted(scored, key=lambda match: -match.score)
    return tuple(match for match in best[:PROPOSED] if match.score >= FROM_SCORE)


def is_clear(found: Sequence[Match]) -> bool:
    """Tell whether the first is so far ahead that no joint review is needed."""
    return bool(found) and (len(found) == 1 or found[0].score - found[1].score >= CLEAR_BY)


def rank_of(chosen: str | None, proposed: Sequence[str]) -> int:
    """Return the place of the chosen item among those proposed, from 1; 0 when it is none."""
    return proposed.index(chosen) + 1 if chosen in proposed else 0


def _score(item: Item, category: str | None, title: str, summary: str) -> int:
    by_category = BY_CATEGORY if category in item.categories else 0
    in_title = sum(word in title for word in item.keywords)
    in_summary = sum(word in summary for word in item.keywords)
    return by_category + IN_TITLE * in_title + IN_SUMMARY * in_summary
