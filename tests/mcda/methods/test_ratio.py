import pytest

from mcda import DecisionProblem, ProblemError, rank_alternatives


def test_copras_without_costs_is_the_sum_of_shares():
    problem = DecisionProblem(values=[[2, 6], [6, 2], [2, 2]], senses=["max", "max"])
    assert rank_alternatives(problem, "copras").steps["Q"] == pytest.approx([0.4, 0.4, 0.2])


def test_copras_with_costs_alone_is_inverse_to_them():
    problem = DecisionProblem(values=[[1], [2], [4]], senses=["min"])
    assert rank_alternatives(problem, "copras").scores == pytest.approx([1, 0.5, 0.25])


def test_copras_refuses_negative_values():
    problem = DecisionProblem(values=[[-1, 1], [2, 1]], senses=["max", "min"])
    with pytest.raises(ProblemError, match="expected all values of 0 or more"):
        rank_alternatives(problem, "copras")


def test_copras_refuses_an_alternative_that_costs_nothing():
    problem = DecisionProblem(values=[[1, 0], [2, 1]], senses=["max", "min"])
    with pytest.raises(ProblemError, match="costs 0 on every cost criterion"):
        rank_alternatives(problem, "copras")
