"""The keys that are listed are those the scripts know."""

import re
from pathlib import Path

import pytest

from layouts.desk.keys import KEYS, keys_panel
from layouts.words import LANGUAGES, Words
from tests.layouts.trees import having, text

ASSETS = Path(__file__).parents[3] / "layouts" / "assets"
NAMES = {"ArrowUp": "↑", "ArrowDown": "↓", "ArrowLeft": "←", "ArrowRight": "→", "Escape": "Esc"}


def test_every_key_the_scripts_know_is_listed_and_no_other():
    scripts = "".join(file.read_text("utf-8") for file in ASSETS.glob("desk*.js"))
    known = set(re.findall(r'event\.key [!=]== "([^"]+)"', scripts))
    known |= set(re.findall(r"(Arrow\w+):", scripts))
    listed = {key.removeprefix("Shift ") for _, keys in KEYS for key in keys}
    assert listed == {NAMES.get(key, key) for key in known}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_key_says_what_it_does(language):
    words = Words(language)
    panel = keys_panel(words)
    assert len(having(panel, "kbd")) == sum(len(keys) for _, keys in KEYS)
    assert words.text("keys.list") in text(panel)
