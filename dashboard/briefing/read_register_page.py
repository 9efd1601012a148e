"""Read the page of the register."""

from collections.abc import Sequence
from datetime import date

from dashboard.briefing.decision import (
    REPEATEDLY,
    Became,
    Decision,
    count,
    in_order,
    open_since,
)
from dashboard.briefing.morning import Progress
from dashboard.briefing.register import read_decision, read_register
from dashboard.briefing.register_counts import by_month, by_owner, first_month
from dashboard.briefing.register_page import Listed, Meeting, RegisterPage, Selection
from dashboard.calendar import local_day
from dashboard.centre import Centre
from dashboard.figures.choice import PeriodChoice, PeriodKind
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
    month = PeriodChoice.containing(PeriodKind.MONTH, today)
    known = read_register(
        view.connection, view.scope, as_of=known_by, since=_since(selected, today)
    )
    one = None
    if chosen is not None:
        one = read_decision(view.connection, chosen, view.scope, known_by)
        if one is None:
            return None
    lists = _lists(known, selected, month.first)
    listed = [each for each in lists[selected.listed] if selected.of_owner(each)]
    mine = [each for each in known if selected.of_owner(each)]
    register = [each for each in mine if each.closed is None or each.taken_on >= month.first]
    still_open = [each for each in register if each.closed is None]
    of_today = [each for each in still_open if local_day(each.due_at, zone) == today]
    days = {each.taken_on for each in mine if each.taken_on < today}
    rows = in_order(each for each in listed if selected.part is None or each.became(selected.part))
    among = selected.taken or month
    return RegisterPage(
        as_of=now,
        today=today,
        selected=selected,
        rows=rows,
        numbers={which: sum(map(selected.of_owner, found)) for which, found in lists.items()},
        parts={became: sum(each.became(became) for each in listed) for became in Became},
        units=tuple((owner, counts.taken) for owner, counts in by_owner(lists[selected.listed])),
        kept=count(register),
        month=count(register, month.first, month.last),
        months=by_month(mine, today),
        among=among,
        owners=by_owner(each for each in known if among.first <= each.taken_on <= among.last),
        last=Meeting(day=max(days), counts=count(mine, max(days), max(days))) if days else None,
        due_today=len(of_today),
        unbegun_today=in_order(
            each for each in of_today if each.progress is Progress.OPEN and not each.overdue(now)
        ),
        overdue=in_order(each for each in still_open if each.overdue(now)),
        repeatedly=sum(each.times_missed(now) >= REPEATEDLY for each in still_open),
        chosen=one or next(iter(rows), None),
        directory=read_directory(view, centre.profile, centre.calendar),
    )


def _since(selected: Selection, today: date) -> date | None:
    """Return from when on decisions are needed; a paper tells also of older ones closed since."""
    if selected.listed is Listed.PAPER:
        return None
    first = first_month(today)
    return first if selected.taken is None else min(first, selected.taken.first)


def _lists(
    known: Sequence[Decision], selected: Selection, month: date
) -> dict[Listed, list[Decision]]:
    """Return what each list holds of all owners: of the days asked for, else the register."""
    asked = [each for each in known if selected.of_days(each)]
    if selected.taken is None:
        asked = [each for each in known if each.closed is None or each.taken_on >= month]
    lists = {
        Listed.OPEN: [each for each in asked if each.closed is None],
        Listed.ALL: asked,
        Listed.CLOSED: [each for each in asked if each.closed is not None],
    }
    if selected.listed is Listed.PAPER:
        paper = open_since(known, selected.start)
        lists[Listed.PAPER] = [each for each in paper if selected.of_days(each)]
    return lists
