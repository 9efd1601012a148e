from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.cases.code import (
    ALPHABET,
    CodeError,
    case_code,
    check_character,
    is_valid,
    number_of,
    prefix,
    tail,
)
from dashboard.terms import CaseKind

codes = st.builds(
    lambda county, day, kind, number: case_code(prefix(f"{county}", day, kind), number),
    st.integers(110000, 659999),
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.sampled_from(CaseKind),
    st.integers(1, 99_999),
)


def test_a_code_names_county_day_kind_and_number():
    code = case_code(prefix("530303", date(2026, 3, 18), CaseKind.DISPUTE), 47)
    assert code.startswith("530303-20260318-D00047-")
    assert (tail(code), number_of(code)) == ("D00047", 47)


@pytest.mark.parametrize(
    ("body", "check"),
    [
        pytest.param("A12425GABC1234002", "M", id="the example of ISO 7064 users' guides (GRid)"),
        pytest.param("0", "2", id="one digit"),
        pytest.param("", "1", id="nothing"),
    ],
)
def test_the_check_character_is_that_of_iso_7064_mod_37_36(body, check):
    assert check_character(body) == check


@pytest.mark.parametrize("kind", CaseKind)
def test_every_kind_has_a_letter_of_its_own(kind):
    letters = [prefix("1", date(2026, 1, 1), other)[-1] for other in CaseKind]
    assert letters.count(prefix("1", date(2026, 1, 1), kind)[-1]) == 1


@pytest.mark.parametrize("number", [0, -1, 100_000])
def test_a_number_that_does_not_fit_is_refused(number):
    with pytest.raises(CodeError, match="530303-20260318-D"):
        case_code("530303-20260318-D", number)


@given(codes, st.data())
def test_a_wrong_character_is_found(code, data):
    place = data.draw(st.sampled_from([n for n, letter in enumerate(code) if letter != "-"]))
    wrong = data.draw(st.sampled_from(ALPHABET))
    assume(wrong != code[place])
    assert is_valid(code)
    assert not is_valid(code[:place] + wrong + code[place + 1 :])


def test_neighbours_in_the_wrong_order_are_found_but_for_one_in_two_hundred():
    """MOD 37,36 finds every wrong character, and swaps unless its running product hides them."""
    found = missed = 0
    for number in range(1, 3_000):
        code = case_code("530303-20260318-D", number)
        for n in range(len(code) - 1):
            if "-" not in code[n : n + 2] and code[n] != code[n + 1]:
                swapped = code[:n] + code[n + 1] + code[n] + code[n + 2 :]
                found, missed = found + (not is_valid(swapped)), missed + is_valid(swapped)
    assert found > 10_000
    assert missed / (found + missed) < 1 / 200


@pytest.mark.parametrize("text", ["", "-", "530303-20260318-d00047-1", "沾益-1"])
def test_other_text_is_not_valid(text):
    assert not is_valid(text)
