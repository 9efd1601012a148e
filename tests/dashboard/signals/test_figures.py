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


def test_a_call_of_a_party_whose_case_is_open_or_was_within_thirty_days_is_a_repeat(add, cell):
    add("k1", accepted_at=ACCEPTED - 200 * DAY)
    add("k2", accepted_at=ACCEPTED - 90 * DAY, stage="closed", closed_at=ACCEPTED - 30 * DAY,
        close_outcome="resolved")  # fmt: skip
    add("k3", accepted_at=ACCEPTED - 90 * DAY, stage="closed", closed_at=ACCEPTED - 31 * DAY,
        close_outcome="resolved")  # fmt: skip
    for key in ("k1", "k2", "k3", "k4", None):
        add(key, source_channel="police_110", accepted_at=ACCEPTED)
    add("k1", source_channel="window", accepted_at=ACCEPTED)
    assert cell("repeat_calls") == Cell(2, 9)


def test_a_call_from_a_place_with_a_case_is_a_repeat(add, cell):
    add(location_text="文昌路12号", accepted_at=ACCEPTED - 20 * DAY)
    call = {"source_channel": "police_110", "accepted_at": ACCEPTED}
    add(location_text="文昌路12号", **call)
    add(location_text="文昌路14号", **call)
    add(location_text="文昌路12号", area_code=HUASHAN, township_code=HUASHAN, **call)
    add(**call)
    assert cell("repeat_calls") == Cell(1, 5)


def test_a_petition_hits_a_case_that_was_closed_before_it(add, cell):
    closed = {"stage": "closed", "closed_at": ACCEPTED, "first_closed_at": ACCEPTED,
              "close_outcome": "resolved"}  # fmt: skip
    add("k1", accepted_at=ACCEPTED - 9 * DAY, **closed)
    add("k2", accepted_at=ACCEPTED - 9 * DAY)
    for key in ("k1", "k2", "k3"):
        add(key, case_kind="petition", accepted_at=ACCEPTED + DAY)
    add("k1", case_kind="appeal", accepted_at=ACCEPTED + DAY)
    assert cell("petition_hits") == Cell(1, 6)


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
