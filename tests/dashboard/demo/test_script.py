"""The shape of the demo's histories: legal, deterministic, without persons, believable."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from dashboard.calendar import WorkCalendar
from dashboard.cases.area import village_of
from dashboard.cases.happening import Happening
from dashboard.cases.state import State
from dashboard.demo.county import load_county
from dashboard.demo.grids import Grids
from dashboard.demo.put import Put
from dashboard.demo.script import Act, Pace
from dashboard.duty.removed import KEY
from dashboard.duty.shift import DutyRole
from dashboard.terms import AreaLevel, CaseKind, Channel, Event, Level, Outcome, Risk, Role, Stage
from geodata.boundaries import load_boundaries
from geodata.locate import Outlines
from tests.dashboard.demo.conftest import SHANGHAI, UNTIL, Played

Play = Callable[..., Iterator[Act]]

HAN = re.compile(r"[一-鿿]")
PERSONAL = re.compile(r"\d{11}|\d{17}[\dXx]|先生|女士|某某")
TEN_DAYS_ON = date(2025, 9, 11)


def reported(played: Played) -> list[datetime]:
    first = {Event.REPORT, Event.REGISTER}
    return [step.at.astimezone(SHANGHAI) for _, step in played.steps if step.event in first]


def whole_days(instants: list[datetime]) -> Counter[date]:
    counts = Counter(instant.date() for instant in instants)
    del counts[UNTIL.astimezone(SHANGHAI).date()]
    return counts


def received(played: Played) -> list[datetime]:
    return [
        put.at.astimezone(SHANGHAI)
        for put in played.puts
        if put.table == "intelligence_item" and put.new
    ]


def test_the_same_seed_plays_the_same_acts(script: Play):
    end = datetime(2025, 9, 6, 3, 0, tzinfo=UTC)
    assert list(script(until=end)) == list(script(until=end))
    assert list(script(until=end)) != list(script(until=end, seed=8))


def test_a_script_taken_up_later_plays_the_same_cases_of_later_days(script: Play):
    end = datetime(2025, 9, 14, 3, 0, tzinfo=UTC)
    whole = [act for act in script(until=end) if act.case and act.case[1] >= "20250911"]
    later = [act for act in script(begins=TEN_DAYS_ON, until=end) if act.case]
    assert sorted(map(repr, whole)) == sorted(map(repr, later))


def test_acts_come_in_the_order_of_time(half_a_year: Played):
    instants = [step.at for _, step in half_a_year.steps]
    assert instants == sorted(instants)
    assert instants[-1] <= UNTIL


def test_about_fifty_cases_arrive_a_day_and_fewer_on_days_off(half_a_year: Played):
    calendar, days = WorkCalendar.load(SHANGHAI), whole_days(reported(half_a_year))
    working = [count for day, count in days.items() if calendar.is_working(day)]
    off = [count for day, count in days.items() if not calendar.is_working(day)]
    assert 40 <= sum(days.values()) / len(days) <= 56
    assert 1.4 <= (sum(working) / len(working)) / (sum(off) / len(off)) <= 3


def test_most_cases_arrive_in_office_hours_and_few_at_night(half_a_year: Played):
    hours = Counter(instant.hour for instant in reported(half_a_year))
    total = sum(hours.values())
    assert 0.6 <= sum(hours[hour] for hour in range(8, 18)) / total <= 0.9
    assert sum(hours[hour] for hour in range(6)) / total < 0.05


def test_bursts_bring_more_than_ten_cases_within_ten_minutes(half_a_year: Played):
    instants = sorted(reported(half_a_year))
    ends = (bisect_left(instants, at + timedelta(minutes=10)) for at in instants)
    assert sum(end - start > 10 for start, end in enumerate(ends)) > 20


def test_at_least_a_hundred_intelligence_items_arrive_on_every_day(half_a_year: Played):
    assert min(whole_days(received(half_a_year)).values()) >= 100


def test_every_event_of_a_handled_case_happens_somewhere(half_a_year: Played):
    expected = set(Event) - {
        # the profile has no first mediation; the rest waits for screens that use it
        Event.START_FIRST_MEDIATION, Event.ESCALATE_LEVEL, Event.EVALUATE, Event.CORRECT,
        Event.ADOPT,
    }  # fmt: skip
    assert {step.event for _, step in half_a_year.steps} == expected


def test_the_stock_looks_like_that_of_a_county(half_a_year: Played):
    stock = [
        state
        for state in half_a_year.states.values()
        if state["accepted_at"] is not None and state["left_at"] is None
    ]
    stages = Counter(state["stage"] for state in stock)
    overdue = [state for state in stock if state["due_at"] and state["due_at"] <= UNTIL]
    assert 220 <= len(stock) <= 380
    assert 2 <= len(overdue) <= 14
    assert stages.most_common(1)[0][0] == Stage.IN_PROCESS
    assert set(stages) > {Stage.ASSESSED, Stage.DISPATCHED, Stage.REPORTED_BACK, Stage.FOLLOW_UP}


def test_most_cases_are_closed_on_time_but_not_all(half_a_year: Played):
    due = [
        state
        for state in half_a_year.states.values()
        if state["due_at"]
        and state["due_at"] <= UNTIL
        and state["close_outcome"] not in (Outcome.WITHDRAWN, Outcome.MERGED)
    ]
    met = [state for state in due if state["closed_at"] and state["closed_at"] <= state["due_at"]]
    assert 0.93 <= len(met) / len(due) <= 0.985


def test_cases_end_in_every_way_and_some_come_back(half_a_year: Played):
    states = half_a_year.states.values()
    outcomes = {state["close_outcome"] for state in states} - {None}
    assert outcomes >= {
        Outcome.RESOLVED,
        Outcome.DIVERTED,
        Outcome.WITHDRAWN,
        Outcome.MERGED,
        Outcome.NOT_ACCEPTED,
    }
    assert any(state["reopen_count"] for state in states)
    assert any(state["satisfaction"] == "dissatisfied" for state in states)


def test_most_cases_lie_in_a_grid_of_their_village(half_a_year: Played, demo_grids: Grids):
    known = {grid.area_code for grid in demo_grids.areas}
    codes = [state["area_code"] for state in half_a_year.states.values()]
    placed = [code for code in codes if code in known]
    assert 0.85 <= len(placed) / len(codes) <= 0.97
    assert set(placed) == known
    assert all(len(code) == 12 for code in codes if code not in known)
    assert all(row["area_code"] in known for row in hazards(half_a_year))


def shares_of(states: list[State]) -> dict[str, float]:
    counts = Counter(state["resolved_level"] for state in states)
    return {level: count / len(states) for level, count in counts.items()}


def test_half_of_the_disputes_are_resolved_in_villages_and_most_else_in_townships(
    half_a_year: Played,
):
    resolved = [
        state for state in half_a_year.states.values() if state["close_outcome"] == Outcome.RESOLVED
    ]
    whole = shares_of(resolved)
    disputes = shares_of([one for one in resolved if one["case_kind"] == CaseKind.DISPUTE])
    assert 0.45 <= disputes[AreaLevel.VILLAGE] <= 0.6
    assert 0.25 <= whole[AreaLevel.VILLAGE] <= 0.4
    assert 0.90 <= whole[AreaLevel.VILLAGE] + whole[AreaLevel.TOWNSHIP] <= 0.935  # 91.7 %, 1.10
    assert set(whole) == {AreaLevel.VILLAGE, AreaLevel.TOWNSHIP, AreaLevel.COUNTY}


def test_a_grid_settles_what_its_worker_found_and_nothing_large(half_a_year: Played):
    settled = [
        state
        for state in half_a_year.states.values()
        if len(state["handling_area_code"] or "") == 15
    ]
    assert len(settled) > 100
    for state in settled:
        assert state["source_channel"] == Channel.GRID_APP
        assert state["handling_area_code"] == state["area_code"]
        assert state["level"] in (Level.SIMPLE, Level.GENERAL, Level.LARGER)
        if state["close_outcome"] == Outcome.RESOLVED:
            assert state["resolved_level"] == AreaLevel.VILLAGE


def test_who_reports_back_is_of_the_area_that_handles_the_case(half_a_year: Played):
    for case, step in half_a_year.steps:
        if step.event not in (Event.REPORT_BACK, Event.SETTLE_ON_SPOT):
            continue
        area = half_a_year.states[case]["handling_area_code"]
        inside = step.actor.role in (Role.VILLAGE, Role.MEDIATOR)
        assert inside == (village_of(area) is not None)
        assert not inside or step.actor.org_id == village_of(area)


def test_every_title_has_an_english_form_and_names_no_person(half_a_year: Played):
    titles = [(state["title"], state["title_en"]) for state in half_a_year.states.values()]
    titles += [
        (str(put.values["title"]), str(put.values["title_en"]))
        for put in half_a_year.puts
        if "title" in put.values and put.table != "decision"  # people type it in one language
    ]
    assert all(HAN.search(zh) and en and not HAN.search(en) for zh, en in titles)
    assert not [text for pair in titles for text in pair if PERSONAL.search(text)]
    assert max(len(zh) for zh, _ in titles) <= 100
    assert max(len(en) for _, en in titles) <= 160


def hazards(played: Played) -> list[dict[str, object]]:
    rows: dict[str, dict[str, object]] = {}
    for put in played.puts:
        if put.table == "hazard_point":
            rows.setdefault(str(put.key["point_id"]), {}).update(put.values)
    return list(rows.values())


def test_hazard_points_lie_in_the_townships_they_name(half_a_year: Played):
    outlines = Outlines(load_boundaries("530303000000"))
    for row in hazards(half_a_year):
        assert outlines.code_at(row["lon"], row["lat"]) == row["township_code"]


def test_about_eighteen_hazard_points_are_open(half_a_year: Played):
    risks = Counter(row["risk_level"] for row in hazards(half_a_year) if "removed_at" not in row)
    assert 1 <= risks[Risk.HIGH] <= 4
    assert 2 <= risks[Risk.MEDIUM] <= 7
    assert 7 <= risks[Risk.LOW] <= 18


def shifts_of(played: Played, role: str) -> list[dict[str, object]]:
    puts = [put for put in played.puts if put.table == "duty_shift"]
    return [{**put.key, **put.values} for put in puts if put.key["role"] == role]


def test_the_roster_names_who_leads_at_every_moment(half_a_year: Played):
    shifts = shifts_of(half_a_year, "duty_leader")
    ends = [shift["ends_at"] for shift in shifts]
    starts = [shift["starts_at"] for shift in shifts]
    assert starts[1:] == ends[:-1]
    assert max(ends) > UNTIL
    assert all(str(shift["person_name"]).endswith("主任") for shift in shifts)


def test_every_role_has_shifts_and_offices_have_none_on_days_off(half_a_year: Played):
    calendar = WorkCalendar.load(SHANGHAI)
    departments = {department.dept_id for department in load_county().departments}
    for role in DutyRole:
        shifts = shifts_of(half_a_year, role)
        days_off = {one["date"] for one in shifts if not calendar.is_working(one["date"])}
        assert bool(days_off) == (role in (DutyRole.DUTY_LEADER, DutyRole.OPERATOR)), role
        assert len({tuple(one[name] for name in KEY) for one in shifts}) == len(shifts) > 100
        named = {one["dept_id"] for one in shifts}
        assert named <= departments if role is DutyRole.DEPT_DUTY else named == {None}


def test_a_busier_pace_brings_more_from_its_beginning_on(script: Play):
    end, since = datetime(2025, 9, 3, 9, 0, tzinfo=UTC), datetime(2025, 9, 2, 9, 0, tzinfo=UTC)
    calm = list(script(until=end))
    busy = list(script(until=end, paces=(Pace(since, 5),)))
    assert [act for act in busy if act.what.at < since] == [
        act for act in calm if act.what.at < since
    ]
    assert sum(is_new(act) and act.what.at >= since for act in busy) > 3 * sum(
        is_new(act) and act.what.at >= since for act in calm
    )


def is_new(act: Act) -> bool:
    if isinstance(act.what, Happening):
        return act.what.event in {Event.REPORT, Event.REGISTER}
    return isinstance(act.what, Put) and act.what.table == "intelligence_item" and act.what.new
