import ast
import re
from enum import StrEnum
from pathlib import Path
from string import Formatter

import pytest

from dashboard import terms
from dashboard.figures.catalogue import FIGURES
from layouts.words import LANGUAGES, Words

ROOT = Path(__file__).parents[2]

PREFIXES = {
    terms.Stage: "stage",
    terms.Event: "event",
    terms.Role: "role",
    terms.Situation: "situation",
    terms.CaseKind: "kind",
    terms.Level: "level",
    terms.Risk: "risk",
    terms.Colour: "colour",
    terms.Outcome: "outcome",
    terms.Channel: "channel",
    terms.AreaLevel: "area_level",
    terms.Satisfaction: "satisfaction",
    terms.HazardStatus: "hazard_status",
    terms.IntelligenceStatus: "intelligence_status",
}


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def written_keys():
    """Every literal first argument of a call of `.text(...)` in the screens' code."""
    for file in (*ROOT.glob("layouts/**/*.py"), *ROOT.glob("callbacks/*.py"), ROOT / "app.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "text"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                yield pytest.param(node.args[0].value, id=f"{file.name}:{node.lineno}")


def test_both_languages_have_the_same_keys():
    assert Words("zh-CN").keys == Words("en").keys


def test_both_languages_have_the_same_placeholders():
    chinese, english = Words("zh-CN"), Words("en")
    only_chinese = {"flow.supervised"}  # English has no word of its own for the centre's label
    differing = {
        key
        for key in chinese.keys
        if placeholders(chinese.text(key)) != placeholders(english.text(key))
    }
    assert differing <= only_chinese


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_but_the_unit_english_does_not_write(language):
    words = Words(language)
    assert {key for key in words.keys if not words.text(key)} <= {"unit.case"}


@pytest.mark.parametrize("terms_of", PREFIXES, ids=lambda terms_of: terms_of.__name__)
def test_every_term_has_a_label(terms_of: type[StrEnum]):
    words = Words("zh-CN")
    assert [term for term in terms_of if not words.knows(f"{PREFIXES[terms_of]}.{term}")] == []


def test_every_enumeration_of_the_trade_is_labelled():
    enumerations = {
        kind
        for kind in vars(terms).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
    }
    assert enumerations == set(PREFIXES)


@pytest.mark.parametrize("key", list(written_keys()))
def test_every_key_used_by_a_screen_is_in_the_catalogues(key):
    assert Words("en").knows(key)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
@pytest.mark.parametrize("part", ["name", "definition"])
def test_every_figure_is_named_and_defined(figure, part):
    assert Words("en").knows(f"figure.{figure.id}.{part}")


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        Words("en").text("no.such.key")


def test_a_missing_value_is_an_error():
    with pytest.raises(KeyError):
        Words("en").text("live.ok", wrong=1)


def test_a_placeholder_may_be_called_key():
    assert "colour" in Words("en").text("desk.fault.400", key="colour", value="x")


def test_without_values_the_placeholders_stay_for_the_browser():
    assert Words("zh-CN").text("live.ok") == "实时 · {t} 更新"


def test_values_are_never_read_as_placeholders():
    assert "{n}" in Words("en").text("hd.duty", name="{n}", shift="2")


def test_the_catalogues_hold_no_han_in_english():
    words = Words("en")
    assert [key for key in words.keys if re.search("[\u4e00-\u9fff]", words.text(key))] == []


@pytest.mark.parametrize("folder", ["zh_CN", "en"])
def test_no_key_stands_twice_in_a_catalogue(folder):
    """The reader of catalogues takes one of two without a word."""
    for file in (ROOT / "layouts" / "locale" / folder / "LC_MESSAGES").glob("*.po"):
        keys = re.findall(r'^msgid "(.+)"$', file.read_text("utf-8"), re.MULTILINE)
        assert sorted(keys) == sorted(set(keys)), file.name


def test_chinese_is_written_with_its_own_punctuation():
    words, han = Words("zh-CN"), "\u4e00-\u9fff"
    narrow = re.compile(f"[{han}}}%][,;:?!(]|[,;:?!)][{han}]")
    assert [key for key in words.keys if narrow.search(words.text(key))] == []
