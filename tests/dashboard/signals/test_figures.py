"""The figures behind the analyses: what counts once, what comes back, what was left undone."""

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.drilldown.behind import behind
from dashboard.figures.catalogue import by_id
from dashboard.figures.cell import Cell
from dashboard.figures.measure import measure
from dashboard.figures.parts import Part, composition
from dashboard.figures.period import Period
from tests.worlds import ACCEPTED, HUASHAN, XIPING

DAY = timedelta(days=1)
ALWAYS = Period(datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))


@pytest.fixture
def cell(look):
    """Measure one figure, and hold the list behind it to its number."""

    def read(name):
        figure = by_id(name)

        def both(view):
            found = measure(view, (figure,), (), ALWAYS)[figure].get((), Cell())
            listed = behind(view, figure, Part.COUNTED, ALWAYS)
            assert listed.total == found.numerator == len(listed.cases) + len(listed.items)
            parts = composition(view, figure, ALWAYS)
            assert parts.count(Part.COUNTED) == found.numerator
            return found

        return look(both)

    return read


def test_who_reports_again_within_a_week_counts_once(add, cell):
    add("k1", accepted_at=ACCEPTED)
    add("k1", accepted_at=ACCEPTED + 6 * DAY)
    add("k2", accepted_at=ACCEPTED + 6 * DAY)
    add(None, accepted_at=ACCEPTED)
    add(None, accepted_at=ACCEPTED)
    assert cell("signal_intake") == Cell(4)


def test_another_place_another_category_or_a_later_week_counts_again(add, cell):
    add("k1", accepted_at=ACCEPTED)
    add("k1", accepted_at=ACCEPTED + DAY, area_code=HUASHAN)
    add("k1", accepted_at=ACCEPTED + DAY, category_code="0402")
    add("k1", accepted_at=ACCEPTED + DAY, category_code="0103")
    add("k1", accepted_at=ACCEPTED + 8 * DAY)
    assert cell("signal_intake") == Cell(4)


def test_two_reports_of_one_second_count_once(add, cell):
    add("k1", accepted_at=ACCEPTED)
    add("k1", accepted_at=ACCEPTED)
    assert cell("signal_intake") == Cell(1)


CLOSED = {"stage": "closed", "close_outcome": "resolved"}


def test_a_case_whose_party_calls_110_while_it_is_open_or_within_thirty_days_is_hit(add, cell):
    add("k1", accepted_at=ACCEPTED - 200 * DAY)
    add("k2", accepted_at=ACCEPTED - 90 * DAY, closed_at=ACCEPTED - 30 * DAY, **CLOSED)
    add("k3", accepted_at=ACCEPTED - 90 * DAY, closed_at=ACCEPTED - 31 * DAY, **CLOSED)
    add("k5", accepted_at=ACCEPTED + DAY)
    add("k6", accepted_at=ACCEPTED - 9 * DAY)
    for key in ("k1", "k2", "k3", "k4", "k5", None):
        add(key, source_channel="police_110", accepted_at=ACCEPTED)
    add("k6", source_channel="window", accepted_at=ACCEPTED)
    assert cell("repeat_calls") == Cell(2, 12)


def test_a_call_to_come_hits_nothing_yet(add, cell, now):
    add("k1", accepted_at=ACCEPTED)
    add("k1", source_channel="police_110", accepted_at=now + DAY, reported_at=now)
    assert cell("repeat_calls").numerator == 0


def test_a_call_from_its_place_hits_a_case(add, cell):
    for text in ("文昌路12号", "文昌路14号", None):
        add(location_text=text, accepted_at=ACCEPTED - 20 * DAY)
    add(location_text="文昌路12号", accepted_at=ACCEPTED - 20 * DAY, area_code=HUASHAN,
        township_code=HUASHAN)  # fmt: skip
    call = {"source_channel": "police_110", "accepted_at": ACCEPTED}
    add(location_text="文昌路12号", **call)
    add(**call)
    assert cell("repeat_calls") == Cell(1, 6)


def test_a_closed_case_is_hit_by_a_petition_after_its_closing(add, cell):
    closed = CLOSED | {"closed_at": ACCEPTED, "first_closed_at": ACCEPTED}
    for key in ("k1", "k2", "k3", None):
        add(key, accepted_at=ACCEPTED - 9 * DAY, **closed)
    add("k1", case_kind="petition", accepted_at=ACCEPTED + DAY)
    add("k2", case_kind="petition", accepted_at=ACCEPTED - DAY)
    add("k3", case_kind="appeal", accepted_at=ACCEPTED + DAY)
    assert cell("petition_hits") == Cell(1, 4)


def test_a_visit_is_missed_when_it_is_not_made_in_time(put, cell, now):
    usual = {"program": "household", "area_code": XIPING, "township_code": XIPING}
    put(
        "inspection_task",
        usual | {"due_at": now - DAY, "done_at": None},
        usual | {"due_at": now - DAY, "done_at": now - DAY},
        usual | {"due_at": now - DAY, "done_at": now - DAY / 2},
        usual | {"due_at": now + DAY, "done_at": None},
    )
    assert cell("missed_visits") == Cell(2, 3)


def test_orders_count_by_colour_and_overdue_by_reason_and_level(add, put, cell, now):
    late = {"due_at": now - DAY}
    first = add(level="major", **late)
    add(overdue_reason="鉴定中", **late)
    add(overdue_reason="", **late)
    add(level="major", due_at=now + DAY)
    order = {"case_id": first, "sheet_type": "supervision_sheet", "status": "issued"}
    put(
        "supervision_order",
        order | {"number": 1, "colour": "red", "issued_at": now - DAY},
        order | {"number": 2, "colour": "yellow", "issued_at": now - DAY},
        order | {"number": 3, "colour": "red", "issued_at": now + DAY},
    )
    assert cell("red_orders") == Cell(1)
    assert cell("yellow_orders") == Cell(1)
    assert cell("overdue_unexplained") == Cell(2)
    assert cell("overdue_major") == Cell(1)
