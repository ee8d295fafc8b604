import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mcda import (
    DecisionProblem,
    obstacle,
    rank_alternatives,
    ranking_methods,
    weight_stability,
)

# Two criteria, min-max values (1, 0), (0, 1) and (0.6, 0.6): by hand the third leads while
# 0.4 < w1 < 0.6, the first above, the second below.
TRIANGLE = DecisionProblem(
    values=[[1, 0], [0, 1], [0.6, 0.6]],
    weights=[0.5, 0.5],
    senses=["max", "max"],
    criteria=["x", "y"],
)


def test_the_interval_of_a_weighted_sum_is_the_one_found_by_hand():
    x, y = weight_stability(TRIANGLE, "wsm")
    assert (x.low, x.high) == pytest.approx((0.4, 0.6))
    assert (x.below, x.above) == ("A2", "A1")
    assert (y.low, y.high) == pytest.approx((0.4, 0.6))
    assert (y.below, y.above) == ("A1", "A2")
    assert x.exact


def test_a_dominating_alternative_leads_for_every_weight():
    problem = DecisionProblem(values=[[2, 2], [1, 1]], senses=["max", "max"])
    for method in ranking_methods():
        if obstacle(problem, method) is not None:
            continue
        for interval in weight_stability(problem, method):
            assert (interval.low, interval.high) == (0, 1)
            assert interval.below is None
            assert interval.above is None


def test_a_single_criterion_cannot_be_tipped():
    problem = DecisionProblem(values=[[2], [1]], senses=["max"])
    (only,) = weight_stability(problem, "wsm")
    assert (only.low, only.high) == (0, 1)


JUMPS = {"electre2", "electre3", "promethee1"}


@pytest.mark.parametrize("method", ranking_methods())
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_first_stays_inside_the_interval_and_falls_just_outside(method, seed):
    rng = np.random.default_rng(seed)
    n, m = rng.integers(2, 6), rng.integers(2, 5)
    problem = DecisionProblem(
        values=rng.uniform(0.5, 9, (n, m)),
        weights=rng.dirichlet(np.ones(m)),
        senses=rng.choice(["max", "min"], m),
    )
    assume(obstacle(problem, method) is None)
    first = rank_alternatives(problem, method).first
    assume(len(first) == 1)

    def leader_at(j, t):
        weights = problem.weights.copy()
        weights[j] = 0
        weights *= (1 - t) / weights.sum()
        weights[j] = t
        return rank_alternatives(problem.replace(weights=weights), method).first

    for j, interval in enumerate(weight_stability(problem, method)):
        assert interval.low <= interval.weight <= interval.high
        for t in np.linspace(interval.low, interval.high, 7)[1:-1]:
            assert first[0] in leader_at(j, t)
        ends = ((interval.above, interval.high, 1e-6), (interval.below, interval.low, -1e-6))
        for taker, end, beyond in ends:
            if taker is None or not 0 < end + beyond < 1:
                continue
            then = leader_at(j, end + beyond)
            # Where scores jump, a level of concordance met exactly may be a sliver of its own.
            assert (then != first) if method in JUMPS else (taker in then)


def test_of_two_rivals_that_catch_up_together_the_steeper_takes_the_place():
    """Scores at equal weights: all 0.5. Towards y the third gains most."""
    problem = DecisionProblem(
        values=[[0.6, 0.4], [0.5, 0.5], [0.0, 1.0]],
        weights=[0.6, 0.4],
        senses=["max", "max"],
        criteria=["x", "y"],
    )
    x, _ = weight_stability(problem, "wsm", normalisation="none")
    assert x.low == pytest.approx(0.5)
    assert x.below == "A3"


def test_an_idle_criterion_that_the_method_cannot_take_is_left_out():
    problem = DecisionProblem(
        values=[[1, 0], [3, 4]], weights=[1, 0], senses=["max", "max"], criteria=["x", "idle"]
    )
    assert [i.criterion for i in weight_stability(problem, "wpm")] == ["x"]
    assert [i.criterion for i in weight_stability(problem, "wsm")] == ["x", "idle"]
