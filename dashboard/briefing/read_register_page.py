"""Read the page of the register."""

from collections.abc import Sequence
from datetime import date

from dashboard.briefing.decision import REPEATEDLY, Decision, count, in_order, open_since
from dashboard.briefing.morning import Progress
from dashboard.briefing.register import read_decision, read_register
from dashboard.briefing.register_page import Listed, Meeting, RegisterPage, Selection
from dashboard.calendar import local_day
from dashboard.centre import Centre
from dashboard.figures.view import View
from dashboard.snapshots.read_place import read_directory


def read_register_page(
    view: View, centre: Centre, selected: Selection, chosen: int | None
) -> RegisterPage | None:
    """Read the page within the view's scope; None if there is no decision `chosen` in it.

    A page that is not past shows what was written since the board was made, too. One of the past is
    as of when the view knows by: what a paper tells of decisions goes on to its meeting.
    """
    now, zone = view.known_at or view.as_of, centre.zone
    today, known_by = local_day(now, zone), now if selected.past else None
    register = read_register(
        view.connection, view.scope, as_of=known_by, since=today.replace(day=1)
    )
    one = None
    if chosen is not None:
        one = read_decision(view.connection, chosen, view.scope, known_by)
        if one is None:
            return None
    still_open = [each for each in register if each.closed is None]
    lists: dict[Listed, Sequence[Decision]] = {
        Listed.OPEN: still_open,
        Listed.ALL: register,
        Listed.CLOSED: [each for each in register if each.closed is not None],
    }
    if selected.listed is Listed.PAPER:
        whole = read_register(view.connection, view.scope, as_of=known_by)
        lists[Listed.PAPER] = open_since(whole, selected.start)
    reached = [each.progress for each in lists.get(Listed.PAPER, ())]
    days = {each.taken_on for each in register if each.taken_on < today}
    rows = in_order(
        each
        for each in lists[selected.listed]
        if selected.progress is None or each.progress is selected.progress
    )
    return RegisterPage(
        as_of=now,
        today=today,
        selected=selected,
        rows=rows,
        numbers={which: len(found) for which, found in lists.items()},
        reached={progress: reached.count(progress) for progress in Progress},
        kept=count(register, date.min, date.max),
        month=count(register, today.replace(day=1), today),
        last=Meeting(day=max(days), counts=count(register, max(days), max(days))) if days else None,
        due_today=sum(local_day(each.due_at, zone) == today for each in still_open),
        overdue=in_order(each for each in still_open if each.overdue(now)),
        repeatedly=sum(each.times_missed(now) >= REPEATEDLY for each in still_open),
        chosen=one or next(iter(rows), None),
        directory=read_directory(view, centre.profile, centre.calendar),
    )
