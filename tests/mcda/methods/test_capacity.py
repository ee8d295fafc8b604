from itertools import chain, combinations

import numpy as np
import pytest

from mcda import DecisionProblem, ProblemError, get_method, rank_alternatives

RNG = np.random.default_rng(8)


def subsets(m):
    return [set(s) for s in chain.from_iterable(combinations(range(m), k) for k in range(m + 1))]


def named(members):
    return ",".join(str(j + 1) for j in sorted(members))


def random_capacity(m):
    """Monotone: every set gets the largest of random numbers drawn for its parts."""
    drawn = {named(s): RNG.uniform() for s in subsets(m)}
    raw = {
        named(s): max(drawn[named(t)] for t in subsets(m) if t and t <= s) for s in subsets(m) if s
    }
    top = raw[named(set(range(m)))]
    return {name: value / top for name, value in raw.items()}


def by_moebius(x, capacity):
    """Independent form: the sum of Moebius masses times the smallest value in their set."""
    m = len(x)
    mu = {frozenset(s): capacity.get(named(s), 0.0) for s in subsets(m)}
    total = 0.0
    for s in subsets(m):
        if s:
            mass = sum((-1) ** len(s - t) * mu[frozenset(t)] for t in subsets(m) if t <= s)
            total += mass * min(x[j] for j in s)
    return total


@pytest.mark.parametrize("m", [1, 2, 3, 4])
def test_the_integral_is_its_moebius_form(m):
    capacity = random_capacity(m)
    problem = DecisionProblem(values=RNG.normal(size=(6, m)), senses=["max"] * m)
    found = rank_alternatives(problem, "choquet", normalisation="none", capacity=capacity)
    expected = [by_moebius(row, capacity) for row in problem.values]
    assert found.scores == pytest.approx(expected)
    assert sum(found.steps["shapley"]) == pytest.approx(1)


def test_a_two_additive_capacity_gives_the_same_by_its_closed_form_and_set_by_set():
    weights = np.array([0.3, 0.25, 0.45])
    pairs = {"1,2": 0.2, "1,3": -0.3, "2,3": 0.1}
    table = np.zeros((3, 3))
    for name, index in pairs.items():
        i, j = (int(k) - 1 for k in name.split(","))
        table[i, j] = table[j, i] = index
    capacity = {
        named(s): weights[list(s)].sum()
        - sum(table[i, j] for i in s for j in range(3) if j not in s) / 2
        for s in subsets(3)
        if s
    }
    problem = DecisionProblem(values=RNG.uniform(size=(9, 3)), weights=weights, senses=["max"] * 3)
    closed = rank_alternatives(problem, "choquet", interaction=pairs)
    by_sets = rank_alternatives(problem, "choquet", capacity=capacity)
    assert closed.scores == pytest.approx(by_sets.scores)
    assert closed.steps["interaction"] == pytest.approx(by_sets.steps["interaction"])
    assert closed.steps["shapley"] == pytest.approx(by_sets.steps["shapley"])


def test_complementary_criteria_favour_the_balanced_and_substitutes_the_extreme():
    problem = DecisionProblem(values=[[0, 1], [1, 0], [0.5, 0.5]], senses=["max", "max"])
    both, either = (rank_alternatives(problem, "choquet", interaction=r) for r in (1, -1))
    assert both.scores == pytest.approx([0, 0, 0.5])
    assert either.scores == pytest.approx([1, 1, 0.5])


def test_a_capacity_counts_for_every_draw_of_weights():
    weights = RNG.dirichlet(np.ones(2), 5)
    scores = get_method("choquet").scores(
        np.array([[1.0, 0.0], [0.0, 1.0]]),
        weights,
        np.ones(2),
        capacity={"1": 0.2, "2": 0.7, "1,2": 1},
    )
    assert scores.tolist() == [[0.2, 0.7]] * 5


def test_a_capacity_and_an_interaction_together_are_refused():
    problem = DecisionProblem(values=[[1, 2]], senses=["max", "max"])
    with pytest.raises(ProblemError, match="expected one of the two"):
        rank_alternatives(problem, "choquet", interaction=0.5, capacity={"1": 0, "2": 0, "1,2": 1})


def test_a_capacity_for_a_criterion_without_weight_is_refused():
    problem = DecisionProblem(values=[[1, 2, 3]], weights=[1, 0, 1], senses=["max", "max", "max"])
    for given in (
        {"capacity": {"1": 0.5, "3": 0.5, "1,3": 1}},
        {"interaction": {"1,2": 0, "1,3": 0, "2,3": 0}},
    ):
        with pytest.raises(ProblemError, match="criteria of weight zero are left out"):
            rank_alternatives(problem, "choquet", **given)


@pytest.mark.parametrize("alpha", [0.3, 1.0, 2.0, 5.0])
def test_owa_is_the_integral_of_a_capacity_bent_by_the_quantifier(alpha):
    """Independent form: mu(S) = Q(weight of S), as Torra (1997) writes the weighted OWA."""
    weights = RNG.dirichlet(np.ones(3))
    capacity = {named(s): weights[list(s)].sum() ** alpha for s in subsets(3) if s}
    problem = DecisionProblem(
        values=RNG.integers(0, 4, (8, 3)), weights=weights, senses=["max", "min", "max"]
    )
    ordered = rank_alternatives(problem, "owa", alpha=alpha)
    integral = rank_alternatives(problem, "choquet", capacity=capacity)
    assert ordered.scores == pytest.approx(integral.scores)
    assert ordered.steps["order_weights"].sum(axis=-1) == pytest.approx(np.ones(8))


def test_alpha_runs_from_the_best_criterion_over_the_mean_to_the_worst():
    problem = DecisionProblem(values=[[0.2, 0.8]], weights=[0.5, 0.5], senses=["max", "max"])
    scores = [
        rank_alternatives(problem, "owa", normalisation="none", alpha=a).scores[0]
        for a in (1e-9, 1, 60)
    ]
    assert scores == pytest.approx([0.8, 0.5, 0.2], abs=1e-6)


def test_orness_is_that_of_the_quantifier():
    problem = DecisionProblem(values=[[1, 2]], senses=["max", "max"])
    assert rank_alternatives(problem, "owa", alpha=3).steps["orness"] == 0.25


@pytest.mark.parametrize("alpha", [0, -1, "most", True, None])
def test_an_alpha_that_is_no_exponent_is_refused(alpha):
    problem = DecisionProblem(values=[[1, 2]], senses=["max", "max"])
    with pytest.raises(ProblemError, match="expected a number above 0"):
        rank_alternatives(problem, "owa", alpha=alpha)
