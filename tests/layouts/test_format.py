from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layouts import format as fmt
from layouts.words import Words

ZH, EN = Words("zh-CN"), Words("en")
HOUR, DAY = 3600, 86400


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0"), (999, "999"), (1204, "1,204"), (None, "—")]
)
def test_a_count_has_commas_from_four_digits(value, written):
    assert fmt.number(value) == written


@pytest.mark.parametrize(
    ("met", "due", "written"),
    [
        pytest.param(1163, 1204, "96.6", id="plain"),
        pytest.param(2499, 2500, "99.9", id="99.96 is not 100"),
        pytest.param(2500, 2500, "100.0", id="all of them"),
        pytest.param(1, 2000, "0.1", id="0.05 goes up"),
        pytest.param(0, 7, "0.0", id="a true zero"),
        pytest.param(0, 0, "—", id="nothing was due"),
    ],
)
def test_a_rate_has_one_decimal_half_up(met, due, written):
    assert fmt.rate(met, due) == written


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 10**6).flatmap(lambda due: st.tuples(st.integers(0, due), st.just(due))))
def test_a_rate_says_100_only_when_all_were_met(counts):
    met, due = counts
    assert (fmt.rate(met, due) == "100.0") == (met == due)
    assert abs(float(fmt.rate(met, due)) - 100 * met / due) <= 0.1


def test_a_target_is_written_with_its_sign():
    assert (fmt.share(0.95), fmt.share(1.0), fmt.share(None)) == ("95.0%", "100.0%", "—")


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [(4, "+4", "+4"), (-2, "\u22122", "\u22122"), (0, "持平", "same"), (None, "—", "—"),
     (-1204, "\u22121,204", "\u22121,204")],
)  # fmt: skip
def test_a_change_has_its_sign_and_no_change_is_a_word(change, zh, en):
    assert (fmt.delta(change, ZH), fmt.delta(change, EN)) == (zh, en)


@pytest.mark.parametrize(
    ("left_s", "zh", "en"),
    [
        pytest.param(-4 * DAY, "超 4 天", "4 d over", id="days"),
        pytest.param(-4 * DAY + 1, "超 3 天", "3 d over", id="floored"),
        pytest.param(-14 * HOUR, "超 14 小时", "14 h over", id="hours"),
        pytest.param(5 * HOUR + 59, "剩 5 小时", "5 h left", id="left"),
        pytest.param(59, "剩 0 分", "0 min left", id="less than a minute"),
        pytest.param(0, "超 0 分", "0 min over", id="the due moment itself"),
    ],
)
def test_time_left_is_one_unit_rounded_down(left_s, zh, en):
    assert (fmt.time_left(left_s, ZH), fmt.time_left(left_s, EN)) == (zh, en)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(24 * 60, "24 分"), (2.1 * HOUR, "2.1 小时"), (19.2 * HOUR, "19 小时"),
     (2.39 * DAY, "2.3 天"), (12.9 * DAY, "12 天"), (0, "0 分"), (None, "—")],
)  # fmt: skip
def test_a_mean_time_has_a_decimal_below_ten(seconds, written):
    assert fmt.mean_duration(seconds, ZH) == written


def test_times_are_written_in_the_centres_zone():
    late = datetime(2026, 3, 18, 17, 5, 9, tzinfo=UTC)
    boston = Words("en", ZoneInfo("America/New_York"))
    assert (fmt.clock(late, ZH), fmt.clock_seconds(late, ZH)) == ("01:05", "01:05:09")
    assert fmt.moment(late, ZH) == "2026年3月19日 01:05"
    assert fmt.moment(late, boston) == "18 March 2026 13:05"


def test_a_day_has_its_weekday():
    day = date(2026, 3, 18)
    assert (fmt.day(day, ZH), fmt.day(day, EN)) == ("3月18日 周三", "Wed 18 March")
