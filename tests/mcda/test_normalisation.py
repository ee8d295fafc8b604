import numpy as np
import pymcdm.normalizations as peer
import pytest

from mcda import NORMALISATIONS, ProblemError, normalise

VALUES = np.array([[4.0, 2.0, 7.0], [1.0, 5.0, 7.0], [3.0, 8.0, 7.0]])
SENSE = np.array([1.0, -1.0, 1.0])


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("minmax", peer.minmax_normalization),
        ("sum", peer.sum_normalization),
        ("vector", peer.vector_normalization),
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


@pytest.mark.parametrize("name", ["max", "sum"])
def test_a_free_cost_is_refused_where_values_divide(name):
    with pytest.raises(ProblemError, match="costs above 0"):
        normalise(np.array([[0.0], [1.0]]), np.array([-1.0]), name)


@pytest.mark.parametrize("name", ["max", "sum"])
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
