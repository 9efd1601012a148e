from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.signals.clusters import Found, clusters, distance_m, find_clusters
from dashboard.terms import Colour

HERE = (103.82, 25.60)
STEP = 0.0025
"""About 251 m to the east at this latitude."""


def test_distances_are_those_on_the_sphere():
    assert distance_m((0, 0), (1, 0)) == pytest.approx(111_195, abs=1)
    assert distance_m(HERE, (HERE[0] + STEP, HERE[1])) == pytest.approx(250.7, abs=0.5)
    assert distance_m(HERE, HERE) == 0


def test_points_within_three_hundred_metres_are_joined_in_chains():
    lon, lat = HERE
    points = [(lon, lat), (lon + STEP, lat), (lon + 2 * STEP, lat), (lon + 5 * STEP, lat)]
    assert clusters(points) == [[0, 1, 2], [3]]
    assert clusters([]) == []


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(0, 40), st.floats(-80, 80))
def test_the_grid_finds_what_comparing_all_pairs_finds(seed, count, lat):
    rng = Random(seed)
    points = [(rng.uniform(10, 10.02), lat + rng.uniform(0, 0.02)) for _ in range(count)]
    groups = clusters(points)
    assert sorted(place for group in groups for place in group) == list(range(count))
    where = {place: index for index, group in enumerate(groups) for place in group}
    for one in range(count):
        for other in range(one):
            if distance_m(points[one], points[other]) <= 300:
                assert where[one] == where[other]


def test_a_cluster_that_grew_is_graded_like_a_hotspot():
    lon, lat = HERE
    found = [Found(id=f"n{n}", lon=lon, lat=lat, window=0) for n in range(9)]
    found += [Found(id=f"o{n}", lon=lon, lat=lat, window=n) for n in (1, 2, 5)]
    found += [Found(id=f"q{n}", lon=lon + 1, lat=lat, window=n) for n in range(9)]
    findings, members = find_clusters(found, 8)
    assert [(spot.area, spot.colour) for spot in findings.graded] == [("n0", Colour.RED)]
    assert len(members["n0"]) == 12
