"""Read the orders an issue counts as unanswered, as of its own moment and as known to it."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from dashboard.briefing.issue import Issue
from dashboard.briefing.lines import lines_of
from dashboard.briefing.orders import Order, read_waiting
from dashboard.briefing.sealed import read_sealed
from dashboard.briefing.spans import Spans
from dashboard.briefing.waiting import Shown, WaitingOrder, WaitingPage
from dashboard.centre import Centre
from dashboard.drilldown.listing import PAGE, Page
from dashboard.drilldown.look import look
from dashboard.drilldown.question import Question
from dashboard.figures.view import View
from dashboard.snapshots.read_place import read_directory


def read_waiting_page(  # noqa: PLR0913 -- of which issue, asked how, which rows
    view: View,
    centre: Centre,
    issue: Issue,
    question: Question,
    shown: Shown,
    page: Page,
) -> WaitingPage:
    """Read a page of an issue's orders; one behind the last is the last.

    `view` is the question's. A number of a paper names its moment and what it knew, and so asks of
    a draft what it showed; any other question is about the issue as it is sealed, or stands then.

    Raises:
        BodyError: the issue is sealed and does not open.
    """
    found = read_sealed(view.connection, issue.cycle, issue.day)
    if not isinstance(question.known, datetime):
        now = view.as_of
        own = question.at(Spans.of(issue, centre, now).moment, now)
        if found is not None:
            own = question.at(found.briefing.as_of, found.briefing.known_at or "now")
        view = look(view.connection, own, now, centre, view.scope)
    orders = [(order, one) for one, each in read_waiting(view).items() for order in each]
    if found is not None and found.briefing.orders.uncoloured is None:
        orders = [(order, one) for order, one in orders if order.colour is not None]
    counts = Counter(Shown.of(order.colour) for order, _ in orders)
    listed = sorted(
        (each for each in orders if shown in (Shown.ALL, Shown.of(each[0].colour))),
        key=lambda each: (each[0].at, each[1]),
    )
    size = page.limit or PAGE
    page = replace(page, offset=min(page.offset, max(0, len(listed) - 1) // size * size))
    return WaitingPage(
        issue=issue if found is None else found.briefing.issue,
        as_of=view.as_of,
        known_at=view.known_at,
        directory=read_directory(view, centre.profile, centre.calendar),
        counts={one: counts[one] for one in Shown} | {Shown.ALL: len(orders)},
        shown=shown,
        rows=_rows(view, listed[page.offset :][:size]),
        page=page,
    )


def _rows(view: View, listed: list[tuple[Order, int]]) -> tuple[WaitingOrder, ...]:
    lines = lines_of(view, {one for _, one in listed})
    return tuple(
        WaitingOrder(
            case=lines[one],
            colour=order.colour,
            at=order.at,
            waits_s=int((view.as_of - order.at).total_seconds()),
        )
        for order, one in listed
    )
