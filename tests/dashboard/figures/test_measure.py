from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, insert

from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.figures.catalogue import FIGURES
from dashboard.figures.catalogue.due import ON_TIME_RATE, PENDING
from dashboard.figures.catalogue.flow import HANDED_OVER, INTELLIGENCE_RECEIVED, RECEIVED
from dashboard.figures.catalogue.stock import (
    BLUE,
    HAZARDS_STANDING,
    IN_HAND,
    OVERDUE,
    RED,
    STAGE_TIME,
    YELLOW,
)
from dashboard.figures.cell import Cell
from dashboard.figures.dimension import (
    CATEGORY,
    COLOUR,
    DEPARTMENT,
    HOUR,
    RISK,
    SITUATION,
    STAGE,
    TOWNSHIP,
    VILLAGE,
    spans,
)
from dashboard.figures.measure import measure, total
from dashboard.figures.period import Period
from dashboard.figures.scope import EVERYTHING, Scope
from dashboard.figures.view import view_at
from tests.worlds import BAISHUI, HUASHAN, XIPING, a_case

HOUR_S, DAY = timedelta(hours=1), timedelta(days=1)
ALWAYS = Period(datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))


@pytest.fixture
def add(county):
    def insert_case(**columns):
        with writing(county) as connection:
            return a_case(connection, **columns)

    return insert_case


@pytest.fixture
def look(county, now):
    """Measure through a fresh view."""

    def run(figures, by=(), period=ALWAYS, scope=EVERYTHING):
        with reading(county) as connection:
            return measure(view_at(connection, now, scope), figures, by, period)

    return run


def test_refused_and_merged_cases_are_no_intake_and_withdrawn_ones_are(add, look):
    for outcome in ("not_accepted", "merged", "withdrawn"):
        add(stage=outcome, close_outcome=outcome)
    assert look((RECEIVED,))[RECEIVED] == {(): Cell(1)}


def test_a_case_is_on_time_at_the_second_of_its_deadline_and_late_one_after(add, look, now):
    due = now - DAY
    add(due_at=due, closed_at=due, stage="closed", close_outcome="resolved")
    add(due_at=due, closed_at=due + timedelta(seconds=1), stage="closed", close_outcome="resolved")
    assert look((ON_TIME_RATE,))[ON_TIME_RATE][()] == Cell(1, 2)


def test_only_what_is_decided_is_in_the_denominator(add, look, now):
    add(due_at=now, title="due this second: missed")
    add(due_at=now + DAY, title="still ahead")
    add(due_at=now + DAY, closed_at=now - DAY, stage="closed", close_outcome="diverted")
    add(due_at=now - DAY, stage="withdrawn", close_outcome="withdrawn")
    counts = look((ON_TIME_RATE, PENDING))
    assert counts[ON_TIME_RATE][()] == Cell(1, 2)
    assert counts[PENDING][()] == Cell(1)


def test_without_anything_due_the_rate_is_undefined(look):
    cell = look((ON_TIME_RATE,))[ON_TIME_RATE][()]
    assert cell.ratio is None


def test_a_case_without_deadline_is_never_overdue(add, look):
    add(due_at=None)
    assert look((IN_HAND, OVERDUE)) == {IN_HAND: {(): Cell(1)}, OVERDUE: {(): Cell(0)}}


def test_a_reported_case_is_not_open_yet(add, look):
    add(accepted_at=None, stage="reported", due_at=None)
    assert look((IN_HAND,))[IN_HAND][()] == Cell(0)


def test_time_in_stage_is_a_mean_that_adds_up(add, look, now):
    add(stage_since=now - HOUR_S, township_code=XIPING)
    add(stage_since=now - 4 * HOUR_S, township_code=HUASHAN)
    add(stage_since=now - 4 * HOUR_S, township_code=HUASHAN)
    cells = look((STAGE_TIME,), (TOWNSHIP,))[STAGE_TIME]
    assert cells[XIPING,].ratio == 3600
    assert total(cells.values()).ratio == 3 * 3600


@pytest.mark.parametrize(
    ("blue", "yellow", "due", "colour"),
    [
        pytest.param(1, 1, 1, "none", id="before every mark"),
        pytest.param(0, 1, 1, "blue", id="at the blue mark"),
        pytest.param(-1, 0, 1, "yellow", id="at the yellow mark"),
        pytest.param(-2, -1, 0, "red", id="at the deadline"),
        pytest.param(-2, -1, None, "yellow", id="paused after the yellow mark"),
        pytest.param(None, None, None, "none", id="no deadline"),
    ],
)
def test_colours_change_at_their_marks(add, look, now, blue, yellow, due, colour):
    def at(hours):
        return None if hours is None else now + hours * HOUR_S

    add(blue_at=at(blue), yellow_at=at(yellow), due_at=at(due))
    assert look((IN_HAND,), (COLOUR,))[IN_HAND] == {(colour,): Cell(1)}
    by_figure = {
        figure.id: cells[()].numerator for figure, cells in look((RED, YELLOW, BLUE)).items()
    }
    assert [name for name in ("blue", "yellow", "red") if by_figure[name]] == (
        [] if colour == "none" else [colour]
    )


def test_keys_are_codes_hours_and_positions(add, look, now):
    add(accepted_at=now - HOUR_S, village_code=None)
    assert set(look((RECEIVED,), (HOUR,))[RECEIVED]) == {(datetime(2026, 3, 18, 5, tzinfo=UTC),)}
    assert set(look((RECEIVED,), (VILLAGE, SITUATION))[RECEIVED]) == {(None, "public_concern")}
    starts = (now - 3 * HOUR_S, now - 2 * HOUR_S, now)
    assert set(look((RECEIVED,), (spans(starts),))[RECEIVED]) == {(1,)}
    assert set(look((RECEIVED,), (spans(starts[:1]),))[RECEIVED]) == {(0,)}


@pytest.mark.parametrize(
    "by", [TOWNSHIP, DEPARTMENT, SITUATION, CATEGORY, STAGE], ids=lambda d: d.id
)
def test_the_parts_of_every_dimension_add_up_to_the_whole(add, look, by):
    add()
    add(township_code=None, lead_dept_id=None, situation=None, category_code=None)
    add(township_code=HUASHAN, lead_dept_id="water", stage="dispatched")
    figures = (RECEIVED, IN_HAND, ON_TIME_RATE, STAGE_TIME)
    whole, parts = look(figures), look(figures, (by,))
    assert {figure: total(parts[figure].values()) for figure in figures} == {
        figure: whole[figure][()] for figure in figures
    }


def test_a_scope_hides_other_areas_and_departments(add, county, look, now):
    add(area_code=XIPING, lead_dept_id="hrss")
    add(area_code=XIPING, lead_dept_id="water")
    hidden = add(area_code=HUASHAN, lead_dept_id="hrss")
    with writing(county) as connection:
        connection.execute(
            insert(tables.case_event).values(
                case_id=hidden, seq=1, at=now, recorded_at=now, type="dispatch", actor_role="dept",
                payload={}, before={}, after={}, source="app", hash="",
            )
        )  # fmt: skip
    scope = Scope("530303001", frozenset({"hrss"}))
    figures = (RECEIVED, IN_HAND, HANDED_OVER)
    assert [cells[()].numerator for cells in look(figures).values()] == [3, 3, 1]
    assert [cells[()].numerator for cells in look(figures, scope=scope).values()] == [1, 1, 0]


def test_one_statement_a_population(county, now):
    statements = []
    event.listen(county, "before_cursor_execute", lambda *call: statements.append(call[2]))
    with reading(county) as connection:
        view = view_at(connection, now)
        statements.clear()
        measure(view, FIGURES, (), ALWAYS)
    assert len(statements) == len({figure.population for figure in FIGURES})


def test_hazards_stand_from_their_finding_to_their_removal(county, look, now):
    with writing(county) as connection:
        for name, found, removed in (("a", -2, None), ("b", -2, -1), ("c", 1, None), ("d", -2, 1)):
            connection.execute(
                insert(tables.hazard_point).values(
                    point_id=name, name=name, risk_level="high", area_code=BAISHUI, status="open",
                    found_at=now + found * DAY, updated_at=now,
                    removed_at=None if removed is None else now + removed * DAY,
                )
            )  # fmt: skip
    assert look((HAZARDS_STANDING,), (RISK,))[HAZARDS_STANDING] == {("high",): Cell(2)}


def test_intelligence_counts_in_the_period_of_its_receipt(county, look, now):
    with writing(county) as connection:
        for number, at in enumerate((now - DAY, now, now + DAY)):
            connection.execute(
                insert(tables.intelligence_item).values(
                    source_channel="grid_app", source_no=str(number), received_at=at,
                    situation="police", area_code=BAISHUI, title="x", status="new",
                )
            )  # fmt: skip
    period = Period(now, now + 2 * DAY)
    assert look((INTELLIGENCE_RECEIVED,), (), period)[INTELLIGENCE_RECEIVED][()] == Cell(1)


def test_a_stock_has_no_hours(look):
    with pytest.raises(ValueError, match="open has no instant"):
        look((IN_HAND,), (HOUR,))
