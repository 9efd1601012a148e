"""What came to light after issues were sealed is counted as one would count it event by event."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from dashboard.briefing.archive import Which
from dashboard.briefing.corrections import corrections
from dashboard.briefing.issue import Cycle
from dashboard.briefing.issued import Seal
from dashboard.briefing.read_archive import read_archive
from dashboard.briefing.read_later import IN_FLIGHT, count_later
from dashboard.database.engine import reading, writing
from dashboard.database.tables import case_event
from dashboard.drilldown.listing import Page
from dashboard.intake.facts import CLOCK_SLACK
from dashboard.terms import Event
from tests import worlds
from tests.dashboard.briefing.test_seal import lived as lived
from tests.dashboard.briefing.test_seal import sealed_at
from tests.dashboard.briefing.world import CENTRE, DAY, HOUR, MORNING, story, tell

SECOND, ONE_DAY = timedelta(seconds=1), timedelta(days=1)
SEAL = Seal(cycle=Cycle.DAILY, day=DAY, year=2026, number=1, sealed_at=MORNING, sealed_by="duty",
            as_of=MORNING, event_id=None, rules="", sha256="")  # fmt: skip


def spans(least, most):
    """Lengths of time in whole seconds; the ends are likely."""
    return st.integers(least // SECOND, most // SECOND).map(lambda n: n * SECOND)


EVENTS = st.lists(
    st.tuples(
        spans(-5 * ONE_DAY, 5 * ONE_DAY),  # when it was recorded, from the morning on
        spans(-CLOCK_SLACK, 9 * ONE_DAY) | spans(-HOUR, HOUR),  # how late that was
        spans(timedelta(), IN_FLIGHT - SECOND),  # how long after that it was kept
    ),
    max_size=12,
)
ISSUES = st.lists(
    st.tuples(spans(-4 * ONE_DAY, 4 * ONE_DAY), spans(timedelta(), 3 * ONE_DAY) | st.just(HOUR)),
    min_size=1,
    max_size=5,
)
"""When each was sealed, and how long after the moment of its figures."""


@given(told=EVENTS, sealed=ISSUES)
@settings(max_examples=60, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_as_many_as_one_by_one(lived, told, sealed):
    events = sorted(
        (MORNING + at + kept, number, MORNING + at, MORNING + at - late)
        for number, (at, late, kept) in enumerate(told, 1)
    )
    rows = [(place, *event) for place, event in enumerate(events, 1)]
    issues = []
    for after, since in sealed:
        known_at = MORNING + after
        newest = max((place for place, kept, *_ in rows if kept <= known_at), default=None)
        issues.append((replace(SEAL, as_of=known_at, event_id=newest), known_at - since))
    with writing(lived) as connection:
        connection.execute(delete(case_event))
        for place, _, number, recorded, at in rows:
            connection.execute(insert(case_event).values(
                event_id=place, case_id=1, seq=number, at=at, recorded_at=recorded,
                type=Event.SUPERVISE, actor_role="dept", payload={}, before={}, after={},
                source="app", hash=""))  # fmt: skip
        found = count_later(connection, issues)
    assert found == tuple(
        sum(
            at <= moment and (recorded > seal.as_of or place > (seal.event_id or 0))
            for place, _, _, recorded, at in rows
        )
        for seal, moment in issues
    )


def later_of(engine, **which):
    with reading(engine) as connection:
        return [one.later for one in read_archive(connection, CENTRE, Which(**which), Page()).rows]


def test_an_issue_tells_how_much_came_to_light_since_and_nothing_means_no_correction(lived):
    case_id = tell(lived, story(Event.ACCEPT, start=MORNING - 30 * HOUR))
    first = sealed_at(lived)
    second = sealed_at(lived, MORNING + ONE_DAY)
    assert later_of(lived) == [0, 0]
    tell(lived, story(Event.ACCEPT, start=MORNING + 2 * ONE_DAY))  # after the moment of both
    assert later_of(lived) == [0, 0]
    with reading(lived) as connection:
        for one in (first, second):
            assert corrections(connection, CENTRE, one, MORNING + 9 * ONE_DAY).figures == ()
    tell(lived, story(Event.ACCEPT, start=MORNING + 3 * HOUR), late=5 * ONE_DAY)
    assert later_of(lived) == [2, 0]  # of the day of the second: a report and an acceptance
    wrong = worlds.a_happening(Event.CORRECT, MORNING - 20 * HOUR)
    tell(lived, [wrong], case_id, late=6 * ONE_DAY)
    assert later_of(lived) == [3, 1]
    assert later_of(lived, by=MORNING + 9 * ONE_DAY) == [None, None]
