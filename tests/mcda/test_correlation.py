import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, spearmanr

from mcda import ProblemError
from mcda.correlation import kendall_tau_b, spearman, weighted_spearman, ws

permutations = st.permutations(range(1, 7))


def test_the_example_of_salabun_and_urbaniak_2020():
    x, y = [1, 2, 3, 4, 5], [1, 3, 2, 4, 5]
    assert spearman(x, y) == pytest.approx(0.9)
    assert weighted_spearman(x, y) == pytest.approx(0.8833, abs=5e-5)
    assert ws(x, y) == pytest.approx(0.8542, abs=5e-5)


@given(permutations)
def test_a_ranking_agrees_with_itself(x):
    for measure in (spearman, kendall_tau_b, weighted_spearman, ws):
        assert measure(x, x) == pytest.approx(1)


@given(permutations, permutations)
def test_symmetric_measures_do_not_mind_the_order(x, y):
    for measure in (spearman, kendall_tau_b, weighted_spearman):
        assert measure(x, y) == pytest.approx(measure(y, x))


@given(permutations, permutations)
def test_it_agrees_with_scipy(x, y):
    assert spearman(x, y) == pytest.approx(spearmanr(x, y).statistic)
    assert kendall_tau_b(x, y) == pytest.approx(kendalltau(x, y).statistic)


def test_ws_is_not_symmetric():
    assert ws([1, 2, 3], [3, 1, 2]) != pytest.approx(ws([3, 1, 2], [1, 2, 3]))


def test_a_ranking_without_spread_has_no_correlation():
    assert spearman([2, 2, 2], [1, 2, 3]) is None
    assert kendall_tau_b([1, 2, 3], [2, 2, 2]) is None


@pytest.mark.parametrize(("x", "y"), [([1], [1]), ([1, 2], [1, 2, 3]), ([[1, 2]], [[1, 2]])])
def test_rankings_of_unequal_or_no_length_are_refused(x, y):
    with pytest.raises(ProblemError, match="two of one length"):
        ws(x, y)


def test_what_is_not_finite_is_refused():
    with pytest.raises(ProblemError, match="finite"):
        spearman([1, np.nan], [1, 2])
