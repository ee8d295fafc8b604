import numpy as np
import pytest

from mcda import DecisionProblem, ProblemError, rank_alternatives

# Costs of 10, 30 and 50 and qualities of 1, 3 and 2.
PROBLEM = DecisionProblem(
    values=[[10, 1], [30, 3], [50, 2]], weights=[0.6, 0.4], senses=["min", "max"]
)
BENT = {
    "breakpoints": [[60, 30, 10], [1, 2, 3]],
    "marginal_values": [[0, 0.8, 1], [0, 0.3, 1]],
}


def refused(**params):
    with pytest.raises(ProblemError) as caught:
        rank_alternatives(PROBLEM, "additive", **params)
    return str(caught.value)


def test_without_breakpoints_it_is_the_min_max_weighted_sum():
    straight = rank_alternatives(PROBLEM, "additive")
    assert straight.scores == pytest.approx(rank_alternatives(PROBLEM, "wsm").scores)
    assert straight.variant == "straight line over the range of the data"


def test_given_functions_are_read_off_by_hand():
    """Derived by hand: 50 lies a third of the way from 60 to 30, so its value is 0.8 / 3."""
    result = rank_alternatives(PROBLEM, "additive", **BENT)
    assert result.steps["marginal_values"] == pytest.approx(
        np.array([[1, 0], [0.8, 1], [0.8 / 3, 0.3]])
    )
    assert result.scores == pytest.approx([0.6, 0.48 + 0.4, 0.16 + 0.12])


def test_half_the_value_is_reached_at_the_midvalue():
    """Derived by hand: 30 is half way from 50 to 10, beyond the bend: 0.5 + 0.5 * 0.2 / 0.7."""
    result = rank_alternatives(PROBLEM, "additive", midvalue=0.3)
    middle = 0.5 + 0.5 * 0.2 / 0.7
    assert result.scores == pytest.approx([0.6, 0.6 * middle + 0.4, 0.4 * middle])
    assert result.variant == "midvalue 0.3"
    each = rank_alternatives(PROBLEM, "additive", midvalue=[0.3, 0.5])
    assert each.scores == pytest.approx([0.6, 0.6 * middle + 0.4, 0.4 * 0.5])


def test_beyond_the_breakpoints_the_value_stays_flat():
    far = PROBLEM.replace(values=[[1, 9], [30, 3], [90, 0]])
    scores = rank_alternatives(far, "additive", **BENT).scores
    assert scores == pytest.approx([1, 0.88, 0])


def test_functions_of_criteria_without_weight_are_dropped():
    wider = DecisionProblem(
        values=np.column_stack([PROBLEM.values[:, 0], [5, 5, 5], PROBLEM.values[:, 1]]),
        weights=[0.6, 0, 0.4],
        senses=["min", "max", "max"],
    )
    given = {name: [rows[0], [0, 1], rows[1]] for name, rows in BENT.items()}
    expected = rank_alternatives(PROBLEM, "additive", **BENT).scores
    assert rank_alternatives(wider, "additive", **given).scores.tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"marginal_values": None}, "expected both or neither"),
        ({"breakpoints": [[60, 10]] * 3}, "expected a list of them for each of 2 criteria"),
        ({"breakpoints": 3}, "expected a list of them for each of 2 criteria"),
        ({"breakpoints": [[10, 30, 60], [1, 2, 3]]}, "criterion number 1: breakpoints are"),
        ({"breakpoints": [[60, 30, 10], [1]]}, "criterion number 2: breakpoints are"),
        ({"breakpoints": [[60, "a", 10], [1, 2, 3]]}, "from the worst to the best"),
        ({"marginal_values": [[0, 0.8, 1], [0, 1]]}, "criterion number 2: marginal values"),
        ({"marginal_values": [[0, 0.8, 0.7], [0, 0.3, 1]]}, "rise from 0 to 1"),
        ({"marginal_values": [[0, 0.8, 2], [0, 0.3, 1]]}, "rise from 0 to 1"),
        ({"marginal_values": 5}, "expected 3 numbers"),
        ({"midvalue": 0.3}, "a midvalue of 0.3 are given; expected one of the two"),
        ({"midvalue": 1}, "midvalue is 1; expected a number between 0 and 1"),
        ({"midvalue": [0.3]}, "one for each of 2 criteria"),
        ({"midvalue": "half"}, "midvalue is half; expected a number"),
    ],
)
def test_what_is_no_value_function_is_refused_in_one_sentence(changes, sentence):
    assert sentence in refused(**(BENT | changes))
