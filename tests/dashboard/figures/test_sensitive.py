"""Nobody can tell a small count of a sensitive category, whatever else stands beside it."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.sensitive import BUILT_IN, FEWEST, Hidden, is_sensitive, suppressed

rows = st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=4)


def fits(shown, sensitive, total):
    """All counts that a reader who knows the rules can think of: those that would look the same."""
    unknown = [range(total + 1) if isinstance(one, Hidden) else [one] for one in shown]
    return [
        counts
        for counts in product(*unknown)
        if sum(counts) == total and suppressed(counts, sensitive) == shown
    ]


@given(rows)
def test_no_small_count_of_a_sensitive_category_is_written_or_follows(told):
    counts, sensitive = zip(*told, strict=True)
    shown = suppressed(counts, sensitive)
    if shown is None:
        return
    possible = fits(shown, sensitive, sum(counts))
    assert counts in possible
    for n, (count, is_one) in enumerate(told):
        if is_one and count < FEWEST:
            assert shown[n] is Hidden.SMALL
            # that there is none may follow, but never that there are one or two
            assert count == 0 or len({each[n] for each in possible}) > 1
        else:
            assert shown[n] in (count, Hidden.BESIDE)


@given(rows)
def test_without_small_ones_all_is_written(told):
    counts, sensitive = zip(*told, strict=True)
    if not any(is_one and count < FEWEST for count, is_one in told):
        assert suppressed(counts, sensitive) == counts


def test_what_cannot_be_hidden_beside_its_total_is_said():
    small, beside = Hidden.SMALL, Hidden.BESIDE
    assert suppressed([1], [True]) is None
    assert suppressed([2, 2, 0], [True, True, False]) is None
    assert suppressed([1, 8], [True, False]) == (small, beside)
    assert suppressed([9, 1, 8], [False, True, False]) == (beside, small, 8)
    assert suppressed([2, 1, 3, 5], [True, True, True, False]) == (small, small, beside, 5)


def test_a_category_is_sensitive_by_its_code_or_its_group():
    assert is_sensitive("minor", BUILT_IN)
    assert is_sensitive("0102", frozenset({"01"}))
    assert is_sensitive("0102", frozenset({"0102"}))
    assert not is_sensitive("0202", frozenset({"01", "0201"}))
    assert not is_sensitive(None, frozenset({"01"}))
