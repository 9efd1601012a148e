"""What a case states about itself beside what and where it is: its size, and what it is tied to."""

from dashboard.demo.arrivals import Arrival
from dashboard.demo.chance import mix
from dashboard.terms import CaseKind

MONEY = ("06", "07", "08")
"""Groups of categories that are about money: consumption, work, loans."""


def size(arrival: Arrival) -> dict[str, object]:
    """Return how many people a dispute or petition is about, and how much money if it is."""
    if arrival.kind not in (CaseKind.DISPUTE, CaseKind.PETITION):
        return {}
    drawn = mix(arrival.number, "size")
    people = 2 + drawn % 3 if drawn % 9 else 5 + drawn % 40
    if arrival.matter.category[:2] not in MONEY:
        return {"people_involved": people}
    return {"people_involved": people, "amount_involved": float((2 + drawn % 180) * 500)}


def history_of(arrival: Arrival) -> dict[str, object]:
    """Return what the centre finds out about a party it knows; the case is named by its key."""
    if arrival.again is None:
        return {}
    return {"linked_case_ids": [arrival.again], "is_repeat": True}
