"""Reading what stands beside a page's figures."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dashboard.database.tables import supervision_order
from dashboard.drilldown.beside import Beside, Held, Order
from dashboard.drilldown.subject import Subject
from dashboard.figures.catalogue.league import HELD_TIME, UNCLAIMED_TIME, UNIT_RETURN_RATE
from dashboard.figures.cell import Cell
from dashboard.figures.dimension import DEPARTMENT, spans
from dashboard.figures.figure import Figure
from dashboard.figures.measure import Cells, measure, total
from dashboard.figures.period import SECOND, Period, days_until
from dashboard.figures.population import HOLDS_BEGUN, HOLDS_ENDED
from dashboard.figures.unit import Unit
from dashboard.figures.view import View
from dashboard.signals.read_weak_points import read_weak_points
from dashboard.signals.units import Kind
from dashboard.signals.weak_points import Weakness
from dashboard.terms import AreaLevel

DAYS, ORDERS = 14, 5
IN_HANDS = (UNCLAIMED_TIME, HELD_TIME)
GOT = Figure(id="holds_begun", unit=Unit.EVENT, population=HOLDS_BEGUN, source="metrics 4.1")
GAVE = Figure(id="holds_ended", unit=Unit.EVENT, population=HOLDS_ENDED, source="metrics 4.1")


def read_beside(view: View, subject: Subject, now: Period, open_now: int, zone: ZoneInfo) -> Beside:
    """Read it; `view` carries the question's filters, `now` is the period as far as it has come."""
    own = view.narrowed(replace(view.filters, **subject.own))
    code = subject.name.code
    stock, weak = read_stock(own, open_now, zone), _weak(view, subject, now)
    if "departments" not in subject.own:
        return Beside(stock=stock, weak=weak)
    cells = measure(view, (*IN_HANDS, UNIT_RETURN_RATE), (DEPARTMENT,), now)
    return Beside(
        stock=stock,
        weak=weak,
        held=tuple(_held(figure, cells[figure], code) for figure in IN_HANDS),
        returned=cells[UNIT_RETURN_RATE].get((code,), Cell(0, 0)),
        orders=_orders(view, code),
    )


def read_stock(view: View, open_now: int, zone: ZoneInfo) -> tuple[int, ...]:
    """Work back from what is open now: what a unit got since then came later, what it gave had not.

    Every case in stock is in somebody's hands, so the ends and beginnings of stretches are all that
    changes the stock of any part of the county.
    """
    midnights = days_until(view.as_of, DAYS, zone)
    period = Period(midnights[0], view.as_of + SECOND)
    got, gave = (
        measure(view, (figure,), (spans(midnights),), period)[figure] for figure in (GOT, GAVE)
    )
    stock = [open_now]
    for place in range(DAYS - 1, 0, -1):
        came, went = (cells.get((place,), Cell()).numerator for cells in (got, gave))
        stock.insert(0, stock[0] - came + went)
    return tuple(stock) if min(stock) >= 0 else ()


def _held(figure: Figure, cells: Cells, code: str) -> Held:
    of_all = [cell for (unit,), cell in cells.items() if unit is not None]
    return Held(figure=figure.id, own=cells.get((code,), Cell(0, 0)), all=total(of_all))


def _orders(view: View, code: str) -> tuple[Order, ...]:
    order, cases = supervision_order.c, view.cases
    seen = view.scoped(cases)
    rows = view.connection.execute(
        select(
            order.sheet_type, order.colour, order.issued_at, order.reply_due, order.replied_at,
            cases.c.case_code, cases.c.title, cases.c.title_en,
        )
        .select_from(supervision_order.join(cases, cases.c.id == order.case_id))
        .where(order.to_dept_id == code, order.issued_at <= view.as_of, seen)
        .order_by(order.issued_at.desc(), order.order_id)
        .limit(ORDERS)
    )  # fmt: skip
    return tuple(
        Order(
            sheet=row.sheet_type,
            colour=row.colour,
            case_code=row.case_code,
            title=row.title,
            title_en=row.title_en,
            issued_at=row.issued_at,
            reply_due=row.reply_due,
            replied_at=row.replied_at
            if row.replied_at is not None and row.replied_at <= view.as_of
            else None,
        )
        for row in rows
    )


def _weak(view: View, subject: Subject, now: Period) -> tuple[Weakness, ...] | None:
    """Compare townships and departments; the finding ignores the question's other filters."""
    if "departments" in subject.own:
        kind = Kind.DEPARTMENTS
    elif subject.level is AreaLevel.TOWNSHIP:
        kind = Kind.TOWNSHIPS
    else:
        return None
    units = read_weak_points(view, kind, now).units
    found = next((one for one in units if one.unit == subject.name.code), None)
    return None if found is None else found.largest
