"""Documents of the hand-made briefings, in both languages."""

from dashboard.briefing.briefing import Briefing
from layouts.briefing.document import Document
from layouts.briefing.write import Maker, document
from layouts.words import Words
from tests.briefings import AS_OF

ZH, EN = Words("zh-CN"), Words("en")
CENTRES = {"zh-CN": "沾益区综治中心", "en": "Zhanyi Governance Centre"}


def document_of(briefing: Briefing, words: Words = ZH, seal: str | None = None) -> Document:
    """Write a briefing as its centre does."""
    maker = Maker(centre=CENTRES[words.language], made_at=AS_OF, seal=seal)
    return document(briefing, maker, words)
