"""The rows of a chunk sorted: read, said before, or faulty; without the database."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from dashboard.intake.csv_rows import Row
from dashboard.intake.faults import Rejection
from dashboard.intake.taking import Rejected

Told = TypeVar("Told")


@dataclass(slots=True)
class Sorted(Generic[Told]):
    """The rows of one chunk: what they tell, how many repeat an earlier row, the faulty ones."""

    told: list[Told] = field(default_factory=list)
    repeats: int = 0
    rejected: list[Rejected] = field(default_factory=list)


def sort_rows(
    chunk: Iterable[Row], read: Callable[[Row], Told], is_repeat: Callable[[Row, Told], bool]
) -> Sorted[Told]:
    """Sort rows in their order; both functions may raise Rejection, which sets the row aside."""
    found = Sorted[Told]()
    for row in chunk:
        try:
            told = read(row)
            if is_repeat(row, told):
                found.repeats += 1
            else:
                found.told.append(told)
        except Rejection as rejection:
            found.rejected.append((row, rejection))
    return found
