"""The page of a case, as of a moment and as known then."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from dashboard.calendar import WorkCalendar
from dashboard.cases import code as codes
from dashboard.cases.record import record
from dashboard.centre import Centre
from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.database.tripwire import guard
from dashboard.drilldown.case import CasePage, Mistyped, Next, StageMark, Tie
from dashboard.drilldown.read_case import read_case
from dashboard.figures.scope import EVERYTHING, Scope
from dashboard.figures.view import view_at
from dashboard.profile import load_profile
from dashboard.settings import Settings
from dashboard.terms import Event, Stage
from tests import worlds
from tests.dashboard.cases.contents import state_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
START = worlds.ACCEPTED
LIMITS = worlds.rules().deadlines.rules


def a_centre(profile="zhanyi", **settings):
    chosen = Settings(profile=profile, deadlines=LIMITS, **settings)
    return Centre(
        settings=chosen, profile=load_profile(profile), calendar=WorkCalendar.load(chosen.zone)
    )


@pytest.fixture
def read(county, now):
    def page(code, *, as_of=now, known_at=None, scope=EVERYTHING, centre=None):
        centre = centre or a_centre()
        if isinstance(code, int):
            with reading(county) as connection:
                code = state_of(connection, code)["case_code"]
        with reading(county, scope) as connection:
            rules = lambda: centre.rules_of(connection)  # noqa: E731
            view = view_at(connection, as_of, scope, rules=rules, known_at=known_at)
            return read_case(view, centre, code)

    return page


@pytest.fixture
def a_case(county):
    def make(*events, **facts):
        with writing(county) as connection:
            return worlds.a_history(connection, *events, **facts)

    return make


@pytest.fixture
def add(county):
    def to(case_id, event, at, now=None, **facts):
        happening = worlds.a_happening(event, at, **facts)
        with writing(county) as connection:
            record(connection, happening, case_id=case_id, rules=worlds.rules(), now=now or at)

    return to


def test_a_case_in_process_shows_where_it_is_and_how_it_got_there(read, a_case):
    page = read(a_case())
    marks = {step.code: step.mark for step in page.stages}
    assert list(marks) == [
        Stage.ACCEPTED,
        Stage.ASSESSED,
        Stage.DISPATCHED,
        Stage.IN_PROCESS,
        Stage.REPORTED_BACK,
        Stage.FOLLOW_UP,
        Stage.CLOSED,
    ]
    assert (
        list(marks.values()) == [StageMark.PASSED] * 3 + [StageMark.CURRENT] + [StageMark.AHEAD] * 3
    )
    by_code = {step.code: step for step in page.stages}
    assert by_code[Stage.ACCEPTED].entered_at == START + HOUR
    assert by_code[Stage.ACCEPTED].spent_s == 3600
    assert by_code[Stage.ASSESSED].entered_at is None
    assert by_code[Stage.IN_PROCESS].spent_s == int((page.as_of - START - 3 * HOUR).total_seconds())
    assert by_code[Stage.CLOSED].entered_at is None
    assert [entry.event for entry in page.entries] == list(worlds.UP_TO_WORK)


def test_the_clock_of_the_page_is_the_stored_one(read, a_case):
    page = read(a_case())
    assert page.account.due_at == page.row.due_at
    assert page.agrees
    other = a_centre()
    changed = tuple(limit.model_copy(update={"amount": 9}) for limit in LIMITS)
    settings = other.settings.model_copy(update={"deadlines": changed})
    told = Centre(settings=settings, profile=other.profile, calendar=other.calendar)
    assert not read(page.row.code, centre=told).agrees


def test_what_happened_after_the_moment_is_not_shown(read, a_case):
    case_id = a_case(*worlds.TO_THE_END)
    page = read(case_id, as_of=START + 3 * HOUR)
    assert (page.row.stage, page.row.closed_at) == (Stage.IN_PROCESS, None)
    assert len(page.entries) == 4
    assert page.follow_ups.attempts == ()
    assert page.account.closed_at is None
    assert page.held_total_s == 2 * 3600
    assert read(case_id, as_of=START - HOUR) is None


def test_what_was_recorded_later_is_left_out_when_asked_as_known_then(read, a_case, add):
    case_id = a_case()
    add(case_id, Event.PROGRESS, START + 4 * HOUR, now=START + 3 * DAY)
    then = START + DAY
    assert len(read(case_id, as_of=then).entries) == 5
    assert len(read(case_id, as_of=then, known_at=then).entries) == 4


def test_a_correction_is_an_entry_of_its_own_and_a_late_event_is_marked(read, a_case, add):
    case_id = a_case()
    add(case_id, Event.CORRECT, START + 5 * HOUR, corrects=2, amount_involved=500.0)
    add(case_id, Event.PROGRESS, START + 4 * HOUR, note="电话 13900001111 联系", now=START + DAY)
    page = read(case_id)
    assert [entry.seq for entry in page.entries] == [1, 2, 3, 4, 6, 5]
    progress, correction = page.entries[-2:]
    assert (progress.late, progress.text) == (True, "电话 *** 联系")
    assert (correction.corrects, correction.changed) == (2, ("amount_involved",))


def test_time_in_hands_adds_up_to_the_time_in_stock(read, a_case, add):
    case_id = a_case(*worlds.TO_THE_END)
    add(case_id, Event.REOPEN, START + 10 * HOUR)
    page = read(case_id, as_of=START + 20 * HOUR)
    assert [(one.department, one.seconds // 3600, one.holds_now) for one in page.held] == [
        (None, 1, False),
        ("hrss", 4 + 10, True),
    ]
    assert page.held_total_s == sum(one.seconds for one in page.held) == 15 * 3600


def test_follow_ups_say_what_closing_needs(read, a_case, add):
    case_id = a_case(*worlds.UP_TO_WORK, Event.REPORT_BACK)
    assert read(case_id).next[-1] is Next.FOLLOW_UP
    for attempt in range(3):
        add(case_id, Event.FOLLOW_UP, START + (6 + attempt) * HOUR, reached=False)
    page = read(case_id)
    assert (page.follow_ups.failed, page.follow_ups.confirmed) == (3, False)
    assert page.next[-1] is Next.CLOSE_FAILED
    add(case_id, Event.FOLLOW_UP, START + 10 * HOUR)
    assert read(case_id).next[-1] is Next.CLOSE
    assert read(case_id, as_of=START + 7 * HOUR).next[-1] is Next.RETRY


def test_orders_stand_as_they_did_at_the_moment(read, a_case, add):
    case_id = a_case()
    add(case_id, Event.SUPERVISE, START + DAY)
    add(case_id, Event.SUPERVISE_REPLY, START + 2 * DAY)
    assert [order.status for order in read(case_id).sheets.orders] == ["replied"]
    page = read(case_id, as_of=START + DAY)
    assert [order.status for order in page.sheets.orders] == ["issued"]
    assert Next.REPLY in page.next


def test_sheets_come_from_the_events_and_the_set_from_the_profile(read, a_case):
    sheets = read(a_case()).sheets
    assert (sheets.set.name, sheets.set.members) == ("两函一单", ())
    assert {row.number for row in sheets.rows} == {"P1"}


def test_an_overdue_case_without_a_reason_asks_for_one(read, a_case):
    assert Next.REASON in read(a_case()).next
    assert Next.REASON not in read(a_case(overdue_reason="等鉴定")).next


def parties(county, **keys):
    with writing(county) as connection:
        rows = [
            {"case_id": case_id, "role": "applicant", "name_masked": "陈某某", "party_key": key}
            for case_id, key in keys.values()
        ]
        connection.execute(insert(tables.party), rows)


def test_linked_cases_say_why(read, a_case, add, county):
    mine = a_case()
    named = a_case(linked_case_ids=[mine])
    merged = a_case()
    add(merged, Event.MERGE, START + 5 * HOUR, merged_into=mine)
    long_ago = a_case(start=START - 366 * DAY)
    stranger = a_case()
    parties(
        county, a=(mine, "k1"), b=(named, "k1"), c=(long_ago, "k1"), d=(stranger, "k2"),
    )  # fmt: skip
    assert {one.row.id: one.ties for one in read(mine).linked} == {
        merged: (Tie.MERGED_HERE,),
        named: (Tie.NAMED_BY, Tie.SAME_PARTY),
    }
    assert {one.row.id: one.ties for one in read(named).linked} == {
        mine: (Tie.NAMED, Tie.SAME_PARTY)
    }
    assert [one.ties for one in read(merged).linked] == [(Tie.MERGED_INTO,)]
    assert [party.name for party in read(mine).parties] == ["陈某某"]


def test_cases_that_name_this_one_are_linked_wherever_they_name_it(read, a_case):
    mine, other = a_case(), a_case()
    later = START + HOUR
    lists = ([mine], [mine, other], [other, mine], [other, mine, other])
    found = {a_case(start=later, linked_case_ids=ids) for ids in lists}
    a_case(linked_case_ids=[mine * 10, mine + 10**6])
    repeat = a_case(start=later, linked_case_ids=[mine], is_repeat=True)
    ties = {one.row.id: one.ties for one in read(mine).linked}
    assert ties == dict.fromkeys(found, (Tie.FOLLOWED_BY,)) | {repeat: (Tie.REPEATED_BY,)}
    assert [one.ties for one in read(repeat).linked] == [(Tie.REPEATS,)]
    assert read(mine, as_of=START).linked == ()


def test_a_case_outside_the_scope_that_names_this_one_stays_unseen(read, a_case):
    mine = a_case(area_code=worlds.XIPING)
    a_case(area_code=worlds.BAISHUI, linked_case_ids=[mine])
    assert read(mine, scope=Scope(area=worlds.XIPING)).linked == ()
    assert len(read(mine).linked) == 1


@pytest.mark.parametrize(
    "scope", [Scope(area="530303001"), Scope(departments=frozenset({"hrss"}))], ids=["area", "unit"]
)
def test_a_reader_who_is_bound_sees_the_page_and_nothing_that_is_not_theirs(
    read, a_case, add, county, scope
):
    mine = a_case(area_code=worlds.XIPING)
    theirs = a_case(area_code=worlds.BAISHUI, linked_case_ids=[mine])
    add(theirs, Event.REASSIGN, START + 4 * HOUR, dept_id="water")
    parties(county, a=(mine, "k1"), b=(theirs, "k1"))
    add(theirs, Event.MERGE, START + 5 * HOUR, merged_into=mine)
    guard(county)
    whole, page = read(mine), read(mine, scope=scope)
    assert len(whole.linked) == 1
    assert page.linked == ()
    assert (page.held, page.parties, page.entries) == (whole.held, whole.parties, whole.entries)
    assert page.matter.people == 1
    assert read(theirs, scope=scope) is None


def test_a_mistyped_code_is_told_from_an_unknown_one(read, a_case):
    code = read(a_case()).row.code
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert read(wrong) == Mistyped(code=wrong, meant=code)
    absent = "530303-20200101-D00001"
    assert read(f"{absent}-{codes.check_character(absent)}") is None
    assert read("nonsense") is None
    assert read("") is None
    assert isinstance(read(code.lower()), CasePage)


def test_a_row_without_a_log_is_shown_as_far_as_it_goes(read, county):
    with writing(county) as connection:
        case_id = worlds.a_case(connection, case_code="530303-20260310-D00001-0")
    page = read(case_id)
    assert (page.account, page.entries, page.code_fits) == (None, (), False)
    assert page.stages[3].mark is StageMark.CURRENT


def test_a_case_outside_the_readers_scope_is_not_there(read, a_case):
    case_id = a_case()
    assert read(case_id, scope=Scope(area="530303001")) is not None
    assert read(case_id, scope=Scope(area="530303004")) is None


def test_the_code_others_scan_carries_the_public_address(read, a_case):
    case_id = a_case()
    assert read(case_id).url == read(case_id).row.code
    server = {"public_url": "https://wuqing.example/"}
    page = read(case_id, centre=a_centre(server=server))
    assert page.url == f"https://wuqing.example/case/{page.row.code}"


def test_a_withdrawn_case_has_no_stage_and_nothing_to_do(read, a_case):
    page = read(a_case(*worlds.UP_TO_WORK, Event.WITHDRAW))
    assert StageMark.CURRENT not in {step.mark for step in page.stages}
    assert page.next == ()


def test_a_deadline_that_passed_stays_marked_when_a_reopening_sets_a_new_one(read, a_case, add):
    case_id = a_case()
    first = read(case_id).row.due_at
    for event, days in ((Event.REPORT_BACK, 5), (Event.FOLLOW_UP, 6), (Event.CLOSE, 7)):
        add(case_id, event, START + days * DAY)
    add(case_id, Event.REOPEN, START + 9 * DAY)
    page = read(case_id, as_of=START + 30 * DAY)
    assert page.passed == (first, page.account.due_at)
    assert read(case_id, as_of=START + 10 * DAY).passed == (first,)
    assert read(case_id, as_of=first).passed == ()


def test_a_deadline_kept_or_moved_in_time_has_not_passed(read, a_case, add):
    assert read(a_case(*worlds.TO_THE_END)).passed == ()
    moved = a_case()
    add(moved, Event.EXTEND, START + DAY)
    page = read(moved, as_of=START + 20 * DAY)
    assert page.passed == (page.account.due_at,)
