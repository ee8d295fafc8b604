import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymcdm import weights as peer

from mcda import DecisionProblem, ProblemError
from mcda.weighting import WEIGHTINGS, objective_weights

ORACLES = [
    o
    for o in json.loads((Path(__file__).parents[1] / "oracles" / "mcda.json").read_text("utf-8"))
    if o["command"] == "weights"
]
RNG = np.random.default_rng(4)
VALUES = RNG.uniform(1, 9, (6, 4))
PROBLEM = DecisionProblem(values=VALUES, senses=["max", "min", "max", "min"])


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda o: o["id"])
def test_weights_are_those_printed(oracle):
    given_ = oracle["problem"]
    m = len(given_["matrix"][0])
    problem = DecisionProblem(values=given_["matrix"], senses=given_.get("senses") or ["max"] * m)
    found = objective_weights(problem, oracle["method"], **given_.get("params", {}))
    assert found.weights == pytest.approx(oracle["weights"], abs=oracle["tolerance"])


@pytest.mark.parametrize("method", WEIGHTINGS)
def test_weights_sum_to_one_and_are_not_negative(method):
    weights = objective_weights(PROBLEM, method).weights
    assert weights.sum() == pytest.approx(1)
    assert weights.min() >= 0


@pytest.mark.parametrize("method", WEIGHTINGS)
@settings(max_examples=20, deadline=None)
@given(order=st.permutations(range(4)), rows=st.permutations(range(6)))
def test_permuting_criteria_permutes_weights_and_alternatives_do_not_matter(method, order, rows):
    permuted = DecisionProblem(
        values=VALUES[list(rows)][:, list(order)], senses=[PROBLEM.senses[j] for j in order]
    )
    straight = objective_weights(PROBLEM, method).weights[list(order)]
    assert objective_weights(permuted, method).weights == pytest.approx(straight)


@pytest.mark.parametrize("method", WEIGHTINGS)
def test_a_unit_does_not_change_weights(method):
    scaled = PROBLEM.replace(values=VALUES * np.array([1, 1000, 0.01, 7]))
    ours = objective_weights(PROBLEM, method).weights
    assert objective_weights(scaled, method).weights == pytest.approx(ours)


@pytest.mark.parametrize("method", [m for m in WEIGHTINGS if m not in ("cilos", "critic-blind")])
def test_a_criterion_on_which_all_are_equal_weighs_nothing(method):
    values = VALUES.copy()
    values[:, 1] = 5
    weights = objective_weights(PROBLEM.replace(values=values), method).weights
    assert weights[1] == pytest.approx(0, abs=1e-12)


def test_critic_looks_at_the_direction_and_its_blind_variant_does_not():
    turned = PROBLEM.replace(senses=["max"] * 4)
    aware, other = (objective_weights(p, "critic").weights for p in (PROBLEM, turned))
    assert np.abs(aware - other).max() > 0.01
    blind, same = (objective_weights(p, "critic-blind").weights for p in (PROBLEM, turned))
    assert blind == pytest.approx(same)


def test_pymcdms_critic_ignores_the_direction_it_is_given():
    theirs = peer.critic_weights(VALUES, PROBLEM.sense)
    assert theirs == pytest.approx(objective_weights(PROBLEM, "critic-blind").weights)
    assert np.abs(theirs - objective_weights(PROBLEM, "critic").weights).max() > 0.01


@pytest.mark.parametrize(
    ("method", "theirs"),
    [
        ("entropy", lambda: peer.entropy_weights(VALUES)),
        ("merec", lambda: peer.merec_weights(VALUES, PROBLEM.sense)),
        ("gini", lambda: peer.gini_weights(VALUES)),
        ("angle", lambda: peer.angle_weights(VALUES)),
        ("cilos", lambda: peer.cilos_weights(VALUES, PROBLEM.sense)),
        ("idocriw", lambda: peer.idocriw_weights(VALUES, PROBLEM.sense)),
    ],
)
def test_it_agrees_with_pymcdm_where_pymcdm_is_right(method, theirs):
    assert objective_weights(PROBLEM, method).weights == pytest.approx(theirs(), abs=1e-6)


def test_cilos_of_an_alternative_best_everywhere_is_equal_weights_not_a_crash():
    """pymcdm 1.4.0 returns a vector of the wrong length, or raises."""
    best = DecisionProblem(values=[[9, 9], [2, 3], [4, 1]], senses=["max", "max"])
    assert objective_weights(best, "cilos").weights == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize("method", ["merec", "cilos", "idocriw"])
def test_zeros_are_refused_where_values_divide(method):
    zero = DecisionProblem(values=[[0, 1], [2, 3]], senses=["max", "max"])
    with pytest.raises(ProblemError, match="all values above 0"):
        objective_weights(zero, method)


def test_entropy_takes_zeros():
    zero = DecisionProblem(values=[[0, 1], [2, 3]], senses=["max", "max"])
    assert np.isfinite(objective_weights(zero, "entropy").weights).all()


def test_no_spread_anywhere_and_one_alternative_are_refused():
    flat = DecisionProblem(values=[[1, 2], [1, 2]], senses=["max", "max"])
    with pytest.raises(ProblemError, match="no spread"):
        objective_weights(flat, "std")
    with pytest.raises(ProblemError, match="expected two or more"):
        objective_weights(DecisionProblem(values=[[1, 2]], senses=["max", "max"]), "std")


def test_unknown_names_are_refused_with_the_nearest():
    with pytest.raises(ProblemError, match="expected entropy"):
        objective_weights(PROBLEM, "entropi")
    with pytest.raises(ProblemError, match="expected ddof"):
        objective_weights(PROBLEM, "std", dof=1)
