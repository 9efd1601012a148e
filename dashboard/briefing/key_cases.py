"""Key cases in hand: their people, their money, what comes next; and what came to them."""

from typing import Any

from sqlalchemy import select

from dashboard.briefing.case_line import KeyCase, KeyMoves
from dashboard.briefing.lines import table_of
from dashboard.briefing.read_overall import cells_of
from dashboard.figures.catalogue.flow import REBOUNDED, RECEIVED
from dashboard.figures.catalogue.stock import KEY_CASES
from dashboard.figures.filters import Filters
from dashboard.figures.period import Period
from dashboard.figures.view import View
from dashboard.terms import Risk


def read_key_cases(view: View, limit: int) -> tuple[KeyCase, ...]:
    """Read the key cases with least time left; the next date is the deadline."""
    lines = table_of(view, KEY_CASES, 0, limit).rows
    c = view.cases.c
    facts = select(c.id, c.lead_official, c.people_involved, c.amount_involved, c.risk_level)
    mine = facts.where(c.id.in_([line.id for line in lines]), view.scoped(view.cases))
    known: dict[int, Any] = {row.id: row for row in view.connection.execute(mine)}
    return tuple(
        KeyCase(
            case=line,
            leader_assigned=known[line.id].lead_official is not None,
            people=known[line.id].people_involved,
            amount=_number(known[line.id].amount_involved),
            risk=None if known[line.id].risk_level is None else Risk(known[line.id].risk_level),
            next_at=line.due_at,
        )
        for line in lines
    )


def read_key_moves(view: View, period: Period) -> KeyMoves:
    """Count what was accepted with a high risk, and what has rebounded."""
    high = view.narrowed(Filters(risks=frozenset({Risk.HIGH})))
    return KeyMoves(
        high_risk=cells_of(high, (RECEIVED,), period)[RECEIVED].numerator,
        rebounded=cells_of(view, (REBOUNDED,), period)[REBOUNDED].numerator,
    )


def _number(amount: object) -> float | None:
    return None if amount is None else float(str(amount))
