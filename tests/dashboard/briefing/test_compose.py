"""A composed briefing: its sums, the cases behind its numbers, its matters."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import insert

from dashboard.briefing.case_line import KeyMoves, Turn
from dashboard.briefing.field_work import Calls, Inspections
from dashboard.briefing.issue import Cycle
from dashboard.briefing.matter import MatterKind
from dashboard.database.engine import reading, writing
from dashboard.database.tables import inspection_task, whistle
from dashboard.drilldown.behind import behind
from dashboard.figures.catalogue import by_id
from dashboard.figures.composition import Part
from dashboard.figures.period import Period
from dashboard.figures.view import view_at
from dashboard.terms import Event, Risk
from tests import worlds
from tests.dashboard.briefing.world import HOUR, MORNING, RULES, brief, found, story, tell
from tests.dashboard.cases.strategies import stocks
from tests.dashboard.snapshots.test_fortnight import live

SLOW = settings(
    max_examples=3,
    phases=[Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def lived(new_database):
    engine = new_database()
    found(engine)
    return engine


def sums_hold(briefing):
    overall = briefing.overall
    flow = overall.flow
    assert flow.opening + flow.accepted + flow.reopened - flow.left == flow.closing
    assert flow.closing == overall.in_hand.value
    assert sum(n for _, n in overall.channels) == overall.accepted.value
    assert sum(n for _, n in overall.levels) == overall.in_hand.value
    for units in (briefing.townships, briefing.departments):
        assert sum(unit.in_hand for unit in units) == overall.in_hand.value
        assert sum(unit.accepted for unit in units) == overall.accepted.value
    keys = [matter.key for matter in briefing.matters]
    assert len(keys) == len(set(keys))
    turned = [one.case.id for one in briefing.since]
    assert len(turned) == len(set(turned))


def test_an_empty_county_has_a_briefing_without_numbers(lived):
    briefing = brief(lived)
    sums_hold(briefing)
    assert briefing.overall.accepted.value == 0
    assert briefing.overall.on_time.value is None
    assert briefing.matters == ()


@given(told=stocks(RULES, max_size=5))
@SLOW
@pytest.mark.parametrize("cycle", [Cycle.DAILY, Cycle.WEEKLY])
def test_the_sums_of_a_briefing_hold_on_every_day(new_database, cycle, told):
    engine = new_database()
    live(engine, told, lambda at: sums_hold(brief(engine, at + 9 * HOUR, cycle)))


def test_a_number_opens_into_as_many_cases_as_it_says(lived):
    yesterday = MORNING - timedelta(hours=20)
    tell(lived, story(Event.ACCEPT, Event.DISPATCH, start=yesterday))
    tell(lived, story(*worlds.TO_THE_END[1:], start=yesterday))
    briefing = brief(lived)
    issue = briefing.issue
    with reading(lived) as connection:
        view = view_at(connection, briefing.as_of, known_at=briefing.known_at)
        for number in (briefing.overall.accepted, briefing.overall.closed):
            listing = behind(
                view, by_id(number.figure), Part.COUNTED, Period(issue.start, issue.end)
            )
            assert listing.total == number.value
    assert (briefing.overall.accepted.value, briefing.overall.closed.value) == (2, 1)


def test_what_happens_after_eight_belongs_to_the_next_morning(lived):
    eight = MORNING - timedelta(minutes=20)
    tell(lived, story(Event.ACCEPT, start=eight - timedelta(minutes=10)))
    assert brief(lived).overall.accepted.value == 0
    tomorrow = brief(lived, MORNING + timedelta(days=1))
    assert tomorrow.overall.accepted.value == 1
    assert tomorrow.overall.flow.opening == 0


def test_each_case_is_proposed_once_under_the_first_rule_that_names_it(lived):
    start = MORNING - timedelta(days=3, hours=12)  # three days: due last night
    told = story(Event.ACCEPT, Event.DISPATCH, Event.START, Event.SUPERVISE, start=start)
    plain = tell(lived, told)
    key = tell(lived, [*story(*worlds.UP_TO_WORK[1:], start=start),
                       worlds.a_happening(Event.ASSIGN_OFFICIAL, start + HOUR)])  # fmt: skip
    asked = story(Event.ACCEPT, Event.DISPATCH, Event.SUPERVISE, start=MORNING - 5 * HOUR)
    ordered = tell(lived, asked)
    briefing = brief(lived)
    assert [(one.kind, one.case.id) for one in briefing.matters] == [
        (MatterKind.KEY_CASE, key),
        (MatterKind.NEW_RED, plain),
        (MatterKind.UNANSWERED_ORDER, ordered),
    ]
    assert briefing.orders.yellow == 2
    answered = worlds.a_happening(Event.SUPERVISE_REPLY, MORNING + HOUR)
    tell(lived, [answered], ordered)
    later = brief(lived, MORNING + timedelta(days=1))
    assert MatterKind.UNANSWERED_ORDER in {one.kind for one in later.matters}  # the plain one's
    assert ordered not in {one.case.id for one in later.matters}
    assert later.orders.yellow == 1


def test_since_yesterday_names_what_was_reopened(lived):
    case_id = tell(lived, story(*worlds.TO_THE_END[1:], start=MORNING - timedelta(days=2)))
    tell(lived, [worlds.a_happening(Event.REOPEN, MORNING - 6 * HOUR)], case_id)
    assert [(one.turn, one.case.id) for one in brief(lived).since] == [(Turn.REOPENED, case_id)]


def test_high_risks_rebounds_calls_and_inspections_of_the_span_are_counted(lived):
    night, before = MORNING - 6 * HOUR, MORNING - timedelta(days=2)
    story_of = story(Event.ACCEPT, start=night, risk_level=Risk.HIGH)
    tell(lived, story_of)
    tell(lived, story(Event.ACCEPT, start=before, risk_level=Risk.HIGH))
    for watched in (True, False):
        case_id = tell(lived, story(*worlds.TO_THE_END[1:], start=before, rebound_watch=watched))
        tell(lived, [worlds.a_happening(Event.REOPEN, night)], case_id)
    call = {"raised_by": "township", "area_code": worlds.XIPING, "raised_at": night,
            "arrived_at": None}  # fmt: skip
    task = {"program": "patrol", "area_code": worlds.XIPING, "due_at": MORNING}
    later = {"arrived_at": MORNING + HOUR}
    with writing(lived) as connection:
        connection.execute(
            insert(whistle),
            [call | {"arrived_at": night + HOUR / 4}, call | later, call | {"raised_at": before}],
        )
        for done, count in ((night, 2), (night, 0), (before, 1), (None, None)):
            values = task | {"done_at": done, "found_count": count}
            connection.execute(insert(inspection_task).values(values))
    found = brief(lived)
    assert found.key_moves == KeyMoves(high_risk=1, rebounded=1)
    assert found.calls == Calls(raised=2, arrival_s=900, waiting=1)
    assert found.inspections == Inspections(done=2, finding=1)


def test_a_year_ago_is_not_nothing_where_no_case_is_so_old(lived):
    tell(lived, story(Event.REGISTER, Event.ACCEPT, start=MORNING - 20 * HOUR))
    short = brief(lived)
    assert (short.overall.accepted.value, short.overall.accepted_so_far.year) == (1, None)
    tell(lived, story(Event.REGISTER, Event.ACCEPT, start=MORNING - timedelta(days=400)))
    assert brief(lived).overall.accepted_so_far.year is not None


def test_a_later_import_of_old_cases_does_not_change_what_was_said(lived):
    tell(lived, story(Event.REGISTER, Event.ACCEPT, start=MORNING - 20 * HOUR))
    before = brief(lived)
    old = story(Event.REGISTER, Event.ACCEPT, start=MORNING - timedelta(days=400))
    tell(lived, old, late=timedelta(days=401))
    assert brief(lived).overall == before.overall
