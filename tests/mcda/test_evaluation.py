import numpy as np
import pytest

from mcda import (
    DecisionProblem,
    ProblemError,
    obstacle,
    rank_alternatives,
    ranking_methods,
)

PROBLEM = DecisionProblem(
    values=[[4, 2, 0], [1, 5, 3]],
    senses=["max", "min", "max"],
    weights=[1, 1, 0],
    alternatives=["north", "south"],
    criteria=["reach", "cost", "idle"],
)
# Methods that divide by the smallest sum of min-max values.
REFUSE_A_WORST = ("cocoso",)


def test_the_result_carries_labels_variant_and_reference():
    result = rank_alternatives(PROBLEM, "topsis")
    assert result.alternatives == ("north", "south")
    assert result.variant == "vector normalisation"
    assert result.reference == "Hwang and Yoon (1981)"
    assert result.first == ("north",)
    assert result.to_frame().loc["north", "rank"] == 1


def test_a_criterion_of_weight_zero_is_dropped_before_the_method_stumbles_over_it():
    assert rank_alternatives(PROBLEM, "wpm").criteria == ("reach", "cost")


def test_parameters_per_criterion_follow_the_criteria_that_stay():
    result = rank_alternatives(
        PROBLEM, "promethee2", preference_functions="linear", q=[0, 0, 9], p=[1, 2, 10]
    )
    assert result.scores.tolist() == [1, -1]


def test_an_unknown_method_is_refused_with_the_nearest_name():
    with pytest.raises(ProblemError, match="expected topsis"):
        rank_alternatives(PROBLEM, "topsi")


def test_an_unknown_parameter_is_refused():
    with pytest.raises(ProblemError, match="no parameter 'normalization'; expected normalisation"):
        rank_alternatives(PROBLEM, "wsm", normalization="max")


def test_a_method_that_cannot_take_the_data_says_why():
    zero = PROBLEM.replace(weights=[1, 1, 1])
    reason = obstacle(zero, "wpm")
    assert reason is not None
    assert "above 0" in str(reason)
    assert obstacle(zero, "wsm") is None


@pytest.mark.parametrize("method", ranking_methods())
def test_one_alternative_is_first(method):
    alone = DecisionProblem(values=[[3, 4]], senses=["max", "min"])
    result = rank_alternatives(alone, method)
    assert result.ranks.tolist() == [1]
    assert np.isfinite(result.scores).all()


@pytest.mark.parametrize("method", ranking_methods())
@pytest.mark.parametrize(("sense", "first"), [("max", 1), ("min", 0)])
def test_one_criterion_ranks_by_that_criterion(method, sense, first):
    single = DecisionProblem(values=[[3], [9], [5]], senses=[sense])
    if method in REFUSE_A_WORST:
        with pytest.raises(ProblemError, match="worst on every criterion"):
            rank_alternatives(single, method)
        return
    assert rank_alternatives(single, method).ranks[first] == 1


@pytest.mark.parametrize("method", ranking_methods())
def test_constant_columns_leave_all_tied_and_finite(method):
    flat = DecisionProblem(values=[[3, 4], [3, 4], [3, 4]], senses=["max", "min"])
    if method in REFUSE_A_WORST:
        with pytest.raises(ProblemError, match="worst on every criterion"):
            rank_alternatives(flat, method)
        return
    result = rank_alternatives(flat, method)
    assert np.isfinite(result.scores).all()
    assert result.ranks.tolist() == [2, 2, 2]
