"""A unit that works on its figures stands out from honest ones; an honest one does not."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from dashboard.database.engine import reading, writing
from dashboard.drilldown.gaming import SIGNS
from dashboard.drilldown.league_units import Asked
from dashboard.drilldown.read_gaming import mark, month_ends, read_gaming
from dashboard.figures.period import Period
from dashboard.figures.view import view_at
from dashboard.league.interval import Share
from dashboard.league.kind import Kind
from tests import worlds

ZONE = worlds.rules().calendar.zone
START = datetime(2026, 2, 28, 16, 0, tzinfo=UTC)  # 1 March in Shanghai
MARCH = Period(START, START + timedelta(days=31))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
UNITS = tuple(worlds.DEPARTMENTS)
GAMER = "water"


def honest(chance):
    accepted = START + chance.uniform(0, 24) * DAY
    closed = accepted + chance.uniform(0.2, 2.5) * DAY
    case = {"accepted_at": accepted, "due_at": accepted + 3 * DAY, "closed_at": closed,
            "first_closed_at": closed, "stage": "closed", "close_outcome": "resolved",
            "satisfaction": "satisfied", "follow_up_count": 1, "reached_count": 1}  # fmt: skip
    if chance.random() < 0.04:
        case["first_reopened_at"] = closed + chance.uniform(0, 6) * DAY
    if chance.random() < 0.05:
        case |= {"satisfaction": None, "reached_count": 0}
    if chance.random() < 0.05:
        case["paused_s"] = 3600
    if chance.random() < 0.03:
        case["exclusion_reason"] = "enquiry"
    return case


def gamed(chance):
    accepted = START + chance.uniform(0, 24) * DAY
    closed = MARCH.end - chance.uniform(1, 40) * HOUR
    case = honest(chance) | {"accepted_at": accepted, "closed_at": closed,
                             "first_closed_at": closed, "due_at": closed + HOUR / 2}  # fmt: skip
    case |= {"reached_count": 0, "satisfaction": "satisfied"}
    if chance.random() < 0.4:
        case["first_reopened_at"] = closed + chance.uniform(0, 6) * DAY
    if chance.random() < 0.4:
        case["paused_s"] = 3600
    if chance.random() < 0.4:
        case["exclusion_reason"] = "enquiry"
    return case


@pytest.fixture
def signs(county):
    """Read March with these makers of cases by department, 45 cases each."""

    def read(makers, seed=1):
        chance = Random(seed)
        with writing(county) as connection:
            for code in UNITS:
                for _ in range(45):
                    make = makers.get(code, honest)
                    worlds.a_case(connection, lead_dept_id=code, **make(chance))
        asked = Asked(kind=Kind.DEPARTMENTS, units=UNITS, period=MARCH)
        with reading(county) as connection:
            view = view_at(connection, MARCH.end + 9 * DAY)
            found = read_gaming(view, asked, ZONE)
        return {line.code: [one.stands_out for one in line.marks] for line in found.lines}, found

    return read


def test_a_gaming_unit_stands_out_by_every_sign_and_honest_ones_by_none(signs):
    flags, _ = signs({GAMER: gamed})
    assert flags[GAMER] == [True] * len(SIGNS)
    assert not any(any(flags[code]) for code in UNITS if code != GAMER)


def test_among_honest_units_nobody_stands_out(signs):
    flags, found = signs({})
    assert not any(any(one) for one in flags.values())
    assert found.total[0].n == 45 * len(UNITS)


def test_honest_units_of_a_year_stand_out_in_hardly_any_month():
    chance, sign = Random(7), SIGNS[0]
    flags = 0
    for _ in range(300):
        shares = [Share(sum(chance.random() < 0.08 for _ in range(n)), n)
                  for n in (chance.randint(10, 90) for _ in range(12))]  # fmt: skip
        whole = Share(sum(one.k for one in shares), sum(one.n for one in shares))
        flags += sum(mark(sign, one, whole).stands_out for one in shares)
    assert flags / (300 * 12) < 0.004


def test_a_few_cases_are_no_sign():
    assert not mark(SIGNS[0], Share(9, 9), Share(10, 300)).stands_out
    assert not mark(SIGNS[0], Share(1, 12), Share(6, 1056)).stands_out
    assert mark(SIGNS[0], Share(10, 10), Share(11, 300)).stands_out


def test_the_ends_of_months_lie_within_the_period():
    assert list(month_ends(MARCH, ZONE)) == [Period(MARCH.end - 2 * DAY, MARCH.end)]
    assert list(month_ends(Period(START, START + 20 * DAY), ZONE)) == []
    year = Period(datetime(2025, 12, 31, 16, tzinfo=UTC), datetime(2026, 12, 31, 16, tzinfo=UTC))
    assert len(list(month_ends(year, ZONE))) == 12


def test_while_no_month_has_ended_closings_at_its_end_are_not_judged(county):
    with writing(county) as connection:
        worlds.a_case(connection, closed_at=START + 2 * DAY, stage="closed",
                      close_outcome="resolved")  # fmt: skip
    asked = Asked(kind=Kind.DEPARTMENTS, units=UNITS, period=MARCH)
    with reading(county) as connection:
        found = read_gaming(view_at(connection, START + 9 * DAY), asked, ZONE)
    assert found.total[1] == Share(0, 0)
