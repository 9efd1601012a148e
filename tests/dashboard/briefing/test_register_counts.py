"""What became of decisions by month and by owner adds up, and each number is of so many of them."""

from dataclasses import fields, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.briefing.decision import Became, Counts, Owner, count
from dashboard.briefing.register_counts import MONTHS, by_month, by_owner, first_month
from tests.dashboard.briefing.test_decision import ENTRIES, a_decision, followed_by

TODAY = date(2026, 3, 18)
OWNERS = [Owner(department="d1"), Owner(department="d2"), Owner(area="530303103000")]
TAKEN = st.builds(
    lambda days, owner, entries: followed_by(
        a_decision(taken_on=TODAY - timedelta(days=days), owner=owner), entries
    ),
    st.integers(0, 500),
    st.sampled_from(OWNERS),
    ENTRIES,
)
REGISTERS = st.lists(TAKEN, max_size=12)


def added(found):
    return Counts(
        **{each.name: sum(getattr(one, each.name) for one in found) for each in fields(Counts)}
    )


@settings(deadline=None)
@given(REGISTERS)
def test_the_months_add_up_to_what_was_taken_in_them(register):
    months = by_month(register, TODAY)
    assert added([counts for _, counts in months]) == count(register, first_month(TODAY), TODAY)
    assert [month for month, _ in months] == sorted({m for m, _ in months}, reverse=True)
    assert len(months) <= MONTHS
    for month, counts in months:
        after = (month + timedelta(days=31)).replace(day=1)
        assert counts == count(register, month, after - timedelta(days=1))
        assert counts.taken > 0


@settings(deadline=None)
@given(REGISTERS)
def test_the_owners_add_up_to_all(register):
    owners = by_owner(register)
    assert added([counts for _, counts in owners]) == count(register)
    for owner, counts in owners:
        assert counts == count([one for one in register if one.owner == owner])


@settings(deadline=None)
@given(REGISTERS)
def test_each_number_is_of_as_many_decisions(register):
    counts = count(register)
    for became in Became:
        mine = [one for one in register if one.became(became)]
        assert getattr(counts, became) == len(mine)
    assert counts.unfinished == sum(one.closed is None for one in register)
    assert counts.taken == counts.done + counts.dropped + counts.unfinished


def test_twelve_months_are_told_and_the_year_turns():
    assert first_month(TODAY) == date(2025, 4, 1)
    assert first_month(date(2026, 12, 31)) == date(2026, 1, 1)
    old = a_decision(taken_on=date(2025, 3, 31))
    assert by_month([old, replace(old, taken_on=date(2025, 4, 1))], TODAY) == (
        (date(2025, 4, 1), count([old])),
    )


def test_an_owners_key_is_read_back():
    for owner in OWNERS:
        assert Owner.of(owner.key) == owner
    assert Owner.of("x") == Owner()
