"""Supervision orders of cases as the log tells them at a view's moment."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from dashboard.database.tables import case_event
from dashboard.figures.view import View
from dashboard.terms import Colour, Event

KINDS = (Event.SUPERVISE, Event.SUPERVISE_REPLY, Event.SUPERVISE_END)
COLOURS = (Colour.RED, Colour.YELLOW, Colour.BLUE)
"""What an order may carry; any other word is none."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order: when it was issued, in what colour, and whether it was answered or ended."""

    at: datetime
    colour: Colour | None
    answered: bool = False
    ended: bool = False


def read_orders(view: View, which: ColumnElement[bool]) -> Mapping[int, tuple[Order, ...]]:
    """Return the orders about the cases that hold `which` (on `view.cases`), oldest first.

    A reply answers the newest order that waits for one, an end ends the newest that is open, as
    in `cases.supervision`. Orders about an area have no case and are not here.
    """
    event, case = case_event.c, view.cases.c
    wanted = select(case.id).where(which, view.scoped(view.cases))
    known = [event.at <= view.as_of, event.type.in_(KINDS), event.case_id.in_(wanted)]
    if view.known_at is not None:
        known.append(event.recorded_at <= view.known_at)
    rows = select(event.case_id, event.at, event.type, event.payload).where(
        *known, view.scoped(case_event)
    )
    found: dict[int, list[Order]] = defaultdict(list)
    in_time = (event.case_id, event.at, event.seq)
    for case_id, at, kind, payload in view.connection.execute(rows.order_by(*in_time)):
        orders = found[case_id]
        if kind == Event.SUPERVISE:
            colour = payload.get("colour")
            orders.append(Order(at, Colour(colour) if colour in COLOURS else None))
            continue
        waiting = [
            place
            for place, order in enumerate(orders)
            if not order.ended and not (kind == Event.SUPERVISE_REPLY and order.answered)
        ]
        if waiting:
            order = orders[waiting[-1]]
            ended = order.ended or kind == Event.SUPERVISE_END
            answered = order.answered or kind == Event.SUPERVISE_REPLY
            orders[waiting[-1]] = Order(order.at, order.colour, answered=answered, ended=ended)
    return {case_id: tuple(orders) for case_id, orders in found.items()}


def read_waiting(view: View) -> Mapping[int, tuple[Order, ...]]:
    """Return the orders that nobody answered and that are not ended, by case, oldest first."""
    found = read_orders(view, view.cases.c.open_supervisions > 0)
    waiting = {
        one: tuple(order for order in orders if waits(order)) for one, orders in found.items()
    }
    return {one: orders for one, orders in waiting.items() if orders}


def waits(order: Order) -> bool:
    """Tell whether an order still waits for an answer."""
    return not order.answered and not order.ended
