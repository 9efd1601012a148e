"""A decision: what may be entered under it, and what its entries say at any moment."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.briefing.decision import (
    CLOSING,
    Decision,
    Entry,
    EntryError,
    EntryKind,
    Owner,
    count,
    in_order,
)
from dashboard.briefing.issue import Cycle
from dashboard.briefing.morning import Progress

TAKEN = datetime(2026, 3, 16, 0, 52, tzinfo=UTC)
DUE = datetime(2026, 3, 18, 9, 0, tzinfo=UTC)


def a_decision(**changes):
    fields = {
        "id": 1,
        "taken_on": date(2026, 3, 16),
        "cycle": Cycle.DAILY,
        "title": "白水镇欠薪:报处置方案",
        "ask": "钱从哪里来、哪天付、谁签字",
        "case_code": None,
        "owner": Owner(department="d1"),
        "beside": ("d2",),
        "asked_due_at": DUE,
        "recorded_at": TAKEN,
    }
    return Decision(**fields | changes)


def an_entry(kind, hours=1, **more):
    return Entry(kind=kind, at=TAKEN + timedelta(hours=hours), by="recorder", **more)


def test_a_signature_does_not_make_it_move_a_reply_does():
    signed = a_decision().followed(an_entry(EntryKind.SIGNED))
    assert signed.progress is Progress.OPEN
    assert signed.followed(an_entry(EntryKind.REPLY, 2, text="已约谈")).progress is Progress.MOVING


def test_what_is_done_next_comes_first_and_nobody_signs_twice():
    one = a_decision()
    assert one.steps == tuple(EntryKind)
    signed = one.followed(an_entry(EntryKind.SIGNED))
    assert signed.steps[0] is EntryKind.REPLY
    with pytest.raises(EntryError, match="signed"):
        signed.followed(an_entry(EntryKind.SIGNED, 2))
    replied = signed.followed(an_entry(EntryKind.REPLY, 2, text="已约谈"))
    assert replied.steps[:2] == (EntryKind.DONE, EntryKind.REPLY)
    assert one.followed(an_entry(EntryKind.REPLY, text="已约谈")).steps[2] is EntryKind.SIGNED
    assert replied.followed(an_entry(EntryKind.DONE, 3, text="已付清")).steps == ()


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (an_entry(EntryKind.DONE, text=" "), "no_reply"),
        (an_entry(EntryKind.REPLY), "no_reply"),
        (an_entry(EntryKind.DROPPED), "nobody_agreed"),
        (an_entry(EntryKind.MOVED), "no_time"),
        (an_entry(EntryKind.MOVED, due_at=DUE), "not_later"),
        (an_entry(EntryKind.MOVED, 99, due_at=DUE + timedelta(hours=1)), "not_later"),
        (an_entry(EntryKind.REPLY, text="好", due_at=DUE + timedelta(days=1)), "no_time"),
        (an_entry(EntryKind.SIGNED, -1), "earlier"),
    ],
)
def test_what_the_rule_does_not_allow_is_named(entry, fault):
    with pytest.raises(EntryError, match=fault):
        a_decision().followed(entry)


def test_what_is_closed_stays_closed():
    done = a_decision().followed(an_entry(EntryKind.DONE, text="已付清"))
    assert (done.progress, done.on_time, done.left_s(DUE)) == (Progress.DONE, True, None)
    with pytest.raises(EntryError, match="closed"):
        done.followed(an_entry(EntryKind.REPLY, 9, text="又欠"))


def test_moving_it_does_not_make_it_on_time():
    later = DUE + timedelta(days=2)
    moved = a_decision().followed(an_entry(EntryKind.MOVED, 60, due_at=later))
    assert (moved.due_at, moved.times_missed(DUE)) == (later, 1)
    assert not moved.overdue(later)
    assert moved.overdue(later + timedelta(seconds=1))
    assert moved.times_missed(later + timedelta(days=30)) == 2
    done = moved.followed(an_entry(EntryKind.DONE, 70, text="已付清"))
    assert (done.on_time, done.times_missed(later + timedelta(days=30))) == (False, 1)


def test_a_time_moved_before_it_passed_is_not_missed():
    moved = a_decision().followed(an_entry(EntryKind.MOVED, 3, due_at=DUE + timedelta(days=1)))
    assert moved.times_missed(DUE + timedelta(hours=1)) == 0


ENTRIES = st.lists(
    st.builds(
        Entry,
        kind=st.sampled_from(EntryKind),
        at=st.integers(0, 200).map(lambda hours: TAKEN + timedelta(hours=hours)),
        text=st.sampled_from(["", "好"]),
        due_at=st.none() | st.integers(0, 400).map(lambda hours: TAKEN + timedelta(hours=hours)),
        agreed_by=st.sampled_from(["", "王主任"]),
    ),
    max_size=8,
)


def followed_by(one, entries):
    for entry in entries:
        try:
            one = one.followed(entry)
        except EntryError:
            continue
    return one


@given(st.lists(ENTRIES, max_size=6))
def test_every_decision_has_become_exactly_one_thing(histories):
    register = [
        followed_by(replace(a_decision(), id=number), entries)
        for number, entries in enumerate(histories)
    ]
    for one in register:
        assert EntryKind.SIGNED not in one.steps or not one.signed
        assert bool(one.steps) == (one.closed is None)
        assert sum(entry.kind in CLOSING for entry in one.entries) <= 1
        assert one.due_at >= one.asked_due_at
        assert list(one.entries) == sorted(one.entries, key=lambda entry: entry.at)
    counts = count(register, date(2026, 3, 1), date(2026, 3, 31))
    assert counts.taken == counts.done + counts.dropped + counts.moving + counts.open
    assert counts.on_time <= counts.done
    assert counts.taken == len(register)
    assert count(register, date(2026, 4, 1), date(2026, 4, 30)).taken == 0


def test_the_register_shows_what_is_open_first_and_most_pressing():
    late = a_decision(id=1, asked_due_at=TAKEN + timedelta(hours=2))
    next_due = a_decision(id=2)
    closed = a_decision(id=3).followed(an_entry(EntryKind.DONE, text="已付清"))
    closed_later = a_decision(id=4).followed(an_entry(EntryKind.DROPPED, 5, agreed_by="王主任"))
    found = in_order([closed, next_due, closed_later, late])
    assert [one.id for one in found] == [1, 2, 4, 3]
