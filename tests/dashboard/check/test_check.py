"""The check finds nothing in what was recorded, and names what was changed behind its back."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from dashboard.__main__ import main
from dashboard.cases import store
from dashboard.cases.record import record, record_many
from dashboard.check import kept
from dashboard.check.catalogue import RECOUNTS
from dashboard.check.run import check, run_check
from dashboard.check.window import Window
from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.figures.catalogue import FIGURES
from dashboard.settings import Settings
from dashboard.terms import Event
from tests import worlds
from tests.dashboard.cases.strategies import stocks

RULES = worlds.rules()
ZONE = Settings().zone
SLOW = settings(
    max_examples=4,
    phases=[Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def checked(engine, as_of, days=9, processes=1):
    window = Window.until(as_of, days, ZONE)
    with reading(engine) as connection:
        return check(connection, RULES, window, processes=processes)


def named(result):
    return {(one.kind, one.what, one.cases) for one in result.differences}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_every_figure_is_counted_anew_by_a_predicate_of_its_own(figure):
    recount = RECOUNTS[figure.id]
    assert recount.when == figure.population.instant
    assert (recount.base is None) == (figure.denominator is None)
    assert (recount.amount is None) == (figure.amount is None)


def test_nothing_is_counted_anew_that_no_screen_shows():
    assert set(RECOUNTS) == {figure.id for figure in FIGURES}


@given(told=stocks(RULES, max_size=5), back=st.integers(0, 40), keys=st.data())
@SLOW
def test_random_histories_show_no_difference(new_database, told, back, keys):
    engine = new_database()
    with writing(engine) as connection:
        worlds.small_county(connection)
        ids = record_many(connection, [(None, log) for log in told], rules=RULES, now=None)
        for case_id in ids:
            row = {"case_id": case_id, "role": "applicant"}
            row["party_key"] = keys.draw(st.sampled_from(["a", "b", None]))
            connection.execute(insert(tables.party).values(row))
    last = max(one.at for log in told for one in log)
    result = checked(engine, last - timedelta(days=back))
    assert result.differences == ()
    assert (result.found, result.cases) == (0, len(told))
    assert result.events == sum(map(len, told))


@pytest.fixture
def case(county):
    """A closed case of three days, its code, and the moment after it."""
    with writing(county) as connection:
        case_id = worlds.a_history(connection, *worlds.TO_THE_END, every=timedelta(hours=10))
        worlds.a_history(connection, *worlds.UP_TO_WORK, Event.SUPERVISE)
        code = connection.scalar(select(tables.cases.c.case_code).where(tables.cases.c.id == 1))
    return SimpleNamespace(id=case_id, code=code, at=worlds.ACCEPTED + timedelta(days=5))


def tamper(engine, table, where, **values):
    with writing(engine) as connection:
        connection.execute(update(table).where(where).values(**values))


def test_what_was_recorded_is_what_is_shown(county, case):
    assert checked(county, case.at).found == 0


def test_a_changed_column_is_named_with_its_case_and_with_the_figures_it_changes(county, case):
    cases = tables.cases
    tamper(county, cases, cases.c.id == case.id, township_code=worlds.HUASHAN)
    found = named(checked(county, case.at))
    assert ("case", "township_code", (case.code,)) in found
    assert ("figure", "closed", (case.code,)) in found


def test_free_text_that_was_changed_is_named_and_not_repeated(county, case):
    tamper(county, tables.cases, tables.cases.c.id == case.id, title="张三的事")
    (one,) = checked(county, case.at).differences
    assert (one.kind, one.what, one.cases) == ("case", "title", (case.code,))
    assert "张三" not in str(one.document())


def test_a_changed_stretch_is_named(county, case):
    hold = tables.case_hold
    tamper(county, hold, hold.c.case_id == case.id, lead_dept_id="water")
    found = named(checked(county, case.at))
    assert ("hold", "1.lead_dept_id", (case.code,)) in found
    assert ("figure", "stock_left", (case.code,)) in found


def test_a_changed_image_of_an_event_is_named(county, case):
    event = tables.case_event
    where = (event.c.case_id == case.id) & (event.c.seq == 3)
    tamper(county, event, where, before={"stage": "reported"})
    found = named(checked(county, case.at))
    assert ("event", "3.before", (case.code,)) in found
    assert ("log", "3", (case.code,)) in found


def test_a_case_without_events_is_named(county, case):
    with writing(county) as connection:
        added = worlds.a_case(connection)
        code = connection.scalar(select(tables.cases.c.case_code).where(tables.cases.c.id == added))
    assert ("log", "events", (code,)) in named(checked(county, case.at))


def test_an_order_about_a_case_is_counted_where_the_case_is(county, case):
    window = Window.until(case.at, 9, ZONE)
    tamper(county, tables.supervision_order, tables.supervision_order.c.number == 1, colour="red")
    with reading(county) as connection:
        found = {
            (one.what, one.unit): one.recomputed
            for one in check(connection, RULES, window).differences
            if one.kind == "figure"
        }
    assert found == {}  # both sides read the order as it stands, and find it in its township


@pytest.mark.parametrize(("was", "becomes"), [(worlds.COUNTY, worlds.XIPING),
                                              (worlds.XIPING, worlds.HUASHAN)])  # fmt: skip
def test_what_is_about_a_case_is_counted_where_the_case_lay_then(county, was, becomes):
    """A random history once had an order counted where its case was moved to a day later."""
    to_work = (*worlds.UP_TO_WORK, Event.SUPERVISE)
    with writing(county) as connection:
        case_id = worlds.a_history(connection, *to_work, area_code=was)
        later = worlds.ACCEPTED + timedelta(hours=30)
        moved = worlds.a_happening(Event.CORRECT, later, corrects=1, area_code=becomes)
        record(connection, moved, case_id=case_id, rules=RULES, now=later)
    before = worlds.ACCEPTED + timedelta(hours=20)
    assert checked(county, before).differences == ()
    assert checked(county, later).differences == ()


def test_a_median_of_another_amount_is_named_though_sum_and_number_agree(county):
    with writing(county) as connection:
        ids = [
            worlds.a_history(connection, *worlds.TO_THE_END, every=timedelta(hours=hours))
            for hours in (10, 20, 40)
        ]
        columns = tables.cases.c.id, tables.cases.c.handle_minutes
        took = dict(connection.execute(select(*columns)).all())
    for case_id, by in zip(ids[1:], (60, -60), strict=True):
        wrong = took[case_id] + by
        tamper(county, tables.cases, tables.cases.c.id == case_id, handle_minutes=wrong)
    result = checked(county, worlds.ACCEPTED + timedelta(days=15), days=15)
    found = {
        one.what
        for one in result.differences
        if (one.kind, one.unit, one.day) == ("figure", "whole", "2026-03")
    }
    assert found == {
        f"{figure}.{which}"
        for figure in ("settling_time", "handling_time")
        for which in ("median", "p90")
    }


def test_in_processes_of_its_own_it_comes_to_the_same(county, case, monkeypatch):
    monkeypatch.setattr(kept, "CHUNK_CASES", 1)
    with writing(county) as connection:
        for hours in (3, 5, 7):
            worlds.a_history(connection, *worlds.TO_THE_END, every=timedelta(hours=hours))
    tamper(county, tables.cases, tables.cases.c.id == case.id, township_code=worlds.HUASHAN)
    alone = checked(county, case.at)
    shared = checked(county, case.at, processes=2)
    assert alone.found > 0
    assert shared.differences == alone.differences
    assert (shared.found, shared.cases, shared.events) == (alone.found, alone.cases, alone.events)


def test_rows_of_the_log_are_read_in_the_order_they_are_hashed_in():
    assert kept.LogRow._fields == store.EVENT_COLUMNS


def test_a_run_is_written_down(county, case, now):
    tamper(county, tables.cases, tables.cases.c.id == case.id, return_count=7)
    window = Window.until(case.at, 3, ZONE)
    run_check(county, lambda _: RULES, window, lambda: now)
    with reading(county) as connection:
        (row,) = connection.execute(select(tables.check_run)).all()
    assert (row.cases, row.events, row.as_of) == (2, 12, case.at)
    assert row.differences["found"] >= 1
    assert row.differences["named"][0]["what"] == "return_count"


def test_the_command_finds_a_small_demo_in_order_and_exits_1_once_it_is_not(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WUQING_SETTINGS", raising=False)
    until = "2026-03-18T14:20+08:00"

    def wuqing(*arguments):
        return CliRunner().invoke(main, arguments)

    assert wuqing("demo", "--years", "0.02", "--until", until).exit_code == 0
    sound = wuqing("check", "--days", "4", "--as-of", until)
    assert "no differences" in sound.output
    assert sound.exit_code == 0
    from dashboard.database.engine import open_engine

    engine = open_engine(f"sqlite:///{tmp_path / 'var/wuqing.db'}")
    tamper(engine, tables.cases, tables.cases.c.id == 5, stage="accepted")
    engine.dispose()
    broken = wuqing("check", "--days", "1", "--as-of", until)
    assert broken.exit_code == 1
    assert "case stage: shown accepted" in broken.output
