"""昨日以来: the rows are the difference of two states, each case once."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dashboard.briefing.case_line import Turn
from dashboard.briefing.since import Standing, State, newly_quiet, turns
from dashboard.snapshots.board import SourceState
from dashboard.terms import Channel, Colour

EIGHT = datetime(2026, 3, 11, tzinfo=UTC)
NEXT = EIGHT + timedelta(days=1)
IDS = st.integers(1, 12)


def states(accepted):
    standing = st.builds(
        Standing,
        colour=st.sampled_from(Colour),
        unsigned=st.booleans(),
        accepted_at=st.sampled_from(accepted),
    )
    return st.dictionaries(IDS, standing)


BEFORE = states([EIGHT - timedelta(days=1)])
AFTER = states([EIGHT - timedelta(days=1), EIGHT + timedelta(hours=1)])


@given(before=BEFORE, after=AFTER, denied=st.frozensets(IDS))
def test_the_rows_are_the_difference_of_the_states(before, after, denied):
    found = turns(State(EIGHT, before), State(NEXT, after), denied)
    rejected = {one for one, turn in found.items() if turn is Turn.REJECTED}
    assert rejected == denied
    came = after.keys() - before.keys()
    assert came <= found.keys()
    again = {one for one in came if after[one].accepted_at <= EIGHT}
    assert {one for one, turn in found.items() if turn is Turn.REOPENED} == again - denied
    for colour, turn in ((Colour.RED, Turn.RED), (Colour.YELLOW, Turn.YELLOW)):
        worse = {
            one
            for one, now in after.items()
            if now.colour is colour
            and (one not in before or before[one].colour not in (colour, Colour.RED))
        }
        assert {one for one, what in found.items() if what is turn} == worse - denied - again
    for one in found.keys() - denied - came:
        assert before[one] != after[one]


@given(before=BEFORE)
def test_nothing_has_become_of_what_stands_as_it_stood(before):
    assert turns(State(EIGHT, before), State(NEXT, before), frozenset()) == {}


def test_a_feed_is_newly_quiet_that_came_within_the_span():
    def source(channel, last, *, late):
        return SourceState(channel=channel, last_received_at=last, expected_every_s=600, late=late)

    feeds = (
        source(Channel.POLICE_110, EIGHT + timedelta(hours=2), late=True),
        source(Channel.HOTLINE_12345, EIGHT - timedelta(hours=2), late=True),
        source(Channel.GRID_APP, NEXT, late=False),
    )
    assert newly_quiet(feeds, EIGHT) == (Channel.POLICE_110,)
