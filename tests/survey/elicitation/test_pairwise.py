import numpy as np
import pytest

from survey import SurveyError
from survey.elicitation import elicit
from survey.elicitation.pairwise import checked_matrix, complete, principal

NAMES = ("jobs", "air", "cost")


@pytest.mark.parametrize(
    ("matrix", "sentence"),
    [
        ([[1, 3], [0.5, 1]], "jobs over air is 3, but air over jobs is 0.5; 0.3333 is expected"),
        ([[1, 3], [3, 1]], "jobs over air is 3, but air over jobs is 3; 0.3333 is expected"),
        ([[2, 3], [1 / 3, 1]], "jobs over itself is 2; 1 is expected"),
        ([[1, 0], [1, 1]], "jobs over air is 0; a ratio above 0"),
        ([[1, -3], [-1 / 3, 1]], "jobs over air is -3; a ratio above 0"),
        ([[1, "3"], [1, 1]], 'jobs over air is "3"; a ratio above 0'),
        ([[1, True], [1, 1]], "jobs over air is True; a ratio above 0"),
        ([[1, float("inf")], [0, 1]], "jobs over air is inf; a ratio above 0"),
        ([[1, 2, 3], [1 / 2, 1, 2]], "a square table with one row per criterion"),
        ([[1, 2], [1]], "a square table"),
        ([], "a square table"),
        (7, "matrix is 7; a square table"),
    ],
)
def test_a_matrix_that_is_none_is_refused_by_its_cell(matrix, sentence):
    with pytest.raises(SurveyError, match=sentence):
        checked_matrix(matrix, NAMES)


def test_a_matrix_too_large_to_have_been_judged_is_refused():
    with pytest.raises(SurveyError, match="at most 100, is expected"):
        checked_matrix(np.ones((101, 101)))


def test_reciprocals_printed_with_two_decimals_are_what_they_round():
    printed = [[1, 3, 9], [0.33, 1, 7], [0.11, 0.14, 1]]
    exact = [[1, 3, 9], [1 / 3, 1, 7], [1 / 9, 1 / 7, 1]]
    assert checked_matrix(printed) == pytest.approx(np.array(exact))


@pytest.mark.parametrize("wrong", [0.3, 0.34, 0.4])
def test_what_rounds_to_no_reciprocal_is_not_one(wrong):
    with pytest.raises(SurveyError, match="the reciprocal"):
        checked_matrix([[1, 3], [wrong, 1]])


def test_one_cell_of_a_pair_and_an_empty_diagonal_are_enough():
    half = [[None, 3, None], [None, None, 2], [1 / 6, None, None]]
    assert checked_matrix(half) == pytest.approx(
        np.array([[1, 3, 6], [1 / 3, 1, 2], [1 / 6, 1 / 2, 1]])
    )


def test_a_pair_that_nobody_judged_stays_open_both_ways():
    found = checked_matrix([[1, None, 2], [None, 1, 4], [0.5, 0.25, 1]])
    assert np.isnan(found[0, 1])
    assert np.isnan(found[1, 0])
    assert np.isnan(found).sum() == 2


def test_parts_between_which_nothing_was_judged_are_refused_by_name():
    with pytest.raises(SurveyError, match="no comparisons lead from jobs to cost"):
        elicit("ahp", {"matrix": [[1, 2, None], [None, 1, None], [None, None, 1]]}, NAMES)


def test_no_other_filling_has_a_smaller_eigenvalue():
    judged = np.array(
        [[1, 5, 3, np.nan], [1 / 5, 1, np.nan, 4], [1 / 3, np.nan, 1, 2], [np.nan, 1 / 4, 1 / 2, 1]]
    )
    filled = complete(judged)
    least = principal(filled)[0]
    rng = np.random.default_rng(2)
    for _ in range(300):
        other = filled.copy()
        for i, j in ((0, 3), (1, 2)):
            other[i, j] *= np.exp(rng.normal(0, 0.2))
            other[j, i] = 1 / other[i, j]
        assert principal(other)[0] >= least - 1e-9
    assert filled * filled.T == pytest.approx(np.ones((4, 4)))


def test_eight_criteria_with_twelve_gaps_are_filled_as_published():
    """Bozoki et al. (2010), buying a house, as AHPy's test gives the filled cells."""
    pairs = {
        "ab": 5, "ac": 3, "ad": 7, "ae": 6, "af": 6, "bd": 5, "bf": 3, "ce": 3, "cg": 6,
        "fd": 4, "ga": 3, "ge": 5, "ha": 4, "hb": 7, "hd": 8, "hf": 6,
    }  # fmt: skip
    printed = {
        "bc": 0.3300, "be": 1.7197, "bg": 0.4664, "cd": 9.9205, "cf": 4.8525, "ch": 0.5696,
        "de": 0.5253, "dg": 0.1424, "ef": 0.9312, "eh": 0.1093, "fg": 0.2912, "gh": 0.4031,
    }  # fmt: skip
    matrix = [[None] * 8 for _ in range(8)]
    for (a, b), ratio in pairs.items():
        matrix["abcdefgh".index(a)]["abcdefgh".index(b)] = ratio
    filled = complete(checked_matrix(matrix))
    for (a, b), ratio in printed.items():
        found = filled["abcdefgh".index(a), "abcdefgh".index(b)]
        assert found == pytest.approx(ratio, rel=1e-4, abs=1e-4)
