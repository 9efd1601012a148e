"""Read the key cases of a leader's page: who leads them, and what is next by when."""

from typing import Any

from sqlalchemy import func, or_, select

from dashboard.database.tables import supervision_order
from dashboard.drilldown.overview import KeyCase
from dashboard.drilldown.read_case_rows import stock_rows
from dashboard.figures.catalogue.stock import KEY_CASES
from dashboard.figures.view import View

ROWS = 5


def read_key_cases(own: View) -> tuple[KeyCase, ...]:
    """Read those with least time left."""
    rows = stock_rows(own, KEY_CASES, ROWS)
    if not rows:
        return ()
    c = own.cases.c
    order = supervision_order.c
    unanswered = or_(order.replied_at.is_(None), order.replied_at > own.as_of)
    reply_due = (
        select(func.min(order.reply_due))
        .where(order.case_id == c.id, order.issued_at <= own.as_of, unanswered)
        .scalar_subquery()
    )
    facts = (c.id, c.lead_official, c.plan_text, c.task_force, reply_due.label("reply_due"))
    mine = c.id.in_([row.id for row in rows])
    wanted = select(*facts).where(mine, own.scoped(own.cases))
    known: dict[int, Any] = {row.id: row for row in own.connection.execute(wanted)}
    return tuple(
        KeyCase(
            row=row,
            official=known[row.id].lead_official,
            plan=known[row.id].plan_text,
            task_force=_departments(known[row.id].task_force),
            reply_due=known[row.id].reply_due,
        )
        for row in rows
    )


def _departments(task_force: object) -> tuple[str, ...]:
    """Return the departments of a task force, once each; whatever else it names stays unnamed."""
    members = task_force if isinstance(task_force, list) else []
    named = (one.get("dept_id") for one in members if isinstance(one, dict))
    return tuple(dict.fromkeys(code for code in named if isinstance(code, str)))
