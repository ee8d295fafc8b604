"""The same problem by pymcdm: where it agrees, and why it does not."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mcda import DecisionProblem, obstacle, ranking_methods
from mcda.peer import peer_of
from mcda.registry import get_method
from mcda.second_opinion import Agreement, second_opinion


def random_problem(seed):
    rng = np.random.default_rng(seed)
    n, m = rng.integers(4, 9), rng.integers(3, 7)
    return DecisionProblem(
        values=rng.uniform(0.5, 10, (n, m)),
        weights=rng.dirichlet(np.ones(m)),
        senses=rng.choice(["max", "min"], m),
    )


def has_peer(method):
    return peer_of(method, random_problem(0), get_method(method).settings({})) is not None


PEERED = [m for m in ranking_methods() if has_peer(m)]
OTHERWISE = {"copras": "rewards cost", "wpm": "scale"}


@pytest.mark.parametrize("method", [m for m in PEERED if m not in OTHERWISE])
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_where_the_library_is_right_the_scores_agree(method, seed):
    problem = random_problem(seed)
    assume(obstacle(problem, method) is None)
    found = second_opinion(problem, method)
    assume(found.agreement is not Agreement.REFUSED)
    assert found.agreement is Agreement.SCORES
    assert found.moved == ()
    assert found.reason is None


def test_the_library_s_copras_differs_because_it_adds_costs():
    problem = DecisionProblem(
        values=[[5, 1], [5, 2], [5, 4]], senses=["max", "min"], alternatives=["a", "b", "c"]
    )
    found = second_opinion(problem, "copras")
    assert found.agreement is Agreement.DIFFERS
    assert found.ranks.tolist() == [3, 2, 1]
    assert found.moved == ("a", "c")
    assert "a higher cost raises the score" in str(found.reason)


def test_the_weighted_product_differs_by_a_factor_only():
    found = second_opinion(random_problem(3), "wpm")
    assert found.agreement is Agreement.SCALE
    factor = found.reason.fields["factor"]
    assert found.scores == pytest.approx(found.ours.scores * factor, rel=1e-3)


@pytest.mark.parametrize("shape", ["ushape", "vshape", "level", "linear"])
@pytest.mark.parametrize("scale", ["absolute", "range"])
def test_promethee_agrees_for_every_function_that_the_library_has(shape, scale):
    found = second_opinion(
        random_problem(8),
        "promethee2",
        preference_functions=shape,
        q=0.1,
        p=0.4,
        threshold_scale=scale,
    )
    assert found.agreement is Agreement.SCORES


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("multimoora", {}),
        ("promethee2", {"preference_functions": "gaussian", "s": 1.0}),
        ("promethee2", {"preference_functions": ["usual"] * 2 + ["vshape"], "p": 1.0}),
        ("codas", {"tau": 0.03}),
        ("topsis", {"normalisation": "none"}),
    ],
)
def test_what_the_library_does_not_have_is_said(method, params):
    rng = np.random.default_rng(1)
    problem = DecisionProblem(values=rng.uniform(1, 9, (4, 3)), senses=["max"] * 3)
    found = second_opinion(problem, method, **params)
    assert found.agreement is Agreement.ABSENT
    assert found.scores is None
    assert method in str(found.reason)


def test_a_problem_on_which_the_library_fails_is_told_with_its_own_words():
    benefits = DecisionProblem(values=[[1, 2], [2, 1.5]], senses=["max", "max"])
    found = second_opinion(benefits, "copras")
    assert found.agreement is Agreement.REFUSED
    assert "only profit criteria" in str(found.reason)
    alike = DecisionProblem(values=[[1, 2], [1, 2]], senses=["max", "max"])
    assert second_opinion(alike, "topsis").agreement is Agreement.REFUSED


def test_criteria_of_weight_zero_are_dropped_for_both():
    problem = random_problem(4)
    idle = problem.weights.copy()
    idle[0] = 0.0
    found = second_opinion(problem.replace(weights=idle), "topsis")
    assert found.agreement is Agreement.SCORES
    assert len(found.ours.criteria) == len(problem.criteria) - 1
