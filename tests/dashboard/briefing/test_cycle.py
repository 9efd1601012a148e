"""Issues: their spans, names and days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.briefing.briefing_settings import BriefingSettings
from dashboard.briefing.cycle import cycles, due_issues, issue_of
from dashboard.briefing.days import choice_of
from dashboard.briefing.issue import Cycle
from dashboard.calendar import WorkCalendar
from dashboard.centre import Centre
from dashboard.profile import PROFILES, load_profile
from dashboard.settings import Settings

SATURDAY = date(2026, 3, 14)


def a_centre(profile="zhanyi", **rule):
    settings = Settings(briefing=BriefingSettings(**rule))
    return Centre(
        settings=settings,
        profile=load_profile(profile),
        calendar=WorkCalendar.load(settings.zone),
    )


def local(issue, centre):
    return [at.astimezone(centre.zone).strftime("%m-%d %H:%M") for at in (issue.start, issue.end)]


@pytest.mark.parametrize(
    ("cycle", "day", "own", "span"),
    [
        (Cycle.DAILY, date(2026, 3, 18), date(2026, 3, 18), ["03-17 08:00", "03-18 08:00"]),
        (Cycle.WEEKLY, date(2026, 3, 18), date(2026, 3, 16), ["03-09 08:00", "03-16 08:00"]),
        (Cycle.HALF_MONTHLY, date(2026, 3, 18), date(2026, 3, 16), ["03-01 08:00", "03-16 08:00"]),
        (Cycle.HALF_MONTHLY, date(2026, 3, 1), date(2026, 3, 1), ["02-16 08:00", "03-01 08:00"]),
        (Cycle.MONTHLY, date(2026, 3, 18), date(2026, 3, 1), ["02-01 08:00", "03-01 08:00"]),
        (Cycle.QUARTERLY, date(2026, 4, 1), date(2026, 4, 1), ["01-01 08:00", "04-01 08:00"]),
    ],
)
def test_an_issue_is_about_the_last_span_that_is_over(cycle, day, own, span):
    centre = a_centre()
    issue = issue_of(centre, cycle, day)
    assert (issue.day, local(issue, centre)) == (own, span)
    assert choice_of(issue, centre.zone).span(centre.zone).start == issue.start


def test_a_skipped_day_off_has_no_issue_and_the_next_reaches_back():
    centre = a_centre(days_off="skip")
    assert issue_of(centre, Cycle.DAILY, SATURDAY) is None
    monday = issue_of(centre, Cycle.DAILY, date(2026, 3, 16))
    assert local(monday, centre) == ["03-13 08:00", "03-16 08:00"]
    assert choice_of(monday, centre.zone).days == 3


def test_a_day_off_is_marked_where_wanted_and_usual_otherwise():
    assert issue_of(a_centre(days_off="mark"), Cycle.DAILY, SATURDAY).day_off
    assert not issue_of(a_centre(), Cycle.DAILY, SATURDAY).day_off


@pytest.mark.parametrize("profile", PROFILES)
def test_names_are_the_profiles_own(profile):
    stated = {one.zh for one in load_profile(profile).cycle}
    assert set(cycles(a_centre(profile)).values()) <= stated | {""}


@given(
    cycle=st.sampled_from(Cycle),
    day=st.dates(date(2025, 2, 1), date(2026, 12, 1)),
    days_off=st.sampled_from(["every", "mark", "skip"]),
)
def test_issues_of_a_cycle_tile_time(cycle, day, days_off):
    centre = a_centre(days_off=days_off)
    issue = issue_of(centre, cycle, day)
    if issue is None:
        return
    assert issue_of(centre, cycle, issue.day) == issue
    first = issue.start.astimezone(centre.zone).date()
    before = issue_of(centre, cycle, first)
    assert before is not None
    assert before.end == issue.start


def test_nothing_is_due_by_hand_and_each_issue_once_at_its_time():
    now = datetime(2026, 3, 16, 0, 30, tzinfo=UTC)
    assert due_issues(a_centre(), SATURDAY, now) == ()
    found = due_issues(a_centre(seal_at="08:30"), SATURDAY, now)
    assert [(one.cycle, one.day.day) for one in found] == [
        (Cycle.DAILY, 14), (Cycle.DAILY, 15), (Cycle.DAILY, 16), (Cycle.WEEKLY, 16),
    ]  # fmt: skip
    early = due_issues(a_centre(seal_at="08:30"), SATURDAY, now - timedelta(minutes=1))
    assert [one.day.day for one in early] == [14, 15]
