from dashboard.signals.weak_points import largest, weaknesses

UNITS = ("a", "b", "c")


def test_rates_are_per_hundred_beside_the_median_of_the_units():
    found = weaknesses({"returns": {"a": (1, 10), "b": (2, 100), "c": (0, 40)}}, UNITS)
    rates = [(one.indicators[0].rate, one.indicators[0].median) for one in found]
    assert rates == [(10, 2), (2, 2), (0, 2)]
    assert [one.indicators[0].above for one in found] == [8, 0, -2]


def test_a_unit_without_cases_has_no_rate_and_no_part_in_the_median():
    found = weaknesses({"returns": {"a": (1, 10), "c": (3, 10)}}, UNITS)
    assert (found[1].indicators[0].rate, found[0].indicators[0].median) == (None, 20)
    assert found[1].largest == ()


def test_the_three_farthest_above_the_median_are_named():
    base = {"a": 10, "b": 0, "c": 0}
    counts = {
        name: {unit: (times * count // 10, 100) for unit, count in base.items()}
        for name, times in (("calls", 1), ("petitions", 4), ("overdue", 2), ("returns", 3))
    }
    first, *others = weaknesses(counts, UNITS)
    assert [one.indicator for one in first.largest] == ["petitions", "returns", "overdue"]
    assert not any(one.largest for one in others)
    assert [(unit, one.indicator) for unit, one in largest((first, *others))] == [
        ("a", "petitions"), ("a", "returns"), ("a", "overdue"),
    ]  # fmt: skip


def test_nothing_to_compare_is_no_deviation():
    assert largest(weaknesses({"returns": {}}, UNITS)) == ()


def test_a_rate_of_few_cases_does_not_stand_out():
    counts = {"returns": {"a": (2, 4), "b": (0, 100), "c": (1, 100)}}
    first, *_ = weaknesses(counts, UNITS)
    assert first.indicators[0].above == 49
    assert first.largest == ()
