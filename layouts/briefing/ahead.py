"""The first briefing of a process: what all have in common is drawn before somebody asks."""

from collections.abc import Iterable

from layouts.briefing.face import draw_ahead
from layouts.words import Words

SUBJECTS = ("briefing.", "figure.", "situation.", "category.", "stage.", "channel.")
"""How the texts begin that briefings are written with; names of places are known later."""


def get_ready(languages: Iterable[Words]) -> None:
    """Open the fonts and draw the characters of every briefing; takes seconds, once a process."""
    for words in languages:
        texts = (words.text(key) for key in words.keys if key.startswith(SUBJECTS))
        draw_ahead("".join(texts))
