from datetime import timedelta

from dashboard.site import shown_clock


def test_a_set_clock_runs_on_from_its_moment(now):
    at = now - timedelta(days=5000)
    shown = shown_clock(lambda: now, at)

    assert shown(now) == at
    assert shown(now + timedelta(seconds=90)) == at + timedelta(seconds=90)


def test_without_a_set_moment_the_real_time_is_shown(now):
    assert shown_clock(lambda: now, None)(now) == now
