"""Which issue of a briefing an address or a form names."""

import re
from datetime import date

from callbacks.desk import NotYoursError
from callbacks.framing import Source
from callbacks.pages import Visit
from dashboard.briefing.cycle import cycles, issue_of
from dashboard.briefing.issue import Cycle, Issue
from dashboard.calendar import local_day
from dashboard.centre import Centre
from dashboard.drilldown.question import Question
from dashboard.figures.scope import EVERYTHING
from layouts.address import FARTHEST_YEARS, AddressError, word_of

DAY = r"\d{4}-\d\d-\d\d"
ISSUE = rf"/briefing(?:/(?P<day>{DAY}))?"
"""The newest issue, or that of a day."""


def issue_asked(visit: Visit, question: Question, day: str | None, source: Source) -> Issue | None:
    """Return the issue an address names; None where there is none, or none yet.

    Raises:
        NotYoursError: the visitor sees not all that it is about.
        AddressError: it names no cycle of this centre, or no day.
    """
    if visit.viewer.scope != EVERYTHING:
        raise NotYoursError
    stated = tuple(cycles(source.centre))
    cycle = Cycle(word_of(visit.query, "cycle", stated, stated[0]))
    return begun(source, question, cycle, None if day is None else day_of(day))


def begun(source: Source, question: Question, cycle: Cycle, day: date | None) -> Issue | None:
    """Return an issue whose span has begun; `day` None is the newest."""
    as_of = question.as_of or source.moment()
    issue = issue_of(source.centre, cycle, day or local_day(as_of, source.centre.zone))
    return None if issue is None or issue.start > as_of else issue


def issue_named(centre: Centre, cycle: str, day: str) -> Issue | None:
    """Return the issue of a cycle of this centre that meets on a day; None if there is none.

    Raises:
        AddressError: there is no such day.
    """
    if cycle not in cycles(centre) or not re.fullmatch(DAY, day):
        return None
    return issue_of(centre, Cycle(cycle), day_of(day))


def day_of(text: str) -> date:
    """Read a day.

    Raises:
        AddressError: there is no such day, or none that a span can be counted from.
    """
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise AddressError("day", text) from None
    if not FARTHEST_YEARS[0] <= found.year <= FARTHEST_YEARS[1]:
        raise AddressError("day", text)
    return found
