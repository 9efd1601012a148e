"""What longer cycles add, read from a database: sums, equal when made anew, awards, rejections."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from dashboard.briefing.added import Added, AreaLine, rows_by_situation, rows_by_type
from dashboard.briefing.case_line import Turn
from dashboard.briefing.compose import compose
from dashboard.briefing.corrections import corrections
from dashboard.briefing.cycle import issue_of
from dashboard.briefing.encode import body_of
from dashboard.briefing.issue import Cycle
from dashboard.briefing.seal import regenerate, seal
from dashboard.briefing.spans import Spans
from dashboard.briefing.told import numbers
from dashboard.database.engine import reading, writing
from dashboard.database.tables import cases
from dashboard.snapshots.read_place import Known
from dashboard.terms import Event, Situation
from tests import worlds
from tests.dashboard.briefing.world import CENTRE, HOUR, MORNING, brief, found, story, tell
from tests.dashboard.signals.test_awards import RULE

APRIL = datetime(2026, 4, 1, 0, 20, tzinfo=UTC)  # 08:20 in Shanghai: every longer span is over
LONGER = (Cycle.WEEKLY, Cycle.HALF_MONTHLY, Cycle.MONTHLY, Cycle.QUARTERLY)


@pytest.fixture
def quarter(new_database):
    """A county with a case a week for a quarter, half of them closed."""
    engine = new_database()
    found(engine)
    for week in range(12):
        events = worlds.TO_THE_END[1:] if week % 2 else (Event.ACCEPT, Event.DISPATCH)
        start = APRIL - timedelta(days=7 * week + 2)
        tell(engine, story(*events, start=start, category_code=f"0{week % 3 + 1}01"))
    return engine


@pytest.mark.parametrize("cycle", LONGER)
def test_what_a_cycle_adds_adds_up(quarter, cycle):
    briefing = brief(quarter, APRIL, cycle)
    accepted, added = briefing.overall.accepted.value, briefing.added
    assert accepted > 0
    assert sum(one.accepted for one in added.types) == accepted
    assert bool(added.townships) == (cycle in (Cycle.MONTHLY, Cycle.QUARTERLY))
    assert bool(added.areas) == (cycle is Cycle.QUARTERLY)
    for one in added.areas:
        assert sum(n for _, n in one.situations) == sum(n for _, n in one.types) == one.accepted
    if added.areas:
        assert sum(one.accepted for one in added.areas) == accepted
        assert sum(one.due_to for one in added.townships) == accepted


def test_the_types_of_most_cases_stand_apart_and_the_rest_is_added_up():
    types = tuple((f"{n:02}", n) for n in range(1, 10))
    areas = tuple(
        AreaLine(code=code, accepted=50, situations=((Situation.SOCIAL, 20), (None, 30)),
                 types=(*types, (None, 5)))
        for code in ("530303101000", None)
    )  # fmt: skip
    added = Added(types=(), areas=areas)
    assert added.types_told() == ("09", "08", "07", "06", "05", "04")
    assert [(one.counts, one.rest) for one in rows_by_type(added)] == [((9, 8, 7, 6, 5, 4), 11)] * 2
    by_situation = rows_by_situation(added, (Situation.PETITION, Situation.SOCIAL))
    assert [(one.counts, one.rest) for one in by_situation] == [((0, 20), 30)] * 2


def test_a_day_adds_nothing(quarter):
    assert brief(quarter, APRIL).added is None


@pytest.mark.parametrize("cycle", LONGER)
def test_what_is_learned_later_corrects_every_number_a_cycle_adds(quarter, cycle):
    """Of each number that is another now: both values, and the case that makes it so."""
    issue = issue_of(CENTRE, cycle, APRIL.astimezone(CENTRE.zone).date())
    with writing(quarter) as connection:
        one = seal(connection, CENTRE, issue, APRIL, "duty")
    start, slowly = issue.end - timedelta(days=2), timedelta(minutes=25)
    told = story(*worlds.TO_THE_END[1:], start=start, step=slowly, category_code="0101")
    late = tell(quarter, told, late=timedelta(days=9))
    now = APRIL + timedelta(days=20)
    with reading(quarter) as connection:
        found_ = corrections(connection, CENTRE, one, now).figures
        anew = compose(connection, CENTRE, issue, now)
        code = connection.scalar(select(cases.c.case_code).where(cases.c.id == late))
    spans = Spans.of(issue, CENTRE, one.seal.as_of)
    known = Known.of(anew.directory, CENTRE.profile)
    then, after = (
        {each.key: each.value for each in numbers(made, spans, known)}
        for made in (one.briefing, anew)
    )
    changed = {(each.place, each.code, each.name): each for each in found_}
    differ = {key for key in {*then, *after} if (then.get(key) or 0) != (after.get(key) or 0)}
    assert differ <= set(changed)
    for key, each in changed.items():
        assert (each.sealed or 0, each.now or 0) == (then.get(key) or 0, after.get(key) or 0)
        assert each.cases == (code,)
    names = {(each.place, each.name.partition(".")[0]) for each in found_}
    assert ("type", "accepted") in names
    assert (("township", "minutes") in names) == (cycle in (Cycle.MONTHLY, Cycle.QUARTERLY))
    areas = {("area", "accepted"), ("area", "situation"), ("area", "type")}
    assert (names & areas) == (areas if cycle is Cycle.QUARTERLY else set())


@pytest.mark.parametrize("cycle", LONGER)
def test_a_longer_issue_is_made_anew_with_equal_figures(quarter, cycle):
    issue = issue_of(CENTRE, cycle, APRIL.astimezone(CENTRE.zone).date())
    with writing(quarter) as connection:
        one = seal(connection, CENTRE, issue, APRIL, "duty")
    tell(quarter, story(Event.ACCEPT, start=APRIL - timedelta(days=3)), late=timedelta(days=9))
    with reading(quarter) as connection:
        assert body_of(regenerate(connection, CENTRE, one)) == body_of(one.briefing)


def test_a_category_that_may_not_be_told_is_among_those_without(quarter):
    start = APRIL - timedelta(days=3)
    tell(quarter, story(Event.ACCEPT, start=start, category_code="minor"))
    types = {one.code: one.accepted for one in brief(quarter, APRIL, Cycle.QUARTERLY).added.types}
    assert types[None] == 1
    assert "mi" not in types


def test_since_yesterday_names_what_its_party_rejects_when_it_is_reopened(new_database):
    engine = new_database()
    found(engine)
    told = story(*worlds.TO_THE_END[1:], start=MORNING - timedelta(days=2))
    case_id = tell(engine, told)
    again = [
        worlds.a_happening(Event.REOPEN, MORNING - 8 * HOUR),
        worlds.a_happening(Event.REPORT_BACK, MORNING - 7 * HOUR),
        worlds.a_happening(
            Event.FOLLOW_UP, MORNING - 6 * HOUR, reached=True, confirmed_resolved=False,
            satisfaction="dissatisfied",
        ),
    ]  # fmt: skip
    tell(engine, again, case_id)
    assert [(one.turn, one.case.id) for one in brief(engine).since] == [(Turn.REJECTED, case_id)]


def test_a_longer_cycle_names_the_awards_of_its_month_and_a_day_does_not(quarter):
    start = APRIL - timedelta(days=20)
    for _ in range(5):
        tell(quarter, story(*worlds.TO_THE_END[1:], start=start))
    good = RULE.good.model_copy(update={"score_from": 0.0})
    rule = RULE.model_copy(update={"eligible_from_due": 1, "good": good})
    centre = replace(CENTRE, settings=CENTRE.settings.model_copy(update={"awards": rule}))
    for cycle in (Cycle.MONTHLY, Cycle.QUARTERLY):
        awards = {one.award for one in brief(quarter, APRIL, cycle, centre).townships}
        assert "flag" in awards
    assert {one.award for one in brief(quarter, APRIL, Cycle.DAILY, centre).townships} == {None}
