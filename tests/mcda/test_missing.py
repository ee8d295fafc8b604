import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import DecisionProblem, ProblemError, rank_alternatives
from mcda.missing import missing_criterion

PAIR = DecisionProblem(
    values=[[1, 0], [0, 1]], weights=[0.7, 0.3], senses=["max", "max"], alternatives=["A", "B"]
)


def random_problem(seed, n=4, m=3):
    rng = np.random.default_rng(seed)
    return DecisionProblem(
        values=rng.uniform(0.5, 9, (n, m)),
        weights=rng.dirichlet(np.ones(m)),
        senses=rng.choice(["max", "min"], m),
    )


def test_a_missing_criterion_needs_the_weight_found_by_hand():
    """The lead is 0.4; on the new criterion the rival is 1 ahead: w / (1 - w) = 0.4."""
    found = missing_criterion(PAIR, "wsm")
    assert found.rival == "B"
    assert found.weight == pytest.approx(0.4 / 1.4, abs=1e-9)


@pytest.mark.parametrize("method", ["wsm", "topsis", "promethee2", "copras"])
def test_just_beyond_that_weight_the_rival_is_ahead(method):
    problem = random_problem(7)
    found = missing_criterion(problem, method)
    leader = rank_alternatives(problem, method).first[0]
    column = np.full(4, 1.5)
    column[problem.alternatives.index(leader)] = 1.0
    column[problem.alternatives.index(found.rival)] = 2.0
    wider = DecisionProblem(
        values=np.column_stack([problem.values, column]),
        senses=[*problem.senses, "max"],
        weights=np.append(problem.weights * (1 - found.weight - 1e-6), found.weight + 1e-6),
        alternatives=problem.alternatives,
    )
    ranks = rank_alternatives(wider, method).ranks
    assert (
        ranks[problem.alternatives.index(found.rival)] < ranks[problem.alternatives.index(leader)]
    )


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_weighted_sum_with_a_lead_of_d_needs_d_over_one_plus_d(seed):
    problem = random_problem(seed)
    result = rank_alternatives(problem, "wsm")
    ordered = np.sort(result.scores)[::-1]
    lead = ordered[0] - ordered[1]
    found = missing_criterion(problem, "wsm")
    assert found.exact
    assert found.weight == pytest.approx(lead / (1 + lead))
    assert found.by_rival[found.rival] == found.weight
    assert min(found.by_rival.values()) == found.weight


def test_the_assumed_values_matter_only_where_the_method_takes_ratios():
    problem = random_problem(7)
    for method, free in (("wsm", True), ("promethee2", True), ("wpm", False), ("topsis", False)):
        near = missing_criterion(problem, method)
        far = missing_criterion(problem, method, worst=1, best=9)
        assert near.scale_free == free
        assert (near.weight == pytest.approx(far.weight, abs=1e-9)) == free


def test_a_weighted_product_needs_the_weight_found_by_hand():
    """Level where 2 ** w = (2 ** 0.5) ** (1 - w): w = 1/3."""
    problem = DecisionProblem(values=[[2, 1], [1, 1]], weights=[0.5, 0.5], senses=["max", "max"])
    assert missing_criterion(problem, "wpm").weight == pytest.approx(1 / 3, abs=1e-9)


def test_a_parameter_given_per_criterion_needs_its_entry():
    params = {"preference_functions": ["usual", "linear"], "q": [0, 0], "p": [1, 1]}
    with pytest.raises(ProblemError, match="parameter preference_functions is given per criterion"):
        missing_criterion(PAIR, "promethee2", **params)
    found = missing_criterion(
        PAIR, "promethee2", entries={"preference_functions": "usual"}, **params
    )
    assert found.weight == pytest.approx(0.4 / 1.4)


def test_a_missing_criterion_without_a_range_is_refused():
    with pytest.raises(ProblemError, match="expected the worst below the best"):
        missing_criterion(PAIR, "wsm", worst=2, best=2)
