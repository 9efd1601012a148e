"""Where the numbers of a briefing open: at its own moment, with what it knew and no more."""

from dataclasses import replace

from dashboard.briefing.briefing import Briefing
from layouts.briefing.parts import SINCE
from layouts.briefing.reference import CaseOf, Changed, Counted, Href, Reference
from layouts.desk.asking import Asking


def hrefs(briefing: Briefing, asking: Asking, paper: str) -> Href:
    """Write addresses for references; `paper` is that of the briefing's own page."""
    question = asking.question.at(briefing.as_of, briefing.known_at or "now")

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

    return href
