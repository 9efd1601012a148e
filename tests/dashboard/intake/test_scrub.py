import pytest

from dashboard.intake.scrub import scrub


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("110101199003070000", id="identity number"),
        pytest.param("11010119900307000X", id="identity number ending in X"),
        pytest.param("110101900307000", id="identity number of 15 digits"),
        pytest.param("13800000000", id="mobile telephone"),
        pytest.param("138-0000-0000", id="mobile telephone in groups"),
        pytest.param("+86 13800000000", id="mobile telephone with country code"),
        pytest.param("6222020000000000000", id="bank card"),
        pytest.param("6222 0200 0000 0000 000", id="bank card in groups"),
        pytest.param("云D00000", id="plate"),
        pytest.param("0874-3000000", id="telephone with its area code"),
        pytest.param("010 60000000", id="telephone with a short area code"),
        pytest.param("(0874)3000000", id="telephone with its area code in brackets"),
        pytest.param("云A·D00000", id="plate of an electric car"),
    ],
)
def test_numbers_of_persons_are_masked_in_chinese_and_english_text(number):
    assert scrub(f"来电人{number}反映路灯不亮") == "来电人***反映路灯不亮"
    assert scrub(f"call {number}, please") == "call ***, please"


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-18 14:20:36",
        "第101000295613号工单",
        "白水镇3村",
        "12345热线",
        "120.5平方米",
        "",
        "G56高速",
    ],
)
def test_other_numbers_stay(text):
    assert scrub(text) == text


@pytest.mark.parametrize(
    "text, shown",
    [
        ("加微信号:abc_12345联系", "加微信号:***联系"),
        ("WeChat abc-12345, thanks", "WeChat ***, thanks"),
        ("QQ 10000123 群里说的", "QQ *** 群里说的"),
        ("微信群里有人反映", "微信群里有人反映"),
    ],
)
def test_a_handle_goes_and_what_names_it_stays(text, shown):
    assert scrub(text) == shown
