from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import coherent_probabilities

NAMES = ("S1", "S2", "S3")


def test_at_most_thirty_five_per_cent_becomes_an_interval_by_coherence():
    low, high = coherent_probabilities(NAMES, [0, 0.45, 0.10], [0.35, 0.55, 0.20])
    np.testing.assert_allclose(low, [0.25, 0.45, 0.10])
    np.testing.assert_allclose(high, [0.35, 0.55, 0.20])


def test_coherent_intervals_stay_as_they_are_to_the_last_digit():
    low, high = coherent_probabilities(NAMES, [0.25, 0.45, 0.10], [0.35, 0.55, 0.20])
    assert low.tolist() == [0.25, 0.45, 0.10]
    assert high.tolist() == [0.35, 0.55, 0.20]


def test_one_certain_scenario_leaves_nothing_for_the_others():
    low, high = coherent_probabilities(NAMES, [1, 0, 0], [1, 1, 1])
    assert low.tolist() == [1, 0, 0]
    assert high.tolist() == [1, 0, 0]


@settings(max_examples=50)
@given(st.integers(2, 5), st.integers(0, 10_000))
def test_tightening_keeps_every_distribution_and_is_attained_and_idempotent(count, seed):
    rng = np.random.default_rng(seed)
    inside = rng.dirichlet(np.ones(count))
    low = inside * rng.uniform(0, 1, count)
    high = inside + (1 - inside) * rng.uniform(0, 1, count)
    names = [f"S{k}" for k in range(count)]
    lows, highs = coherent_probabilities(names, low, high)
    assert (lows >= low).all()
    assert (highs <= high).all()
    assert (lows <= inside + 1e-12).all()
    assert (inside <= highs + 1e-12).all()
    for k in range(count):
        # A distribution at each bound: the others share the rest within their own bounds.
        others = np.arange(count) != k
        for bound in (lows[k], highs[k]):
            assert lows[others].sum() - 1e-9 <= 1 - bound <= highs[others].sum() + 1e-9
    again = coherent_probabilities(names, lows, highs)
    np.testing.assert_allclose(again, [lows, highs], atol=1e-12)


def test_error_if_lows_exceed_one(fault):
    with fault(
        "probabilities_above_one",
        "the low probabilities of the scenarios sum to 1.2; expected at most 1",
    ):
        coherent_probabilities(NAMES, [0.4, 0.4, 0.4], [0.5, 0.5, 0.5])


def test_error_if_highs_fall_short_of_one(fault):
    with fault(
        "probabilities_below_one",
        "the high probabilities of the scenarios sum to 0.9; expected at least 1",
    ):
        coherent_probabilities(NAMES, [0, 0, 0], [0.3, 0.3, 0.3])


@pytest.mark.parametrize(
    ("low", "high"), [(0.5, 0.4), (-0.1, 0.4), (0.5, 1.1), (float("nan"), 0.5)]
)
def test_error_if_a_bound_is_wrong(fault, low, high):
    with fault(
        "probability_wrong",
        f"the probability of scenario S2 is {low} to {high}; expected 0 <= low <= high <= 1",
    ):
        coherent_probabilities(NAMES, [0, low, 0], [1, high, 1])


def test_error_if_the_number_of_bounds_is_wrong(fault):
    with fault(
        "probabilities_count",
        "3 scenarios have 2 low and 3 high probabilities; "
        "expected one of each per scenario and at least one scenario",
    ):
        coherent_probabilities(NAMES, [0, 0], [1, 1, 1])
