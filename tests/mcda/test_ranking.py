import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from mcda import ProblemError, ranks_of


def test_the_best_score_has_rank_one_and_ties_share_the_mean():
    assert ranks_of(np.array([0.2, 0.9, 0.2, 0.5])).tolist() == [3.5, 1, 3.5, 2]


def test_the_smallest_is_best_where_lower_is_better():
    assert ranks_of(np.array([0.2, 0.9]), higher_is_better=False).tolist() == [1, 2]


def test_rounding_does_not_break_a_tie():
    assert ranks_of(np.array([0.1 + 0.2, 0.3])).tolist() == [1.5, 1.5]


@pytest.mark.parametrize("n", [1, 5, 40])
def test_a_batch_is_ranked_row_by_row(n):
    scores = np.random.default_rng(0).integers(0, 10, (3, 4, n)).astype(float)
    ranks = ranks_of(scores)
    for i in np.ndindex(3, 4):
        assert ranks[i].tolist() == ranks_of(scores[i]).tolist()


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=60))
def test_ranks_agree_with_scipy_however_many_alternatives(scores):
    expected = rankdata(-np.array(scores, dtype=float), method="average")
    assert ranks_of(np.array(scores, dtype=float)).tolist() == expected.tolist()


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_score_that_is_no_number_is_refused_and_not_taken_for_a_tie(bad):
    with pytest.raises(ProblemError, match="expected finite numbers"):
        ranks_of(np.array([bad, 1.0, 2.0]))
