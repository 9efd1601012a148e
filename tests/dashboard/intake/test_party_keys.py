import hmac
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from dashboard.intake.party_keys import masked, normal_identity, normal_phone, party_key

SECRET = SecretStr("a long random text")


def test_a_key_is_the_keyed_hash_of_the_number_cut_to_sixteen_digits():
    number = "13800138000"
    whole = hmac.new(b"a long random text", number.encode(), sha256).hexdigest()
    assert party_key(SECRET, number) == whole[:16]
    assert party_key(SecretStr("another"), number) != whole[:16]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("13800138000", "13800138000", id="plain"),
        pytest.param(" +86 138-0013-8000", "13800138000", id="with-country"),
        pytest.param("0086 13800138000", "13800138000", id="with-zeros"),
        pytest.param("8613800138000", "13800138000", id="without-plus"),
        pytest.param("１３８００１３８０００", "13800138000", id="full-width"),
        pytest.param("(0874) 3131234", "08743131234", id="landline"),
        pytest.param("0874—3131234", "08743131234", id="long-dash"),
        pytest.param("00000000000", None, id="filler"),
        pytest.param("无", None, id="none"),
        pytest.param("110", None, id="too-short"),
        pytest.param("13800138000、13900139000", None, id="two-numbers"),
    ],
)
def test_telephone_numbers(text, number):
    assert normal_phone(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("11010519491231002X", "11010519491231002X", id="the-standards-example"),
        pytest.param("11010519491231002x", "11010519491231002X", id="small-x"),
        pytest.param("110105 194912 31002X", "11010519491231002X", id="with-spaces"),
        pytest.param("110105491231002", "11010519491231002X", id="first-generation"),
        pytest.param("110105194912310021", None, id="wrong-check-digit"),
        pytest.param("1101051949", None, id="too-short"),
    ],
)
def test_identity_numbers(text, number):
    assert normal_identity(text) == number


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三丰", "张某某"), ("张三", "张某"), ("欧阳修", "欧阳某"), ("诸葛孔明", "诸葛某某"),
        ("张 三", "张某"), ("阿依古丽·买买提", "阿某某"), ("张", "张某某"), ("John Smith", "J***"),
        ("  ", None),
    ],
)  # fmt: skip
def test_only_the_surname_is_left_of_a_name(name, shown):
    assert masked(name) == shown


@settings(deadline=None, max_examples=500)
@given(st.text(max_size=30))
def test_whatever_a_cell_holds_its_name_is_gone(text):
    shown = masked(text)
    assert shown is None or (len(shown) <= 20 and (shown.endswith("某") or shown[1:] == "***"))
    assert normal_phone(text) is None or normal_phone(text).isdecimal()
