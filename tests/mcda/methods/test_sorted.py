from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.methods._sorted import RunningSums, reach

VALUES = st.lists(st.integers(-5, 5).map(lambda k: k / 10), min_size=1, max_size=30)


@settings(max_examples=100, deadline=None)
@given(values=VALUES, place=st.integers(0, 5).map(lambda k: k / 10), wrong=st.floats(-3, 3))
def test_reach_counts_by_the_difference_however_bad_the_first_guess(values, place, wrong):
    ordered = np.sort(values)

    def far(gap):
        return gap > place

    expected = far(ordered[:, None] - ordered[None, :]).sum(axis=1)
    assert reach(ordered, far, place).tolist() == expected.tolist()
    assert reach(ordered, far, place + wrong).tolist() == expected.tolist()


@settings(max_examples=100, deadline=None)
@given(
    values=st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=20),
    data=st.data(),
)
def test_sums_over_runs_are_those_of_exact_fractions(values, data):
    n = len(values)
    low = data.draw(st.integers(0, n))
    high = data.draw(st.integers(low, n))
    sums = RunningSums(np.array(values))
    found = sums.gaps(np.full(n, low), np.full(n, high))
    for value, total in zip(values, found, strict=True):
        exact = sum(Fraction(value) - Fraction(other) for other in values[low:high])
        # Twice the digits of a double, of the largest value.
        assert total == pytest.approx(float(exact), rel=1e-12, abs=1e-28 * max(map(abs, values)))


@pytest.mark.parametrize("size", [0.0, 5e-324, 1e-300, 1e300])
def test_sums_of_nothing_and_of_the_smallest_and_largest_numbers_are_finite(size):
    sums = RunningSums(np.array([0.0, size, size]))
    everyone = np.full(3, 3)
    assert sums.gaps(np.zeros(3, dtype=int), everyone).tolist() == [-2 * size, size, size]
