import numpy as np
import pymcdm.normalizations as peer
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import NORMALISATIONS, DecisionProblem, ProblemError, normalise, rank_alternatives

VALUES = np.array([[4.0, 2.0, 7.0], [1.0, 5.0, 7.0], [3.0, 8.0, 7.0]])
SENSE = np.array([1.0, -1.0, 1.0])


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("minmax", peer.minmax_normalization),
        ("sum", peer.sum_normalization),
        ("vector", peer.vector_normalization),
        ("max", peer.linear_normalization),
        ("linear-max", peer.max_normalization),
        ("logarithmic", peer.logarithmic_normalization),
        ("nonlinear", peer.nonlinear_normalization),
        ("enhanced-accuracy", peer.enhanced_accuracy_normalization),
        ("juttler-korth", peer.zavadskas_turskis_normalization),
    ],
)
def test_it_agrees_with_pymcdm_where_pymcdm_is_right(name, theirs):
    ours = normalise(VALUES, SENSE, name)
    for j, is_cost in enumerate(SENSE[:2] < 0):
        assert ours[:, j] == pytest.approx(theirs(VALUES[:, j], cost=is_cost))


def test_max_divides_benefits_by_the_largest_and_the_smallest_by_costs():
    assert normalise(VALUES, SENSE, "max")[:, 0] == pytest.approx([1, 0.25, 0.75])
    assert normalise(VALUES, SENSE, "max")[:, 1] == pytest.approx([1, 0.4, 0.25])


def test_none_turns_the_sign_of_costs():
    assert normalise(VALUES, SENSE, "none")[:, 1].tolist() == [-2, -5, -8]


@pytest.mark.parametrize("name", NORMALISATIONS)
@pytest.mark.parametrize("sense", [1.0, -1.0])
def test_a_constant_column_separates_nobody(name, sense):
    column = normalise(np.array([[7.0], [7.0], [7.0]]), np.array([sense]), name)
    assert np.isfinite(column).all()
    assert np.ptp(column) == 0


@pytest.mark.parametrize("name", ["max", "sum", "nonlinear", "juttler-korth"])
def test_a_free_cost_is_refused_where_values_divide(name):
    with pytest.raises(ProblemError, match="costs above 0"):
        normalise(np.array([[0.0], [1.0]]), np.array([-1.0]), name)


@pytest.mark.parametrize("name", ["max", "sum", "nonlinear", "juttler-korth"])
def test_negative_values_are_refused_where_values_divide(name):
    with pytest.raises(ProblemError, match="benefits of 0 or more"):
        normalise(np.array([[-1.0], [1.0]]), np.array([1.0]), name)


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(ProblemError, match="vector, minmax, max, sum, none"):
        normalise(VALUES, SENSE, "fancy")


@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_vector_normalisation_keeps_very_small_and_large_values_apart(size):
    column = normalise(np.array([[1.0], [3.0]]) * size, np.array([1.0]), "vector")
    assert column[:, 0] == pytest.approx(np.array([1, 3]) / np.sqrt(10))


# Above 1, so that logarithms keep their order.
ABOVE_ONE = st.integers(2, 40).map(float)


@pytest.mark.parametrize("name", NORMALISATIONS)
@settings(max_examples=40, deadline=None)
@given(column=st.lists(ABOVE_ONE, min_size=1, max_size=6), sense=st.sampled_from([1.0, -1.0]))
def test_the_better_value_is_the_larger_normalised_one(name, column, sense):
    found = normalise(np.array(column)[:, None], np.array([sense]), name)[:, 0]
    order = np.sign(np.subtract.outer(column, column)) * sense
    gaps = np.subtract.outer(found, found)
    assert (np.where(np.abs(gaps) < 1e-12, 0, np.sign(gaps)) == order).all()


@pytest.mark.parametrize("name", NORMALISATIONS)
def test_a_batch_is_normalised_as_each_matrix_alone(name):
    rng = np.random.default_rng(3)
    batch = rng.uniform(1.5, 9, (5, 4, 3))
    found = normalise(batch, SENSE, name)
    for one, ours in zip(batch, found, strict=True):
        assert ours == pytest.approx(normalise(one, SENSE, name))


@pytest.mark.parametrize("method", ["wsm", "topsis"])
@pytest.mark.parametrize("name", NORMALISATIONS)
def test_methods_with_a_normalisation_take_every_one(method, name):
    problem = DecisionProblem(
        values=[[4, 2, 7], [1.5, 5, 7], [5, 2, 7]], senses=["max", "min", "max"]
    )
    result = rank_alternatives(problem, method, normalisation=name)
    assert np.isfinite(result.scores).all()
    assert result.ranks.tolist() == [2, 3, 1]


def test_linear_max_leaves_the_dearest_nothing_and_the_free_everything():
    cost = np.array([[0.0], [5.0], [10.0]])
    assert normalise(cost, np.array([-1.0]), "linear-max")[:, 0].tolist() == [1, 0.5, 0]


def test_logarithms_are_shares_that_sum_to_one():
    """By hand: ln 2, ln 4 and ln 8 are 1, 2 and 3 of 6 parts."""
    values = np.array([[2.0], [4.0], [8.0]])
    benefit, cost = (normalise(values, np.array([s]), "logarithmic")[:, 0] for s in (1.0, -1.0))
    assert benefit == pytest.approx(np.array([1, 2, 3]) / 6)
    assert cost == pytest.approx(np.array([5, 4, 3]) / 12)


def test_zscores_have_mean_0_and_deviation_1_and_a_cost_is_turned():
    values = np.array([[2.0], [4.0], [9.0]])
    benefit = normalise(values, np.array([1.0]), "zscore")[:, 0]
    assert benefit == pytest.approx((values[:, 0] - 5) / np.std([2, 4, 9]))
    assert normalise(values, np.array([-1.0]), "zscore")[:, 0].tolist() == (-benefit).tolist()


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        ("linear-max", [[-1.0], [1.0]], "linear-max needs values of 0 or more, found -1.0"),
        ("logarithmic", [[0.0], [5.0]], "logarithmic needs values above 0, found 0.0"),
        ("logarithmic", [[0.5], [0.9]], "expected a product above 1"),
        ("logarithmic", [[0.5], [2.0]], "expected a product above 1"),
    ],
)
def test_values_that_a_normalisation_cannot_order_are_refused(name, values, sentence):
    with pytest.raises(ProblemError, match=sentence):
        normalise(np.array(values), np.array([1.0]), name)


def test_pymcdms_logarithms_turn_the_order_of_shares_round_where_ours_refuses_them():
    """Benefits 0.5 and 0.9: pymcdm 1.4.0 gives the smaller one 0.868 and the larger 0.132."""
    theirs = peer.logarithmic_normalization(np.array([0.5, 0.9]))
    assert theirs == pytest.approx([0.868, 0.132], abs=5e-4)


def test_pymcdm_gives_no_number_for_equal_values_where_ours_gives_one():
    flat = np.array([7.0, 7.0])
    with np.errstate(invalid="ignore"):
        assert np.isnan(peer.enhanced_accuracy_normalization(flat)).all()
    assert normalise(flat[:, None], np.array([1.0]), "enhanced-accuracy")[:, 0].tolist() == [1, 1]
    ones = np.ones(2)
    with np.errstate(invalid="ignore"):
        assert np.isnan(peer.logarithmic_normalization(ones)).all()
    assert normalise(ones[:, None], np.array([1.0]), "logarithmic")[:, 0].tolist() == [0.5, 0.5]


def test_pymcdms_nonlinear_squares_away_the_sign_where_ours_refuses_it():
    """Benefits -4 and 2: the worse one gets 4, the better 1 in pymcdm 1.4.0."""
    assert peer.nonlinear_normalization(np.array([-4.0, 2.0])).tolist() == [4, 1]
    with pytest.raises(ProblemError, match="benefits of 0 or more"):
        normalise(np.array([[-4.0], [2.0]]), np.array([1.0]), "nonlinear")
