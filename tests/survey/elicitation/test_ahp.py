import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymcdm.weights import subjective

from survey import SurveyError
from survey.elicitation import elicit
from survey.elicitation.random_index import random_index, share_left

ORACLES = {
    o["id"]: o
    for o in json.loads(
        (Path(__file__).parents[2] / "oracles" / "elicitation.json").read_text("utf-8")
    )
}
DRINKS = ORACLES["ahp_saaty_2008_drinks"]["problem"]["matrix"]
PRIORITIES = ("eigenvector", "geometric-mean", "column-mean")
raw_weights = st.lists(st.floats(0.1, 9), min_size=2, max_size=7).map(np.array)


def random_matrix(n, seed):
    rng = np.random.default_rng(seed)
    upper = np.triu(rng.choice([1 / 9, 1 / 5, 1 / 3, 1, 2, 4, 7, 9], (n, n)), 1)
    lower = np.divide(1, upper.T, out=np.zeros((n, n)), where=upper.T > 0)
    return upper + lower + np.eye(n)


@pytest.mark.parametrize("priorities", PRIORITIES)
@given(raw=raw_weights)
def test_a_consistent_matrix_gives_its_own_weights_and_ratio_zero(priorities, raw):
    found = elicit("ahp", {"matrix": raw[:, None] / raw, "priorities": priorities})
    assert found.weights == pytest.approx(raw / raw.sum())
    assert found.steps["consistency_ratio"] == pytest.approx(0, abs=1e-9)
    assert found.steps["worst_triad"] is None
    assert found.consistency.cause is None


@pytest.mark.parametrize("priorities", PRIORITIES)
@settings(max_examples=30, deadline=None)
@given(raw=raw_weights, data=st.data())
def test_a_consistent_matrix_with_gaps_gives_its_own_weights(priorities, raw, data):
    n = len(raw)
    matrix = raw[:, None] / raw
    # A chain through all keeps them connected; any other pair may be a gap.
    for i in range(n):
        for j in range(i + 2, n):
            if data.draw(st.booleans()):
                matrix[i, j] = matrix[j, i] = np.nan
    found = elicit("ahp", {"matrix": matrix, "priorities": priorities})
    assert found.weights == pytest.approx(raw / raw.sum(), abs=1e-6)
    assert found.steps["consistency_ratio"] == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("priorities", PRIORITIES)
@pytest.mark.parametrize("seed", range(6))
def test_permuting_criteria_permutes_weights(priorities, seed):
    matrix = random_matrix(5, seed)
    order = np.random.default_rng(seed).permutation(5)
    straight = elicit("ahp", {"matrix": matrix, "priorities": priorities})
    found = elicit("ahp", {"matrix": matrix[np.ix_(order, order)], "priorities": priorities})
    assert found.weights == pytest.approx(straight.weights[order])
    assert found.steps["consistency_ratio"] == pytest.approx(straight.steps["consistency_ratio"])


@pytest.mark.parametrize("seed", range(6))
def test_the_geometric_mean_is_that_of_the_rows(seed):
    matrix = random_matrix(6, seed)
    means = matrix.prod(axis=1) ** (1 / 6)
    found = elicit("ahp", {"matrix": matrix, "priorities": "geometric-mean"})
    assert found.weights == pytest.approx(means / means.sum())


def test_the_eigenvector_and_the_geometric_mean_are_one_for_three_criteria():
    matrix = random_matrix(3, 1)
    one, other = (
        elicit("ahp", {"matrix": matrix, "priorities": p}).weights for p in PRIORITIES[:2]
    )
    assert one == pytest.approx(other)


@pytest.mark.parametrize("name", ["saaty", "donegan-dodd"])
def test_the_published_consistency_ratios(name):
    printed = ORACLES["ahp_saaty_2008_drinks"]["consistency_ratios"][name]
    found = elicit("ahp", {"matrix": DRINKS, "random_index": name})
    assert found.steps["consistency_ratio"] == pytest.approx(printed, abs=5e-4)
    assert found.steps["consistency_ratios"][name] == found.steps["consistency_ratio"]
    assert found.steps["random_index_by"] == name


def test_the_published_gap_and_its_published_ratio():
    """Bozoki et al. (2010): 0.730297; the ratio as AHPy gives it, by the index of complete ones."""
    problem = ORACLES["ahp_incomplete_bozoki_2010"]["problem"]
    steps = elicit("ahp", problem).steps
    assert steps["completed_matrix"][2, 3] == pytest.approx(0.730297, abs=1e-6)
    assert steps["consistency_index"] / random_index("donegan-dodd", 4)[0] == pytest.approx(
        0.0372, abs=5e-5
    )
    assert steps["random_index"] == pytest.approx(0.89 * (1 - 2 / 6))


def test_the_random_index_is_the_mean_of_matrices_filled_at_random():
    """On Saaty's scale, 4,000 draws."""
    rng = np.random.default_rng(11)
    scale = np.array([1 / k for k in range(9, 1, -1)] + list(range(1, 10)))
    for n in (4, 6):
        upper = np.triu(rng.choice(scale, (4000, n, n)), 1)
        inverse = np.divide(1, upper, out=np.zeros_like(upper), where=upper > 0)
        drawn = upper + np.swapaxes(inverse, 1, 2) + np.eye(n)
        index = (np.linalg.eigvals(drawn).real.max(axis=1).mean() - n) / (n - 1)
        for name in ("saaty", "alonso-lamata"):
            assert random_index(name, n)[0] == pytest.approx(index, abs=0.04)


def test_beyond_its_table_saaty_s_index_is_alonso_and_lamata_s_and_says_so():
    found = elicit("ahp", {"matrix": np.ones((16, 16)) * 1.0})
    assert found.steps["random_index_by"] == "alonso-lamata"
    assert "Alonso and Lamata" in str(found.consistency.measure)
    assert random_index("donegan-dodd", 22)[0] == pytest.approx(1.5371 + 0.4 * (1.5619 - 1.5371))


def test_gaps_leave_no_random_contradiction_where_they_leave_only_a_chain():
    assert share_left(5, 6) == 0
    assert share_left(5, 0) == 1
    chain = [[1, 2, None], [None, 1, 3], [None, None, 1]]
    found = elicit("ahp", {"matrix": chain})
    assert found.weights == pytest.approx([0.6, 0.3, 0.1])
    assert found.steps["consistency_ratio"] == 0


def test_the_worst_triad_is_named_and_not_refused():
    matrix = [[1, 3, 1 / 4], [1 / 3, 1, 2], [4, 1 / 2, 1]]
    found = elicit("ahp", {"matrix": matrix}, ["jobs", "air", "cost"])
    assert not found.consistency.acceptable
    assert found.steps["worst_triad"]["koczkodaj_index"] == pytest.approx(1 - 1 / 24)
    assert str(found.consistency.cause) == (
        "jobs over air is 3 and air over cost is 2, "
        "which implies 6 for jobs over cost; 0.25 was given"
    )


def test_the_worst_triad_is_found_among_many():
    raw = np.array([6.0, 5, 4, 3, 2, 1])
    matrix = raw[:, None] / raw
    matrix[1, 4], matrix[4, 1] = 1 / 7, 7
    triad = elicit("ahp", {"matrix": matrix}, "abcdef").steps["worst_triad"]
    assert {"b", "e"} < set(triad["labels"])


def test_the_geometric_consistency_index_by_hand():
    """One triad: 2 / (2 * 1) * 3 * (ln 24 / 3)^2, above 0.1573."""
    matrix = [[1, 3, 1 / 4], [1 / 3, 1, 2], [4, 1 / 2, 1]]
    found = elicit("ahp", {"matrix": matrix, "priorities": "geometric-mean"})
    assert found.consistency.value == pytest.approx(np.log(24) ** 2 / 3)
    assert found.consistency.limit == 0.1573


@pytest.mark.parametrize("n", [1, 2])
def test_one_and_two_criteria_contradict_nothing(n):
    matrix = [[1]] if n == 1 else [[1, 4], [1 / 4, 1]]
    for priorities in PRIORITIES:
        found = elicit("ahp", {"matrix": matrix, "priorities": priorities})
        assert found.weights == pytest.approx([1] if n == 1 else [0.8, 0.2])
        assert found.steps["consistency_ratio"] == 0


def test_names_of_priorities_and_of_indices_are_refused_with_the_nearest():
    with pytest.raises(SurveyError, match='priorities is "eigen"; expected eigenvector'):
        elicit("ahp", {"matrix": [[1]], "priorities": "eigen"})
    with pytest.raises(SurveyError, match="random_index is 3; expected saaty, donegan-dodd"):
        elicit("ahp", {"matrix": [[1]], "random_index": 3})


def test_pymcdm_refuses_the_mean_of_a_group_that_we_take():
    """Its AHP knows Saaty's numbers only, and the geometric mean of judgements is none of them."""
    group = np.array([[1, 2.5], [1 / 2.5, 1]])
    with pytest.raises(ValueError, match="Valid values in the matrix are"):
        subjective.AHP(matrix=group)()
    assert elicit("ahp", {"matrix": group.tolist()}).weights == pytest.approx([5 / 7, 2 / 7])


def test_pymcdm_gives_tied_scores_other_weights():
    """Scores 1, 1 and 2 make 0.2, 0.4 and 0.4 there; a matrix that says the same is ours."""
    assert subjective.AHP(scoring=[1, 1, 2])() == pytest.approx([0.2, 0.4, 0.4])
    tied = [[1, 1, 0.5], [1, 1, 0.5], [2, 2, 1]]
    assert elicit("ahp", {"matrix": tied}).weights == pytest.approx([0.25, 0.25, 0.5])
