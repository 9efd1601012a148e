import re
from pathlib import Path

import pytest

from dashboard.profile import PROFILES, load_profile
from layouts.briefing.face import OWN
from layouts.words import Words

ASSETS = Path(__file__).parents[2] / "layouts" / "assets"
SHEETS = sorted(ASSETS.glob("*.css"))
OF_THE_WALL = ("app.", "live.", "hd.", "tally.", "sit.", "alert.", "league.", "flow.", "move.",
               "stale.", "stage.", "event.", "situation.", "kind.", "channel.", "risk.", "unit.",
               "duration.", "weekday.")  # fmt: skip


def core_characters():
    sheet = (ASSETS / "00-fonts.css").read_text("utf-8")
    return characters(re.search(r"core\.woff2.*?unicode-range:([^}]+)}", sheet).group(1))


def characters(ranges):
    found = set()
    for part in ranges.split(","):
        low, _, high = part.strip().removeprefix("U+").partition("-")
        found.update(map(chr, range(int(low, 16), int(high or low, 16) + 1)))
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_file_a_sheet_names_is_served_by_us(sheet):
    for url in re.findall(r"url\(\"?([^)\"]+)\"?\)", sheet.read_text("utf-8")):
        assert (ASSETS / url).is_file(), url


def test_no_sheet_or_symbol_asks_another_host():
    for file in (*SHEETS, *ASSETS.glob("symbols/*.svg")):
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "//" not in text, file.name


@pytest.mark.parametrize("folder", ["inter", "noto-sans-sc"])
def test_every_font_comes_with_its_licence(folder):
    assert "Open Font License" in (ASSETS / "fonts" / folder / "LICENSE").read_text("utf-8")


def test_faces_of_a_family_name_the_same_weights():
    """Faces of other weights are another font to a browser, which looks into one of them only."""
    sheet = (ASSETS / "00-fonts.css").read_text("utf-8")
    faces = re.findall(r'font-family: ?"([^"]+)";[^}]*font-weight: ?([^;]+);', sheet)
    assert set(faces) == {("Wuqing Latin", "100 900"), ("Noto Sans SC Variable", "100 900")}


def test_what_the_pdf_takes_from_the_latin_font_is_what_browsers_take():
    sheet = (ASSETS / "00-fonts.css").read_text("utf-8")
    ranges = re.search(r"inter-latin.*?unicode-range: ([^;]+);", sheet, re.DOTALL).group(1)
    assert characters(ranges) - set(map(chr, range(0x20, 0x7F))) == OWN


def test_the_walls_own_words_need_one_chinese_font_file():
    words = Words("zh-CN")
    wanted = {
        char
        for key in words.keys
        if key.startswith(OF_THE_WALL) or key.endswith(".short") or key == "ranking.bands"
        for char in words.text(key)
        if ord(char) > 0x2E80
    }
    assert wanted - core_characters() == set()


@pytest.mark.parametrize("profile", PROFILES)
def test_every_centres_own_words_need_one_chinese_font_file(profile):
    centre = load_profile(profile)
    text = centre.name + (centre.motto or "") + "".join(label.zh for label in centre.stages)
    assert {char for char in text if ord(char) > 0x2E80} - core_characters() == set()


@pytest.mark.parametrize("sheet", sorted(ASSETS.glob("3*.css")), ids=lambda sheet: sheet.name)
def test_nothing_on_the_wall_is_set_below_twenty_pixels(sheet):
    sizes = re.findall(r"font-size: ([\d.]+)rem", sheet.read_text("utf-8"))
    assert all(float(size) >= 1.25 for size in sizes)


def test_every_custom_property_used_is_defined():
    text = "".join(sheet.read_text("utf-8") for sheet in SHEETS)
    defined = set(re.findall(r"(--[\w-]+):", text))
    given_at_run_time = {"--cc-distance", "--as-of"}
    assert set(re.findall(r"var\((--[\w-]+)", text)) - defined <= given_at_run_time


def test_a_browser_is_given_nothing_to_keep_but_when_it_was_reloaded():
    """Nothing of a case or a person stays in a browser; cookies no script can read."""
    kept = set()
    for file in ASSETS.rglob("*.js"):
        text = file.read_text("utf-8")
        assert not re.search(r"localStorage|indexedDB|document\.cookie|caches\.open", text), file
        kept |= set(re.findall(r"sessionStorage\.\w+\(\s*([^,)]+)", text))
    assert kept == {'"wuqing.reload"'}
