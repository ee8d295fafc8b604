import numpy as np
import pytest

from mcda import DecisionProblem, ProblemError
from mcda.council import checked_council, require_positive

PROBLEM = DecisionProblem(values=[[1, 2], [3, 4]], senses=["max", "min"])


def test_votes_become_shares_in_the_order_of_the_experts():
    experts, share = checked_council({"a": PROBLEM, "b": PROBLEM}, {"b": 3, "a": 1})
    assert experts == ("a", "b")
    assert share.tolist() == [0.25, 0.75]
    assert checked_council({"a": PROBLEM, "b": PROBLEM}, None)[1].tolist() == [0.5, 0.5]


@pytest.mark.parametrize("votes", [{"a": -1, "b": 2}, {"a": np.nan, "b": 1}, {"a": np.inf, "b": 1}])
def test_votes_below_zero_or_not_finite_are_refused(votes):
    with pytest.raises(ProblemError, match="a number of 0 or more for each of a, b"):
        checked_council({"a": PROBLEM, "b": PROBLEM}, votes)


def test_experts_who_judge_other_senses_are_refused():
    with pytest.raises(ProblemError, match="a and b differ in senses"):
        checked_council({"a": PROBLEM, "b": PROBLEM.replace(senses=("max", "max"))}, None)


def test_a_value_without_a_geometric_mean_is_named():
    with pytest.raises(ProblemError, match="expert b, A1, criterion C2: found 0"):
        require_positive({"a": PROBLEM, "b": PROBLEM.replace(values=[[1, 0], [3, 4]])})
