import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import DecisionProblem, ProblemError, rank_alternatives
from mcda.methods import _pairs, codas

TAU = [0.0, 0.02, 0.04, 0.1, 5.0]


@settings(max_examples=150, deadline=None)
@given(
    distances=st.lists(
        st.tuples(st.integers(0, 9).map(lambda k: k * 0.02), st.integers(0, 9)),
        min_size=1,
        max_size=30,
    ),
    tau=st.sampled_from(TAU),
)
def test_sorting_gives_the_sums_of_all_pairs(distances, tau):
    """On a grid of tau's size, so that distances differ by exactly tau and are equal."""
    euclidean, taxicab = np.array(distances, dtype=float).T
    pairs = codas._assessment(euclidean, taxicab, tau).sum(axis=-1)
    ordered = codas._total_by_sorting(euclidean, taxicab, tau)
    assert ordered == pytest.approx(pairs, rel=0, abs=1e-11)


def test_a_batch_of_pairs_formed_a_few_rows_at_a_time_sums_their_matrix(monkeypatch):
    rng = np.random.default_rng(5)
    euclidean, taxicab = rng.uniform(size=(2, 3, 4, 7))
    matrix = codas._assessment(euclidean, taxicab, 0.1)
    for cells in (_pairs.CELLS_AT_ONCE, 12 * 7 * 2):
        monkeypatch.setattr(_pairs, "CELLS_AT_ONCE", cells)
        total = codas._total_by_pairs(euclidean, taxicab, 0.1)
        assert total == pytest.approx(matrix.sum(axis=-1), abs=1e-13)


def test_many_alternatives_have_the_scores_of_all_pairs_in_every_draw():
    rng = np.random.default_rng(6)
    n = codas.SORT_ABOVE + 10
    values, weights = rng.uniform(0.5, 1, (3, n, 4)), rng.dirichlet(np.ones(4), 3)
    sense = np.array([1.0, -1.0, 1.0, 1.0])
    found = codas.codas(values, weights, sense)
    for draw in range(3):
        steps = {}
        one = codas.codas(values[draw], weights[draw], sense, steps=steps)
        assert one == pytest.approx(steps["Ra"].sum(axis=-1), abs=1e-11)
        assert found[draw] == pytest.approx(one, abs=1e-12)


def test_the_advantages_of_thousands_are_summed_but_not_listed():
    values = np.random.default_rng(7).uniform(0.5, 1, (3_000, 3))
    problem = DecisionProblem(values=values, senses=["max", "max", "min"])
    result = rank_alternatives(problem, "codas")
    assert "Ra" not in result.steps
    assert result.scores.sum() == pytest.approx(0, abs=1e-8)


@pytest.mark.parametrize("tau", [-0.1, float("nan"), float("inf"), "0.02", True, None, [0.02]])
def test_a_threshold_that_is_no_number_of_zero_or_more_is_refused(tau):
    problem = DecisionProblem(values=[[1, 2], [2, 1]], senses=["max", "min"])
    with pytest.raises(ProblemError, match="expected a number of 0 or more"):
        rank_alternatives(problem, "codas", tau=tau)
