import numpy as np
import pytest

from mcda import DecisionProblem, ProblemError, rank_alternatives


def test_weighted_product_of_triantaphyllou_2000():
    """Three alternatives, four criteria; the book prints the ratios 1.007, 1.067 and 1.059."""
    problem = DecisionProblem(
        values=[[25, 20, 15, 30], [10, 30, 20, 30], [30, 10, 30, 10]],
        weights=[0.20, 0.15, 0.40, 0.25],
        senses=["max"] * 4,
    )
    a, b, c = rank_alternatives(problem, "wpm").scores
    assert (a / b, a / c, b / c) == pytest.approx((1.007, 1.067, 1.059), abs=5e-4)


def test_the_steps_of_a_weighted_product_multiply_to_its_score():
    problem = DecisionProblem(values=[[2, 4], [3, 9]], senses=["max", "min"])
    result = rank_alternatives(problem, "wpm")
    assert result.steps["powers"].prod(axis=1) == pytest.approx(result.scores)


def test_the_weighted_terms_of_a_weighted_sum_add_to_its_score():
    problem = DecisionProblem(values=[[2, 4], [3, 9], [1, 5]], senses=["max", "min"])
    result = rank_alternatives(problem, "wsm")
    assert result.steps["weighted"].sum(axis=1) == pytest.approx(result.scores)


@pytest.mark.parametrize("value", [0, -1])
def test_the_weighted_product_refuses_zero_and_negative_values(value):
    problem = DecisionProblem(values=[[value, 1], [1, 1]], senses=["max", "max"])
    with pytest.raises(ProblemError, match="expected all values above 0"):
        rank_alternatives(problem, "wpm")


def test_raw_sums_of_shifted_values_differ_by_the_shift():
    values = np.array([[1.0, 2.0], [4.0, 3.0]])
    scores = [
        rank_alternatives(
            DecisionProblem(values=v, senses=["max", "max"]), "wsm", normalisation="none"
        ).scores
        for v in (values, values + np.array([10, 0]))
    ]
    assert scores[1] - scores[0] == pytest.approx([5, 5])


@pytest.mark.parametrize("weight", [0.001, 0.01, 0.5])
def test_a_benefit_of_zero_makes_the_product_of_waspas_exactly_zero(weight):
    problem = DecisionProblem(
        values=[[0, 4], [2, 2]], weights=[weight, 1 - weight], senses=["max", "max"]
    )
    assert rank_alternatives(problem, "waspas").steps["wpm"][0] == 0


@pytest.mark.parametrize("method", ["waspas", "cocoso"])
@pytest.mark.parametrize("share", [-0.1, 1.1, "half"])
def test_a_lambda_outside_zero_and_one_is_refused(method, share):
    problem = DecisionProblem(values=[[1, 4], [2, 2]], senses=["max", "max"])
    with pytest.raises(ProblemError, match="expected a number from 0 to 1"):
        rank_alternatives(problem, method, **{"lambda": share})
