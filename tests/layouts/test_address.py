"""An address says a question and is read back as it; what means nothing is named."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.drilldown.question import Question
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.filters import Filters
from dashboard.terms import Channel, Colour, Situation, Stage
from layouts.address import AddressError, Zoned, format_query, link, number_of, parse

ZONED = Zoned(ZoneInfo("Asia/Shanghai"), date(2026, 3, 18))
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))
seconds = st.integers(1420070400, 2051222400)


def some(codes):
    return st.frozensets(st.sampled_from(["", *codes]), max_size=3)


filters = st.builds(
    Filters,
    area=st.none() | st.sampled_from(["530303000000", "530303001001001"]),
    departments=some(["hrss", "a b", "x&y=z", "住建局"]),
    situations=some(list(map(str, Situation))),
    categories=some(["01", "0101"]),
    colours=st.frozensets(st.sampled_from(list(map(str, Colour))), max_size=2),
    stages=some(list(map(str, Stage))),
    channels=some(list(map(str, Channel))),
    state=st.sampled_from(["", "open", "closed"]),
    text=st.text(max_size=20).map(lambda text: text.replace("\0", "").strip()),
)
whole_days = st.builds(
    PeriodChoice.containing,
    st.sampled_from([kind for kind in PeriodKind if kind is not PeriodKind.CUSTOM]),
    days,
) | st.tuples(days, days).map(
    lambda two: PeriodChoice(kind=PeriodKind.CUSTOM, first=min(two), last=max(two))
)
starts = st.sampled_from([timedelta(), timedelta(hours=8), timedelta(hours=23, minutes=59)])
periods = st.builds(lambda period, later: replace(period, starts=later), whole_days, starts)
moments = seconds.map(lambda s: datetime.fromtimestamp(s, UTC))
instants = st.none() | moments


@given(periods, filters, instants, st.sampled_from(["now", "then"]) | moments)
def test_a_question_is_read_back_from_its_address(period, filters, as_of, known):
    known = known if as_of is not None else "now"
    question = Question(period=period, filters=filters, as_of=as_of, known=known)
    query = format_query(question, ZONED, page=3)
    assert parse(parse_qs(query, keep_blank_values=True), ZONED) == question


def test_the_default_question_says_nothing():
    now = datetime(2026, 3, 18, 6, tzinfo=UTC)
    question = Question.default(now, ZONED.zone)
    assert link("/area/530303000000", question, ZONED, "zh-CN") == "/area/530303000000"
    assert link("/cases", question, ZONED, "en") == "/cases?lang=en"
    assert parse({}, ZONED) == question


@pytest.mark.parametrize(
    "key, value",
    [
        ("period", "fortnight"), ("starts", "8"), ("starts", "24:00"),
        ("on", "2026-02-30"), ("on", "9999-01-01"), ("area", "5303"),
        ("area", "٥٣٠٣٠٣٠٠٠٠٠٠"), ("situation", "x"), ("colour", "green"), ("stage", "x"),
        ("state", "half"), ("as_of", "yesterday"), ("as_of", "0001-01-01T00:00"),
        ("known", "maybe"), ("known", "0001-01-01"), ("q", "x" * 61),
        ("q", "a\0b"), ("category", "x" * 33),
    ],
)  # fmt: skip
def test_what_means_nothing_is_named(key, value):
    with pytest.raises(AddressError) as caught:
        parse({key: [value]}, ZONED)
    assert (caught.value.key, caught.value.value) == (key, value)


def test_a_key_there_is_not_is_refused_like_a_value_and_pages_keep_their_own():
    with pytest.raises(AddressError) as caught:
        parse({"colours": ["red"], "view": ["open"]}, ZONED)
    assert (caught.value.key, caught.value.value) == ("colours", "red")
    assert parse({"view": ["open"], "page": ["x"]}, ZONED) == parse({}, ZONED)


def test_a_custom_period_does_not_end_before_it_begins():
    query = {"period": ["custom"], "from": ["2026-03-02"], "to": ["2026-03-01"]}
    with pytest.raises(AddressError):
        parse(query, ZONED)


def test_a_single_value_is_not_said_twice():
    with pytest.raises(AddressError):
        parse({"period": ["day", "week"]}, ZONED)


def test_numbers_of_pages_are_whole_and_bounded():
    assert number_of({"page": ["7"]}, "page", 1, 100) == 7
    assert number_of({}, "page", 1, 100) == 1
    for wrong in ("0", "101", "-1", "1.5", "x", "²"):
        with pytest.raises(AddressError):
            number_of({"page": [wrong]}, "page", 1, 100)
