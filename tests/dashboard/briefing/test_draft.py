"""What people change in a draft: folded in its order, kept on both databases, sealed with it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.briefing.cycle import issue_of
from dashboard.briefing.draft import DraftError, fold, keys_of, read_edits, write_edit
from dashboard.briefing.edit import LONGEST_ASK, LONGEST_TITLE, Edit, EditKind
from dashboard.briefing.issue import Cycle
from dashboard.briefing.matter import MatterKind
from dashboard.briefing.seal import draft, seal
from dashboard.database.engine import reading, writing
from tests.briefings import a_briefing
from tests.dashboard.briefing.world import CENTRE, DAY, MORNING, found

PROPOSED = a_briefing()
KEYS = keys_of(PROPOSED.matters)
ISSUE = issue_of(CENTRE, Cycle.DAILY, DAY)


def edit(kind, key="", **value):
    return Edit(kind=kind, at=MORNING, by="duty", key=key, value=value)


def added(title):
    return edit(EditKind.ADD, title=title)


some_key = st.sampled_from([*KEYS, "own/1", "own/2", "gone"])
EDITS = st.lists(
    st.one_of(
        st.builds(
            edit, st.sampled_from([EditKind.CONFIRM, EditKind.STRIKE, EditKind.RESTORE]), some_key
        ),
        some_key.map(lambda key: edit(EditKind.ASK, key, ask="who does what")),
        st.sampled_from(["own/1", "own/2"]).map(lambda key: edit(EditKind.ADD, key, title="own")),
        st.lists(some_key).map(lambda keys: edit(EditKind.ORDER, keys=keys)),
    ),
    max_size=12,
)


@given(edits=EDITS)
def test_no_edit_loses_a_matter_or_shows_it_twice(edits):
    made = fold(PROPOSED, edits)
    own = {one.key for one in edits if one.kind is EditKind.ADD}
    shown = keys_of((*made.briefing.matters, *made.struck))
    assert sorted(shown) == sorted({*KEYS, *own})
    assert replace(made.briefing, matters=PROPOSED.matters) == PROPOSED


@given(edits=EDITS, key=st.sampled_from(KEYS))
def test_what_is_struck_and_restored_stands_where_it_stood(edits, key):
    before = fold(PROPOSED, [*edits, edit(EditKind.RESTORE, key)])
    struck = fold(PROPOSED, [*edits, edit(EditKind.STRIKE, key)])
    after = fold(PROPOSED, [*struck.edits, edit(EditKind.RESTORE, key)])
    assert key in keys_of(struck.struck)
    assert key not in keys_of(struck.briefing.matters)
    assert keys_of(after.briefing.matters) == keys_of(before.briefing.matters)


@given(edits=EDITS, keys=st.lists(some_key))
def test_an_order_puts_what_it_names_first_and_passes_over_what_is_not_there(edits, keys):
    there = keys_of(fold(PROPOSED, edits).briefing.matters)
    ordered = keys_of(fold(PROPOSED, [*edits, edit(EditKind.ORDER, keys=keys)]).briefing.matters)
    named = [key for key in dict.fromkeys(keys) if key in there]
    assert list(ordered[: len(named)]) == named


def test_the_last_word_holds_and_a_proposed_title_stays():
    first, second = (edit(EditKind.ASK, KEYS[0], title="x", ask=ask) for ask in ("one", "two"))
    made = fold(PROPOSED, [first, second]).briefing.matters[0]
    assert (made.title, made.ask) == (PROPOSED.matters[0].title, "two")


@pytest.fixture
def engine(new_database):
    engine = new_database()
    found(engine)
    return engine


def write(engine, one):
    with writing(engine) as connection:
        return write_edit(connection, ISSUE, one)


def test_edits_are_read_in_their_order_with_numbers_masked(engine):
    kept = [
        write(engine, one)
        for one in (
            added(" ring 13812345678 "),
            added("another"),
            edit(EditKind.ORDER, keys=["own/2", "own/1"]),
        )
    ]
    assert [one.key for one in kept] == ["own/1", "own/2", ""]
    assert kept[0].value == {"title": "ring ***"}
    with reading(engine) as connection:
        assert read_edits(connection, ISSUE) == tuple(kept)
        assert read_edits(connection, replace(ISSUE, cycle=Cycle.WEEKLY)) == ()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (added("  "), "no_title"),
        (added("x" * (LONGEST_TITLE + 1)), "title_too_long"),
        (edit(EditKind.ASK, KEYS[0], ask="x" * (LONGEST_ASK + 1)), "ask_too_long"),
    ],
)
def test_a_wrong_text_is_told_by_its_code_and_not_kept(engine, wrong, code):
    with pytest.raises(DraftError, match=f"^{code}$"):
        write(engine, wrong)
    with reading(engine) as connection:
        assert read_edits(connection, ISSUE) == ()


def test_what_is_sealed_is_the_folded_draft_and_it_takes_no_more_edits(engine):
    for one in (added("first"), added("second"), edit(EditKind.STRIKE, "own/1")):
        write(engine, one)
    with writing(engine) as connection:
        shown = draft(connection, CENTRE, ISSUE, MORNING).briefing.matters
        sealed = seal(connection, CENTRE, ISSUE, MORNING, "duty").briefing.matters
    assert sealed == shown
    assert [(one.kind, one.title) for one in sealed] == [(MatterKind.BY_HAND, "second")]
    with pytest.raises(DraftError, match=r"^sealed$"):
        write(engine, edit(EditKind.RESTORE, "own/1"))
