"""What stands beside the demo's cases: parties, points, visits, calls for help, inhabitants."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlalchemy import Engine, func, select

from dashboard.database import tables
from dashboard.database.engine import reading
from dashboard.demo.county import AREA_CODE, TOWN_WEIGHTS, County
from dashboard.demo.grid import worker_of, workers
from dashboard.demo.grids import Grids
from dashboard.demo.people import inhabitants
from dashboard.demo.put import Put
from dashboard.terms import CaseKind, Channel, Level
from tests.dashboard.demo.conftest import BEGINS, Played

NOON = datetime(2026, 3, 18, 4, 0, 5, tzinfo=UTC)


def puts(played: Played, table: str) -> list[Put]:
    return [put for put in played.puts if put.table == table]


def rows(played: Played, table: str) -> list[dict[str, object]]:
    found: dict[tuple[object, ...], dict[str, object]] = {}
    for put in puts(played, table):
        found.setdefault(tuple(put.key.values()), dict(put.key)).update(put.values)
    return list(found.values())


def test_parties_are_masked_and_told_again_by_made_up_keys(half_a_year: Played):
    parties = rows(half_a_year, "party")
    assert all(re.fullmatch(r"[一-鿿]某某", str(one["name_masked"])) for one in parties)
    keys = [str(one["party_key"]) for one in parties if one["party_key"]]
    assert all(re.fullmatch(r"[0-9a-f]{16}", key) for key in keys)
    assert 0.8 <= len(keys) / len(parties) <= 0.95
    assert max(Counter(keys).values()) == 2


def test_some_parties_call_again_and_some_petition_again(half_a_year: Played):
    again = {key: state for key, state in half_a_year.states.items() if state["is_repeat"]}
    kinds = Counter((state["source_channel"], state["case_kind"]) for state in again.values())
    assert set(kinds) == {
        (Channel.POLICE_110, CaseKind.DISPUTE),
        (Channel.PETITION, CaseKind.PETITION),
    }
    assert 0.02 <= len(again) / len(half_a_year.states) <= 0.07
    for state in again.values():
        (earlier,) = state["linked_case_ids"]
        first = half_a_year.states[tuple(earlier)]
        assert first["reported_at"] < state["reported_at"]
        assert first["area_code"] == state["area_code"]


def test_key_cases_have_an_official_a_plan_and_a_task_force(half_a_year: Played):
    led = [state for state in half_a_year.states.values() if state["lead_official"]]
    assert led
    assert all(state["plan_text"] and state["task_force"] for state in led)
    assert {state["level"] for state in led} == {Level.MAJOR}


def test_cases_that_are_handed_out_name_their_responsibility_item(half_a_year: Played):
    dispatched = [state for state in half_a_year.states.values() if state["first_dispatched_at"]]
    named = [state for state in dispatched if state["responsibility_item_id"]]
    assert len(named) / len(dispatched) > 0.8


def test_every_grid_has_a_worker_with_a_number_for_a_name(demo_grids: Grids):
    known = workers(demo_grids, BEGINS)
    assert [row["area_code"] for row in known] == [grid.area_code for grid in demo_grids.areas]
    assert {row["township_code"] for row in known} == set(TOWN_WEIGHTS)
    assert len({row["worker_id"] for row in known}) == len(known)
    assert max(len(str(row["worker_id"])) for row in known) <= 32
    assert all(re.fullmatch(r"演示网格员\d{3}", str(row["name"])) for row in known)
    assert len({row["name"] for row in known}) == len(known)


def test_points_are_entered_once_and_taken_back_by_name(half_a_year: Played, demo_grids: Grids):
    entries = rows(half_a_year, "points_entry")
    assert len(entries) == len(puts(half_a_year, "points_entry"))
    known = {worker_of(grid.area_code) for grid in demo_grids.areas}
    assert {entry["worker_id"] for entry in entries} <= known
    by_id = {entry["entry_id"]: entry for entry in entries}
    back = [entry for entry in entries if entry["reverses"]]
    assert back
    for entry in back:
        first = by_id[entry["reverses"]]
        assert (entry["points"], entry["worker_id"]) == (-first["points"], first["worker_id"])
        assert entry["at"] > first["at"]
    assert len({entry["rule_id"] for entry in entries}) == 5


def test_what_is_settled_in_a_grid_earns_its_own_worker_points(half_a_year: Played):
    earned = {(entry["worker_id"], entry["case_id"]) for entry in rows(half_a_year, "points_entry")
              if entry["rule_id"] == "settled_in_grid" and not entry["reverses"]}  # fmt: skip
    assert earned
    for worker, case in earned:
        state = half_a_year.states[case]
        assert worker == worker_of(state["area_code"])
        assert state["case_kind"] == CaseKind.DISPUTE
        assert state["handling_area_code"] in (None, state["area_code"])  # None: not yet


def test_visits_and_patrols_are_made_by_the_worker_of_their_grid(half_a_year: Played):
    tasks = rows(half_a_year, "inspection_task")
    assert all(task["assignee"] == worker_of(str(task["area_code"])) for task in tasks)


def test_most_visits_are_made_and_some_are_not(half_a_year: Played):
    tasks = [task for task in rows(half_a_year, "inspection_task") if task["due_at"] < NOON]
    never = [task for task in tasks if task.get("done_at") is None]
    late = [task for task in tasks if task.get("done_at") and task["done_at"] > task["due_at"]]
    assert {task["program"] for task in tasks} == {"patrol", "household", "ten_inspections"}
    assert 0.01 <= len(never) / len(tasks) <= 0.12
    assert 0.01 <= len(late) / len(tasks) <= 0.12


def test_a_few_whistles_are_blown_a_week(half_a_year: Played):
    blown = rows(half_a_year, "whistle")
    assert 26 <= len(blown) <= 130
    assert any(one.get("arrived_at") is None for one in blown)
    assert all(one["arrived_at"] > one["raised_at"] for one in blown if one.get("arrived_at"))


def test_a_county_has_the_people_of_its_townships(demo_county: County):
    people = inhabitants(demo_county)
    towns = [people[town.area_code] for town in demo_county.townships]
    assert people[AREA_CODE] == sum(towns)
    assert min(towns) > 5_000
    assert min(people.values()) > 100


def test_rows_beside_a_case_name_its_id(
    demo_until: Callable[[datetime], Engine], demo_grids: Grids
):
    engine = demo_until(NOON)
    with reading(engine) as connection:
        cases = set(connection.scalars(select(tables.cases.c.id)))
        parties = set(connection.scalars(select(tables.party.c.case_id)))
        named = set(connection.scalars(select(tables.points_entry.c.case_id))) - {None}
        linked = connection.scalars(
            select(tables.cases.c.linked_case_ids).where(tables.cases.c.is_repeat.is_(True))
        ).all()
        people = connection.scalar(
            select(func.count()).where(tables.area.c.population > 0, tables.area.c.households > 0)
        )
        day = connection.scalar(select(func.min(tables.grid_worker.c.on_duty_from)))
        facts = dict(connection.execute(select(tables.site.c.key, tables.site.c.value)).all())
    assert parties
    assert parties <= cases
    assert named
    assert named <= cases
    assert all(set(ids) <= cases for ids in linked)
    assert people == 147 + len(demo_grids.areas)
    assert isinstance(day, date)
    assert facts["awards"]["eligible_from_due"] == 5
    assert len(facts["points"]["rules"]) == 5
