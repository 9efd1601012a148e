"""The clocks of a list's cases: one statement for all of them, each log told anew."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from dashboard.cases.account import ClockAccount
from dashboard.cases.accounting import account
from dashboard.cases.ledger import Logged
from dashboard.cases.lifecycle import TransitionError
from dashboard.cases.rules import Rules
from dashboard.cases.store import logged
from dashboard.database.tables import case_event
from dashboard.drilldown.case_row import CaseRow
from dashboard.figures.view import View

TOLD = (
    "case_id", "seq", "at", "type", "actor_role", "actor_org_id", "actor_staff", "payload",
    "dept_id", "sheet_no", "reason", "source",
)  # fmt: skip
"""What a log is told from; images before and after are not read."""


def read_clocks(view: View, rows: Collection[CaseRow], rules: Rules) -> dict[int, ClockAccount]:
    """Draw up the accounts of these cases by their ids, as known in the view.

    A case is left out where its log is empty, cannot be told with today's rules, or does not lead
    to the deadline it is counted by: then nobody can say how that one came about.
    """
    event = case_event.c
    wanted = select(*(event[name] for name in TOLD)).where(
        event.case_id.in_({row.id for row in rows}),
        event.at <= view.as_of,
        view.scoped(case_event),
    )
    if view.known_at is not None:
        wanted = wanted.where(event.recorded_at <= view.known_at)
    logs: dict[int, list[Logged]] = defaultdict(list)
    for found in view.connection.execute(wanted):
        logs[found.case_id].append(logged(found))
    due = {row.id: row.due_at for row in rows}
    clocks = {case_id: _told(log, rules) for case_id, log in logs.items()}
    return {
        case_id: clock
        for case_id, clock in clocks.items()
        if clock is not None and clock.due_at == due[case_id]
    }


def _told(log: list[Logged], rules: Rules) -> ClockAccount | None:
    try:
        return account(log, rules)
    except TransitionError:
        return None
