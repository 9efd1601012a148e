"""Supervision orders of a case (督办); `memory.orders` holds their states in order."""

from dashboard.cases.clock import remember
from dashboard.cases.guards import OPEN_ORDER
from dashboard.cases.state import State
from dashboard.cases.step import SideRow, Step

ORDER_FACTS = ("sheet_type", "colour", "kind", "mode", "reply_due", "measure_code", "topic")


def supervise(step: Step) -> None:
    """Issue an order to the department."""
    orders = [*step.case["memory"].get("orders", ()), "issued"]
    actor = step.happening.actor
    values = {name: step.facts.get(name) for name in ORDER_FACTS} | {
        "sheet_type": step.facts.get("sheet_type", "supervision_sheet"),
        "issued_at": step.at,
        "issued_by": actor.staff,
        "to_dept_id": step.happening.dept_id or step.case["lead_dept_id"],
        "status": "issued",
        "acknowledged_at": None,
        "replied_at": None,
        "reply_text": None,
    }
    step.rows.append(SideRow(table="supervision_order", key=len(orders), values=values, new=True))
    _set_orders(step.case, orders)


def reply(step: Step) -> None:
    """Answer the newest order that waits for a reply."""
    values = {"replied_at": step.at, "reply_text": step.facts.get("reply_text")}
    _move_order(step, ("issued",), values | {"status": "replied"})


def end_supervision(step: Step) -> None:
    """End the newest open order."""
    _move_order(step, OPEN_ORDER, {"status": step.facts.get("status", "accepted")})


def _move_order(step: Step, statuses: tuple[str, ...], values: dict[str, object]) -> None:
    orders = list(step.case["memory"]["orders"])
    index = max(n for n, status in enumerate(orders) if status in statuses)
    orders[index] = values["status"]
    row = SideRow(table="supervision_order", key=index + 1, values=values, new=False)
    step.rows.append(row)
    _set_orders(step.case, orders)


def _set_orders(case: State, orders: list[str]) -> None:
    remember(case, orders=orders)
    case["supervision_count"] = len(orders)
    case["open_supervisions"] = sum(status in OPEN_ORDER for status in orders)
