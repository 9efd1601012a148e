"""Read the page of the register."""

from datetime import date

from dashboard.briefing.decision import REPEATEDLY, count, in_order
from dashboard.briefing.register import read_decision, read_register
from dashboard.briefing.register_page import Listed, Meeting, RegisterPage
from dashboard.calendar import local_day
from dashboard.centre import Centre
from dashboard.figures.view import View
from dashboard.snapshots.read_place import read_directory


def read_register_page(
    view: View, centre: Centre, listed: Listed, chosen: int | None, *, past: bool
) -> RegisterPage | None:
    """Read the page within the view's scope; None if there is no decision `chosen` in it.

    A page that is not `past` shows what was written since the board was made, too.
    """
    now, zone = view.as_of, centre.zone
    today = local_day(now, zone)
    register = read_register(
        view.connection, view.scope, as_of=now if past else None, since=today.replace(day=1)
    )
    one = next((each for each in register if each.id == chosen), None)
    if chosen is not None and one is None:
        one = None if past else read_decision(view.connection, chosen, view.scope)
        if one is None:
            return None
    still_open = [each for each in register if each.closed is None]
    closed = [each for each in register if each.closed is not None]
    lists = {Listed.OPEN: still_open, Listed.ALL: list(register), Listed.CLOSED: closed}
    days = {each.taken_on for each in register if each.taken_on < today}
    rows = in_order(lists[listed])
    return RegisterPage(
        as_of=now,
        today=today,
        listed=listed,
        rows=rows,
        numbers={which: len(found) for which, found in lists.items()},
        kept=count(register, date.min, date.max),
        month=count(register, today.replace(day=1), today),
        last=Meeting(day=max(days), counts=count(register, max(days), max(days))) if days else None,
        due_today=sum(local_day(each.due_at, zone) == today for each in still_open),
        overdue=in_order(each for each in still_open if each.overdue(now)),
        repeatedly=sum(each.times_missed(now) >= REPEATEDLY for each in still_open),
        chosen=one or next(iter(rows), None),
        directory=read_directory(view, centre.profile, centre.calendar),
    )
