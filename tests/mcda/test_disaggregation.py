from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.disaggregation import even_breakpoints, infer

GAIN = np.array([1.0, 1.0])


def inferred(references, ranks, count=2, delta=0.05, sense=GAIN):
    table = np.asarray(references, dtype=float)
    points = even_breakpoints(table, sense, count)
    return infer(table, np.asarray(ranks, dtype=float), points, delta)


def test_two_references_against_each_other_are_solved_by_hand():
    """w1 - w2 >= 0.05 and w1 + w2 = 1: w1 reaches 1, w2 reaches 0.475; the mean is (0.7625, 0.2375)."""
    found = inferred([[1, 0], [0, 1]], [1, 2])
    assert found.largest_weights == pytest.approx([1, 0.475])
    assert found.weights == pytest.approx([0.7625, 0.2375])
    assert found.lp_objective == pytest.approx(0, abs=1e-12)


def test_a_tie_is_met_exactly():
    found = inferred([[1, 0], [0, 1]], [1, 1])
    assert found.weights == pytest.approx([0.5, 0.5])


def test_a_ranking_against_dominance_costs_the_whole_gap_and_delta():
    """The worst is to be 0.05 above the best, which is worth 1 more: 1.05 is missing."""
    found = inferred([[1, 1], [0, 0]], [2, 1])
    assert found.lp_objective == pytest.approx(1.05)
    gained = found.underestimation - found.overestimation
    assert gained[1] - gained[0] == pytest.approx(1.05)


def test_steps_that_nothing_tells_apart_share_the_weight():
    found = infer(
        np.array([[0.0], [1.0]]), np.array([2.0, 1.0]), (np.array([0.0, 0.3, 1.0]),), 0.05
    )
    assert found.marginal_values[0] == pytest.approx([0, 0.5, 1])


def test_a_criterion_on_which_references_are_equal_gets_no_weight():
    found = inferred([[1, 7], [0, 7]], [1, 2])
    assert found.weights == pytest.approx([1, 0])
    assert found.value(np.array([[0.5, 9.0]])) == pytest.approx([0.5])


def test_references_that_are_all_equal_have_no_value():
    found = inferred([[1, 7], [1, 7]], [1, 2])
    assert found.weights.tolist() == [0, 0]
    assert found.value(np.array([[1.0, 7.0]])).tolist() == [0]
    assert found.lp_objective == pytest.approx(0.05)  # one of them is misjudged by delta in all
    assert found.lp_objective == (found.overestimation + found.underestimation).sum()


def test_even_breakpoints_run_from_the_worst_to_the_best():
    found = even_breakpoints(np.array([[2.0, 1.0], [6.0, 5.0]]), np.array([1.0, -1.0]), 3)
    assert [p.tolist() for p in found] == [[2, 4, 6], [5, 3, 1]]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_a_ranking_by_a_value_function_is_restored_whatever_the_order_and_units(seed):
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(2, 7)), int(rng.integers(1, 5))
    references = rng.integers(0, 5, (n, m)).astype(float)
    sense = rng.choice([1.0, -1.0], m)
    ranks = rng.integers(1, n + 1, n).astype(float)
    found = inferred(references, ranks, 3, 0.02, sense)
    value = found.value(references)
    corrected = value - found.overestimation + found.underestimation
    assert found.lp_objective == pytest.approx(
        (found.overestimation + found.underestimation).sum(), abs=1e-9
    )
    if found.lp_objective < 1e-9:
        order = np.argsort(ranks, kind="stable")
        for a, b in pairwise(order):
            least = 0.02 if ranks[a] < ranks[b] else 0.0
            assert corrected[a] - corrected[b] >= least - 1e-8
    rows, columns = rng.permutation(n), rng.permutation(m)
    units = 10.0 ** rng.uniform(-2, 2, m)
    other = (references * units)[rows][:, columns]
    again = inferred(other, ranks[rows], 3, 0.02, sense[columns])
    assert again.value(other) == pytest.approx(value[rows], abs=1e-9)
    assert again.weights == pytest.approx(found.weights[columns], abs=1e-9)
