import numpy as np
import pytest

from mcda import DecisionProblem, ProblemError

GOOD = {"values": [[1, 2], [3, 4]], "senses": ["max", "min"]}


def fault(**changes):
    with pytest.raises(ProblemError) as caught:
        DecisionProblem(**(GOOD | changes))
    return caught.value


def test_weights_are_scaled_to_one():
    problem = DecisionProblem(**GOOD, weights=[1, 3])
    assert problem.weights.tolist() == [0.25, 0.75]


def test_weights_left_out_are_equal():
    assert DecisionProblem(**GOOD).weights.tolist() == [0.5, 0.5]


def test_arrays_are_frozen():
    problem = DecisionProblem(**GOOD)
    with pytest.raises(ValueError, match="read-only"):
        problem.values[0, 0] = 9


def test_the_callers_array_stays_writable():
    mine = np.array([[1.0, 2.0], [3.0, 4.0]])
    DecisionProblem(values=mine, senses=["max", "max"])
    mine[0, 0] = 9
    assert mine[0, 0] == 9


@pytest.mark.parametrize("found", [np.nan, np.inf, -np.inf])
def test_a_value_that_is_not_finite_is_named_by_row_and_column(found):
    error = fault(values=[[1, found], [3, 4]], alternatives=["a", "b"], criteria=["cost", "risk"])
    assert error.code == "not_finite"
    assert "a, criterion risk" in str(error)


def test_text_among_the_values_is_refused():
    assert fault(values=[[1, "high"], [3, 4]]).code == "not_numbers"


def test_rows_of_unequal_length_are_refused():
    assert fault(values=[[1, 2], [3]]).code == "not_numbers"


@pytest.mark.parametrize("values", [[], [[]], [1, 2]])
def test_an_empty_or_flat_matrix_is_refused(values):
    assert fault(values=values).code == "shape"


def test_a_negative_weight_is_refused_by_criterion():
    error = fault(weights=[0.5, -0.5], criteria=["cost", "risk"])
    assert str(error) == "criterion risk: found weight -0.5, expected a number of 0 or more"


def test_all_zero_weights_are_refused():
    assert fault(weights=[0, 0]).code == "weights_zero"


def test_a_wrong_count_of_weights_senses_or_labels_is_refused():
    assert fault(weights=[1]).code == "weight_count"
    assert fault(senses=["max"]).code == "sense_count"
    assert fault(alternatives=["a"]).code == "label_count"


def test_an_unknown_sense_is_refused():
    assert "expected max or min" in str(fault(senses=["max", "best"]))


def test_a_label_given_twice_is_refused():
    assert str(fault(alternatives=["a", "a"])) == (
        "a stands 2 times among the alternatives; expected once"
    )


def test_criteria_of_weight_zero_can_be_dropped():
    problem = DecisionProblem(**GOOD, weights=[0, 1], criteria=["x", "y"]).without_idle_criteria()
    assert problem.criteria == ("y",)
    assert problem.senses == ("min",)
    assert problem.values.tolist() == [[2], [4]]


def test_very_large_weights_are_scaled_and_do_not_overflow():
    assert DecisionProblem(**GOOD, weights=[1e308, 1e308]).weights.tolist() == [0.5, 0.5]
