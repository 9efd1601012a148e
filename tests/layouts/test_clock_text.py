"""The clock in words, checked against what a clerk would say."""

import pytest

from dashboard.settings import DeadlineSetting
from dashboard.terms import Event
from layouts.clock_text import clock_lines, clock_sentence, due_sentence, duration_full
from layouts.words import Words
from tests.dashboard.cases.test_accounting import WORK, a_clock, local

CHINESE, ENGLISH = Words("zh-CN"), Words("en")
NOW = local("2026-03-18 14:20:36")
THREE = DeadlineSetting(amount=3, unit="working_day")
FIVE = DeadlineSetting(amount=5, unit="working_day")
PAUSED = (
    (Event.PAUSE, "2026-03-11 09:00", {"reason": "appraisal"}),
    (Event.RESUME, "2026-03-12 09:00", {}),
)


def written(account, words, **how):
    return "".join(run.text for run in clock_sentence(account, NOW, words, **how))


def test_an_overdue_case_is_told_from_acceptance_to_now():
    account = a_clock("2026-03-10 09:14", limit=THREE)
    assert written(account, CHINESE) == (
        "3月10日 09:14 受理，时限 3 个工作日（受理当日不计，周末不计，无暂停、无延期），"
        "应于 3月13日 周五 23:59 前办结；到现在超 4 天 14 小时 20 分。"
    )
    assert written(account, ENGLISH) == (
        "Accepted 10 March 09:14; limit 3 working days (the day of acceptance not counted, "
        "weekends not counted, no pause, no extension); due by Fri 13 March 23:59; "
        "now 4 d 14 h 20 min over."
    )


def test_the_limit_the_date_and_the_lateness_stand_out():
    account = a_clock("2026-03-10 09:14", limit=THREE)
    marks = [(run.text, run.mark) for run in clock_sentence(account, NOW, CHINESE) if run.mark]
    assert marks == [
        ("3 个工作日", "strong"),
        ("3月13日 周五 23:59", "strong"),
        ("4 天 14 小时 20 分", "late"),
    ]


def test_holidays_worked_weekends_and_the_date_first():
    account = a_clock("2026-02-12 10:00", limit=DeadlineSetting(amount=7, unit="working_day"))
    assert due_sentence(account, NOW, CHINESE) == (
        "应于 2月28日 23:59 前（7 个工作日：2月12日起，春节 2月15–23日不计，"
        "2月14日、2月28日调休上班）"
    )


def test_pauses_and_extensions_are_told_with_reason_and_old_date():
    extension = (Event.EXTEND, "2026-03-12 10:00", {"extended_to": local("2026-03-20 23:59:59")})
    account = a_clock("2026-03-10 09:14", *WORK, *PAUSED, extension)
    text = written(account, CHINESE)
    assert "暂停 1 天：待鉴定，3月11日 09:00 至 3月12日 09:00，已含在新时限内" in text
    assert "3月12日 10:00 延期，原应于 3月14日 23:59 前" in text
    assert "应于 3月20日 周五 23:59 前办结；到现在还剩 2 天 9 小时 39 分。" in text


def test_a_stopped_clock_has_no_date_but_what_was_left():
    account = a_clock("2026-03-10 09:14", *WORK, PAUSED[0])
    assert "应于" not in written(account, CHINESE)
    assert "暂停时剩 2 天 14 小时 59 分" in written(account, CHINESE)
    assert clock_lines(account, NOW, CHINESE)[1] == "3月11日 09:00 起暂停计时"


def test_a_past_moment_is_named_instead_of_now():
    account = a_clock("2026-03-10 09:14", limit=THREE)
    assert "到 2026年3月18日 14:20 超 4 天" in written(account, CHINESE, live=False)


def test_a_year_without_a_holiday_table_is_said():
    account = a_clock("2026-12-30 10:00", limit=FIVE)
    assert "2027 年放假安排未载入，暂按周末推算" in written(account, CHINESE)
    assert "应于 2027年1月6日 周三 23:59 前办结" in written(account, CHINESE)


def test_two_lines_for_a_list():
    account = a_clock("2026-03-10 09:14", limit=THREE)
    assert clock_lines(account, NOW, CHINESE) == (
        "3月10日 09:14 受理，3 个工作日",
        "应于 3月13日 23:59 前办结",
    )
    assert clock_lines(account, NOW, ENGLISH) == (
        "Accepted 10 March 09:14, 3 working days",
        "Due by 13 March 23:59",
    )


def test_the_lines_of_a_list_say_what_did_not_count():
    seven = a_clock("2026-02-12 10:00", limit=DeadlineSetting(amount=7, unit="working_day"))
    assert clock_lines(seven, NOW, CHINESE)[0] == (
        "2月12日 10:00 受理，7 个工作日，春节 2月15–23日不计，2月14日、2月28日调休上班"
    )
    extension = (Event.EXTEND, "2026-03-12 10:00", {"extended_to": local("2026-03-20 23:59:59")})
    moved = a_clock("2026-03-10 09:14", *WORK, *PAUSED, extension)
    assert clock_lines(moved, NOW, CHINESE) == (
        "3月10日 09:14 受理，3 天，暂停 1 天，已延期",
        "应于 3月20日 23:59 前办结",
    )


def test_a_list_has_one_line_for_a_clock_that_never_runs_out():
    account = a_clock("2026-03-10 09:14", limit=THREE.model_copy(update={"level": "major"}))
    assert clock_lines(account, NOW, CHINESE)[1] == ""


@pytest.mark.parametrize("words", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_a_case_without_a_limit_says_so(words):
    account = a_clock("2026-03-10 09:14", limit=THREE.model_copy(update={"level": "major"}))
    assert words.text("clock.no_limit", start="").strip("；; ")[-10:] in written(account, words)


def test_lengths_leave_out_what_is_nothing():
    assert duration_full(86400, CHINESE) == "1 天"
    assert duration_full(-3660, CHINESE) == "1 小时 1 分"
    assert duration_full(59, CHINESE) == "0 分"
