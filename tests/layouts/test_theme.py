from pathlib import Path

import pytest

from layouts.theme import THEMES, contrast, tokens_css

ASSETS = Path(__file__).parents[2] / "layouts" / "assets"

TEXT = [("tx1", "panel"), ("tx2", "panel"), ("tx3", "panel"), ("tx3", "bg"), ("tx3", "raised"),
        ("accent", "panel"), ("on-accent", "accent"), ("red", "panel"), ("red", "red-bg"),
        ("yellow", "panel"), ("yellow", "yellow-bg"), ("blue", "panel"), ("blue", "blue-bg"),
        ("tx1", "red-bg"), ("tx2", "red-bg"), ("on-alarm", "red"), ("tx1", "map3")]  # fmt: skip
MARKS = [("data", "panel"), ("data2", "panel")]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_stands_out_from_its_ground(theme, text, ground):
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_data_marks_stand_out_from_their_ground(theme, mark, ground):
    assert contrast(THEMES[theme][mark], THEMES[theme][ground]) >= 3


@pytest.mark.parametrize(
    ("theme", "one", "other", "ratio"),
    [("dark", "tx1", "panel", 13.9), ("night", "tx3", "panel", 4.9), ("light", "red", "panel", 5.8),
     ("print", "blue", "panel", 8.3), ("dark", "red", "map3", 3.2)],
)  # fmt: skip
def test_contrast_agrees_with_the_published_table(theme, one, other, ratio):
    assert round(contrast(THEMES[theme][one], THEMES[theme][other]), 1) == ratio


def test_every_theme_has_the_same_tokens():
    assert len({frozenset(theme) for theme in THEMES.values()}) == 1


def test_the_style_sheet_holds_exactly_the_tokens():
    assert (ASSETS / "10-tokens.css").read_text("utf-8") == tokens_css()
