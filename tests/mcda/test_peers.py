"""Where well-known libraries are right we agree with them; where they are wrong, this says so."""

import numpy as np
import pymcdm.methods as pm
import pytest
from pymcdm.normalizations import vector_normalization
from skcriteria.agg.topsis import topsis as skc_topsis

from mcda import DecisionProblem, rank_alternatives, ranking_methods

RNG = np.random.default_rng(11)


def random_problem():
    n, m = RNG.integers(4, 9), RNG.integers(3, 9)
    return DecisionProblem(
        values=RNG.uniform(0.5, 10, (n, m)),
        weights=RNG.dirichlet(np.ones(m)),
        senses=RNG.choice(["max", "min"], m),
    )


PROBLEMS = [random_problem() for _ in range(50)]


@pytest.mark.parametrize("problem", PROBLEMS[:20])
def test_topsis_and_vikor_agree_with_pymcdm(problem):
    theirs = pm.TOPSIS(vector_normalization)(problem.values, problem.weights, problem.sense)
    assert rank_alternatives(problem, "topsis").scores == pytest.approx(theirs)
    theirs = pm.VIKOR()(problem.values, problem.weights, problem.sense)
    assert rank_alternatives(problem, "vikor").scores == pytest.approx(theirs)


@pytest.mark.parametrize("problem", PROBLEMS[:20])
def test_promethee_agrees_with_pymcdm_in_the_one_call_that_its_object_survives(problem):
    theirs = pm.PROMETHEE_II("usual")(problem.values, problem.weights, problem.sense)
    assert rank_alternatives(problem, "promethee2").scores == pytest.approx(theirs)


def test_pymcdms_promethee_object_works_only_once_with_thresholds():
    problem = PROBLEMS[0]
    m = len(problem.criteria)
    method = pm.PROMETHEE_II("vshape", p=np.ones(m))
    once = method(problem.values, problem.weights, problem.sense)
    ours = rank_alternatives(problem, "promethee2", preference_functions="vshape", p=1.0)
    assert ours.scores == pytest.approx(once)
    with pytest.raises(Exception):  # noqa: B017, PT011 - which error it dies of is not the point
        method(problem.values, problem.weights, problem.sense)
    again = rank_alternatives(problem, "promethee2", preference_functions="vshape", p=1.0)
    assert again.scores.tolist() == ours.scores.tolist()


def test_pymcdms_copras_rewards_cost_and_ours_does_not():
    """Same benefit, costs 1, 2 and 4: the dearest wins in pymcdm 1.4.0, the cheapest with us."""
    problem = DecisionProblem(values=[[5, 1], [5, 2], [5, 4]], senses=["max", "min"])
    theirs = pm.COPRAS()(problem.values, problem.weights, problem.sense)
    assert np.argmax(theirs) == 2
    assert theirs == pytest.approx([0.526, 0.684, 1.0], abs=5e-4)
    assert rank_alternatives(problem, "copras").ranks.tolist() == [1, 2, 3]


@pytest.mark.parametrize("problem", PROBLEMS[:10])
def test_topsis_agrees_with_scikit_criteria(problem):
    normalised = problem.values / np.linalg.norm(problem.values, axis=0)
    _, _, _, theirs = skc_topsis(normalised, problem.sense, problem.weights)
    assert rank_alternatives(problem, "topsis").scores == pytest.approx(theirs)


def test_every_method_here_ranks_without_a_warning_what_pymcdm_takes():
    for problem in PROBLEMS:
        for name in ranking_methods():
            assert np.isfinite(rank_alternatives(problem, name).scores).all()
