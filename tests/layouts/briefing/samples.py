"""Days whose files are looked at: usual ones, one of a flood, one with nothing, odd texts."""

import re
from dataclasses import replace
from io import BytesIO

import pypdf

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.issue import Cycle
from layouts.briefing.document import Document
from tests.briefings import a_briefing, a_case_line, empty, flood, quarter, rich
from tests.layouts.briefing.documents import EN, ZH

RARE = (
    "龘㙦𠮷𰻞 Łódź naïve 🚒👨\u200d👩\u200d👧 ＡＢ１２ "
    "#panic() $x$ *b* @a [c] <d> & \\ =1+1 “q” 'r'"
)


def rare() -> Briefing:
    """A day whose texts have rare, wide and foreign characters, and what is markup elsewhere."""
    usual = a_briefing()
    first, *others = usual.matters
    row = a_case_line(0, title=RARE, title_en=RARE)
    return replace(
        usual,
        matters=(replace(first, ask=f"{RARE}\r\n第二行"), *others),
        overdue=replace(usual.overdue, rows=(row, *usual.overdue.rows[1:])),
    )


def half_month() -> Briefing:
    return _of_cycle(Cycle.HALF_MONTHLY)


def month() -> Briefing:
    return _of_cycle(Cycle.MONTHLY)


def _of_cycle(cycle: Cycle) -> Briefing:
    made = quarter()
    return replace(made, issue=replace(made.issue, cycle=cycle))


SAMPLES = {"usual": a_briefing, "week": rich, "quarter": quarter, "flood": flood, "empty": empty}
MORE = {"half_month": half_month, "month": month, "rare": rare}
WORDS = {"zh": ZH, "en": EN}


def squeezed(said: str) -> str:
    """Take blanks and line ends away: where lines break is a matter of looks."""
    return re.sub(r"\s+", "", said)


def missing(document: Document, said: str) -> list[str]:
    whole = squeezed(said)
    return [each for each in document.texts() if squeezed(each) not in whole]


def pages_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages]
