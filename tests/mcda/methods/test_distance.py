import numpy as np
import pytest

from mcda import DecisionProblem, ProblemError, rank_alternatives


def test_topsis_of_equal_alternatives_is_one_half():
    problem = DecisionProblem(values=[[3, 4], [3, 4]], senses=["max", "min"])
    assert rank_alternatives(problem, "topsis").scores.tolist() == [0.5, 0.5]


def test_topsis_steps_are_the_distances_behind_its_closeness():
    problem = DecisionProblem(
        values=[[3, 4], [1, 9], [2, 2]], senses=["max", "min"], weights=[1, 3]
    )
    steps = rank_alternatives(problem, "topsis").steps
    to_ideal = np.linalg.norm(steps["weighted"] - steps["ideal"], axis=1)
    to_anti = np.linalg.norm(steps["weighted"] - steps["anti_ideal"], axis=1)
    assert steps["d_plus"] == pytest.approx(to_ideal)
    assert steps["d_minus"] == pytest.approx(to_anti)


@pytest.mark.parametrize("v", [-0.1, 1.1, "half"])
def test_vikor_refuses_a_v_outside_zero_and_one(v):
    problem = DecisionProblem(values=[[3, 4], [1, 9]], senses=["max", "min"])
    with pytest.raises(ProblemError, match="expected a number from 0 to 1"):
        rank_alternatives(problem, "vikor", v=v)


def test_vikor_with_v_one_ranks_by_group_utility_and_with_zero_by_regret():
    problem = DecisionProblem(
        values=[[5, 1], [3, 3], [1, 4]], senses=["max", "max"], weights=[2, 3]
    )
    steps = rank_alternatives(problem, "vikor", v=1).steps
    order = np.argsort(steps["S"])
    assert np.argsort(rank_alternatives(problem, "vikor", v=1).scores).tolist() == order.tolist()
    order = np.argsort(steps["R"])
    assert np.argsort(rank_alternatives(problem, "vikor", v=0).scores).tolist() == order.tolist()


def test_vikor_of_one_alternative_is_its_own_compromise():
    steps = rank_alternatives(DecisionProblem(values=[[5]], senses=["max"]), "vikor").steps
    assert steps["compromise_set"] == [0]
