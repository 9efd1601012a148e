"""What became of the register's decisions, by the month they were taken in and by their owner."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from dashboard.briefing.decision import Counts, Decision, Owner, count

MONTHS = 12
"""So many months are told, the running one and those before it."""

ByMonth = tuple[tuple[date, Counts], ...]
ByOwner = tuple[tuple[Owner, Counts], ...]


def first_month(today: date) -> date:
    """Return the first day of the months that are told."""
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


def by_month(decisions: Iterable[Decision], today: date) -> ByMonth:
    """Count those of the last months, the newest first; a month without any is left out."""
    first = first_month(today)
    found: dict[date, list[Decision]] = defaultdict(list)
    for one in decisions:
        if one.taken_on >= first:
            found[one.taken_on.replace(day=1)].append(one)
    return tuple((month, count(found[month])) for month in sorted(found, reverse=True))


def by_owner(decisions: Iterable[Decision]) -> ByOwner:
    """Count what each owner has, who has most first."""
    found: dict[Owner, list[Decision]] = defaultdict(list)
    for one in decisions:
        found[one.owner].append(one)
    owners = sorted(found, key=lambda owner: (-len(found[owner]), owner.key))
    return tuple((owner, count(found[owner])) for owner in owners)
