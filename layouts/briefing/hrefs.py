"""Where the numbers of a briefing open: at its own moment, with what it knew and no more."""

from dataclasses import replace

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.register_page import Listed
from dashboard.figures.filters import EVERY
from layouts.briefing.headline import days_of
from layouts.briefing.parts import ORDERS, PAPER, SINCE
from layouts.briefing.reference import (
    CaseOf,
    Changed,
    Counted,
    Decided,
    DecisionOf,
    Href,
    Reference,
    Waiting,
)
from layouts.desk.asking import Asking


def hrefs(briefing: Briefing, asking: Asking, paper: str) -> Href:
    """Write addresses for references; `paper` is that of the briefing's own page."""
    question = asking.question.at(briefing.as_of, briefing.known_at or "now")
    days, issue = days_of(briefing, asking.words), briefing.issue
    register = replace(question, filters=EVERY, period=days.own)
    orders = replace(question, filters=EVERY, period=days.month)

    def counted(to: Counted) -> str:
        asked = replace(
            question,
            filters=to.filters,
            period=to.period or question.period,
            as_of=to.as_of or question.as_of,
        )
        return asking.figure(to.figure, asked, to.part)

    def href(to: Reference) -> str:
        match to:
            case Counted():
                return counted(to)
            case CaseOf(code):
                return asking.case(code)
            case Changed(group):
                return asking.to(paper + SINCE, cycle=asking.own.get("cycle"), view=group)
            case Waiting(shown):
                there = f"{PAPER}/{issue.day.isoformat()}{ORDERS}"
                return asking.to(there, orders, cycle=issue.cycle, view=shown)
            case Decided(progress):
                return asking.to("/decisions", register, view=Listed.PAPER, part=progress)
            case DecisionOf(number):
                return asking.to(f"/decisions/{number}", register, view=Listed.PAPER)

    return href
