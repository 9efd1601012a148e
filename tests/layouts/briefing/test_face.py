"""The face of a text: what is drawn ahead."""

from layouts.briefing import face
from layouts.briefing.ahead import get_ready
from tests.layouts.briefing.documents import ZH


def test_what_every_briefing_says_is_drawn_ahead():
    get_ready([ZH])
    drawn = face._glyph.cache_info().misses
    face.faces(ZH.text("briefing.title.daily") + ZH.text("figure.on_time_rate.definition"))
    assert face._glyph.cache_info().misses == drawn
