"""The feeds of the board: their lamps, and silence that says something."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import Engine, insert, select

from dashboard.calendar import WorkCalendar
from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.figures.view import view_at
from dashboard.settings import Settings
from dashboard.snapshots.board import Lamp, SourceState
from dashboard.snapshots.lamp import lamp_of
from dashboard.snapshots.quiet import chance_of_silence
from dashboard.snapshots.read_sources import read_feeds
from dashboard.terms import Channel
from tests import worlds

HOUR, DAY = 3_600, 86_400
CALENDAR = WorkCalendar.load(Settings().zone)
ZONE = CALENDAR.zone
FIRST = datetime(2026, 1, 12, tzinfo=ZONE)
REPLAYED = datetime(2026, 3, 9, tzinfo=ZONE)
"""A Monday; its week has eight before it, one of them the spring festival's."""
P = 0.01
AN_HOUR = 10
OPEN, SHUT = 8, 20


@pytest.mark.parametrize(
    ("every", "silent", "lamp"),
    [
        (HOUR, 3 * HOUR, Lamp.OK),
        (HOUR, 3 * HOUR + 1, Lamp.LATE),
        (HOUR, 9 * HOUR + 1, Lamp.BROKEN),
        (DAY, DAY + 1, Lamp.LATE),
        (DAY, 2 * DAY + 1, Lamp.BROKEN),
        (None, 90 * DAY, Lamp.OK),
        (HOUR, None, Lamp.OFF),
    ],
)
def test_a_lamp_follows_the_interval_of_its_source(now, every, silent, lamp):
    last = None if silent is None else now - timedelta(seconds=silent)
    state = SourceState(
        channel=Channel.COURT, last_received_at=last, expected_every_s=every, late=False
    )
    assert lamp_of(state, now) is lamp


@pytest.mark.parametrize(
    ("usual", "a_week", "p"),
    [(0, 0, 1), (0, 700, 1), (4.6, 1, 0.01005), (11.5, 700, 0.00709), (20, 700, 1.4428e-06)],
)
def test_silence_is_the_tail_of_poisson_for_each_case_of_a_week(usual, a_week, p):
    assert chance_of_silence(usual, a_week) == pytest.approx(p, rel=1e-3)


def test_a_feed_of_which_little_is_expected_is_never_silent():
    assert chance_of_silence(0.125, 0.875) > 0.8


def arrivals(seed: int) -> Iterator[datetime]:
    """Cases of one feed, at random in the opening hours of every day until the end of the week."""
    chance, day = Random(seed), FIRST
    while day < REPLAYED + timedelta(days=7):
        at = day + timedelta(hours=OPEN)
        while (at := at + timedelta(hours=chance.expovariate(AN_HOUR))) < day + timedelta(
            hours=SHUT
        ):
            yield at.astimezone(UTC)
        day += timedelta(days=1)


HOLE = REPLAYED + timedelta(days=2, hours=13), REPLAYED + timedelta(days=2, hours=14, minutes=30)


@pytest.fixture
def replay(county: Engine) -> Engine:
    """Two months of arrivals, with ninety minutes missing on the last Wednesday."""
    cases = tables.cases
    with writing(county) as connection:
        first = worlds.a_case(connection, source_channel="hotline_12345", accepted_at=FIRST)
        kept = connection.execute(select(cases).where(cases.c.id == first)).one()._asdict()
        del kept["id"]
        rows = [
            kept | {"case_code": f"X{n}", "source_no": f"X{n}", "accepted_at": at}
            for n, at in enumerate(arrivals(7))
            if not HOLE[0] <= at < HOLE[1]
        ]
        connection.execute(insert(cases), rows)
        for channel in ("hotline_12345", "court"):
            connection.execute(insert(tables.source).values(channel=channel))
    return county


def silent(county: Engine, at: datetime) -> bool:
    with reading(county) as connection:
        hotline, court = read_feeds(view_at(connection, at), CALENDAR, P)
    assert court.quiet is not None
    assert not court.quiet.silent
    assert hotline.quiet is not None
    return hotline.quiet.silent


def test_a_hole_of_ninety_minutes_is_found_and_its_end_too(replay):
    assert not silent(replay, HOLE[0])
    assert silent(replay, HOLE[1])
    assert not silent(replay, HOLE[1] + timedelta(minutes=30))


def test_a_week_without_a_hole_raises_no_alarm_not_even_at_night(replay):
    at, found = REPLAYED, []
    while at < REPLAYED + timedelta(days=7):
        if not HOLE[0] <= at < HOLE[1] + timedelta(minutes=30) and silent(replay, at):
            found.append(at)
        at += timedelta(minutes=20)
    assert found == []


def test_what_was_usual_is_told(replay):
    with reading(replay) as connection:
        hotline, _ = read_feeds(view_at(connection, HOLE[1]), CALENDAR, P)
    assert hotline.quiet.usual == pytest.approx(15, abs=4)
    assert hotline.quiet.p < P
    assert HOLE[0] - timedelta(minutes=30) < hotline.quiet.since < HOLE[0]


def test_without_a_limit_and_without_weeks_enough_nothing_is_called_silent(replay):
    with reading(replay) as connection:
        (hotline, _) = read_feeds(view_at(connection, HOLE[1]), CALENDAR, None)
        early = view_at(connection, FIRST + timedelta(days=20, hours=14))
        (new, _) = read_feeds(early, CALENDAR, P)
    assert hotline.quiet is None
    assert new.quiet is None
