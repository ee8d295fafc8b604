"""Where well-known libraries are right we agree with them; where they are wrong, this says so."""

import numpy as np
import pymcdm.correlations as pc
import pymcdm.methods as pm
import pymcdm.weights as pw
import pytest
import skcriteria as skc
from pymcdm.normalizations import vector_normalization
from skcriteria.agg.aras import aras as skc_aras
from skcriteria.agg.simple import WeightedSumModel
from skcriteria.agg.topsis import topsis as skc_topsis
from skcriteria.preprocessing.weighters import critic_weights as skc_critic

from mcda import (
    DecisionProblem,
    ProblemError,
    objective_weights,
    rank_alternatives,
    ranking_methods,
)

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


TWO = DecisionProblem(values=[[5, 1], [3, 4], [4, 2], [1, 5]], senses=["max", "min"])


def test_pymcdms_critic_ignores_the_direction_that_ours_takes_from_the_senses():
    values = np.array([[5.0, 1, 2], [3, 4, 9], [4, 2, 6], [1, 5, 1]])
    senses = ["max", "min", "max"]
    blind = pw.critic_weights(values, np.array([1, 1, 1]))
    assert pw.critic_weights(values, np.array([1, -1, 1])).tolist() == blind.tolist()
    problem = DecisionProblem(values=values, senses=senses)
    assert objective_weights(problem, "critic-blind").weights == pytest.approx(blind)
    ours = objective_weights(problem, "critic").weights
    assert np.abs(ours - blind).max() > 0.05


def test_pymcdms_cilos_and_idocriw_fail_where_one_alternative_is_best_everywhere():
    values = np.array([[9.0, 8, 7], [1, 2, 3], [2, 3, 1]])
    assert len(pw.cilos_weights(values, np.ones(3))) == 9  # weights of three criteria
    with pytest.raises(ValueError, match="broadcast"):
        pw.idocriw_weights(values, np.ones(3))
    problem = DecisionProblem(values=values, senses=["max"] * 3)
    assert objective_weights(problem, "cilos").weights == pytest.approx([1 / 3] * 3)
    assert objective_weights(problem, "idocriw").weights.sum() == pytest.approx(1)


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")
def test_pymcdms_edas_makes_scores_of_a_missing_value_and_ours_refuses_it():
    values = [[1, np.nan], [2, 3], [3, 1]]
    theirs = pm.EDAS()(np.array(values), np.array([0.5, 0.5]), np.ones(2))
    assert theirs.tolist() == [0, 0.5, 1]
    with pytest.raises(ProblemError, match="found nan, expected a finite number"):
        DecisionProblem(values=values, senses=["max", "max"])


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")
def test_pymcdms_topsis_of_equal_alternatives_is_not_a_number_and_ours_is_a_half():
    values = np.array([[1.0, 2], [1, 2]])
    assert np.isnan(pm.TOPSIS()(values, np.array([0.5, 0.5]), np.ones(2))).all()
    problem = DecisionProblem(values=values, senses=["max", "max"])
    assert rank_alternatives(problem, "topsis").scores.tolist() == [0.5, 0.5]


def test_pymcdms_copras_refuses_a_problem_without_costs_and_ours_ranks_by_the_benefits():
    benefits = TWO.replace(senses=("max", "max"))
    with pytest.raises(ValueError, match="at least one cost"):
        pm.COPRAS()(benefits.values, benefits.weights, benefits.sense)
    assert rank_alternatives(benefits, "copras").ranks.tolist() == [4, 1, 3, 2]


def test_pymcdms_similarity_of_weights_is_not_zero_for_weights_that_differ_as_far_as_they_can():
    """Its docstring promises 0; a misplaced bracket makes it 0.75."""
    assert pc.wsc(np.array([0.5, 0.5]), np.array([1.0, 0.0])) == pytest.approx(0.75)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_scikit_criterias_critic_is_not_a_number_for_a_constant_column_and_ours_gives_it_none():
    values = np.array([[5.0, 1, 7], [3, 4, 7], [4, 2, 7]])
    assert np.isnan(skc_critic(values, np.ones(3))).all()
    ours = objective_weights(DecisionProblem(values=values, senses=["max"] * 3), "critic").weights
    assert ours[2] == 0
    assert ours.sum() == pytest.approx(1)


def test_scikit_criteria_scores_with_a_negative_weight_that_ours_refuses():
    matrix = skc.mkdm(TWO.values, [max, max], weights=[-1, 2])
    theirs = WeightedSumModel().evaluate(matrix).e_.score
    assert theirs.tolist() == [-3, 5, 0, 9]
    with pytest.raises(ProblemError, match=r"found weight -1\.0, expected a number"):
        TWO.replace(weights=[-1, 2])


def test_scikit_criterias_aras_leaves_the_ideal_out_of_the_normalisation():
    """The textbook (Zavadskas, Turskis 2010) sums each column with the ideal row in it."""
    values, weights = np.array([[5.0, 1], [3, 4], [4, 2], [1, 5]]), np.array([0.5, 0.5])
    shares = values / values.sum(axis=0)
    theirs = skc_aras(shares, weights, shares.max(axis=0))
    utility = theirs[-1] if isinstance(theirs, tuple) else theirs
    with_ideal = np.vstack([values.max(axis=0), values])
    printed = (with_ideal / with_ideal.sum(axis=0)) @ weights
    ours = rank_alternatives(TWO.replace(senses=("max", "max")), "aras").scores
    assert ours == pytest.approx(printed[1:] / printed[0])
    assert np.abs(np.asarray(utility, dtype=float) - ours).max() > 1e-3
