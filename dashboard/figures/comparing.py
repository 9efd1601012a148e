"""Counting what the rows of a scope alone do not tell, so that all are told the same number."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from dashboard.database import tables
from dashboard.database.row_security import unfenced
from dashboard.figures.figure import Figure
from dashboard.figures.filters import EVERY
from dashboard.figures.view import View


@contextmanager
def counting(view: View, figures: Iterable[Figure]) -> Iterator[None]:
    """Let a count look at cases of others where a figure needs it; `View.members` binds its rows.

    It does where a figure compares cases, and where filters ask what a stretch's case is like: a
    case may have moved on since.
    """
    if any(figure.compares for figure in figures) or _asks_of_case(view, figures):
        with unfenced(view.connection):
            yield
    else:
        yield


def _asks_of_case(view: View, figures: Iterable[Figure]) -> bool:
    return view.filters != EVERY and any(
        figure.population.table is tables.case_hold for figure in figures
    )
