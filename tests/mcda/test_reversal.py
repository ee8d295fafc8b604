import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import DecisionProblem, rank_alternatives
from mcda.reversal import (
    ReversalTest,
    irrelevant_additions,
    leave_one_out,
    rank_reversal,
    worse_replacements,
)

# Belton and Gear (1983): sums of shares of the column's total; adding a copy of the second puts
# the first below it.
BELTON = DecisionProblem(
    values=[[1, 9, 8], [9, 1, 9], [1, 1, 1]],
    senses=["max", "max", "max"],
    alternatives=["A", "B", "C"],
)


def random_problem(seed, n=4, m=3):
    rng = np.random.default_rng(seed)
    return DecisionProblem(
        values=rng.uniform(0.5, 9, (n, m)),
        weights=rng.dirichlet(np.ones(m)),
        senses=rng.choice(["max", "min"], m),
    )


def test_the_reversal_of_belton_and_gear_is_found():
    """Their four alternatives: with the copy of B, A (first of the two) falls behind B."""
    whole = BELTON.replace(
        values=np.vstack([BELTON.values, BELTON.values[1]]), alternatives=("A", "B", "C", "copy")
    )
    assert rank_alternatives(BELTON, "wsm", normalisation="sum").first == ("B",)
    assert rank_alternatives(whole, "wsm", normalisation="sum").first == ("A",)
    (without,) = [
        c for c in leave_one_out(whole, "wsm", normalisation="sum") if c.alternative == "copy"
    ]
    assert without.first == ("B",)
    assert without.first_lost
    assert [(r.upper, r.lower, r.before, r.after) for r in without.reversals] == [
        ("A", "B", ">", "<")
    ]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_plain_sum_of_values_reverses_nothing(seed):
    found = rank_reversal(random_problem(seed), "wsm", normalisation="none")
    assert found.stable
    assert not found.costs_first_place
    assert [c.test for c in found.cases] == (
        4 * [ReversalTest.LEFT_OUT]
        + [ReversalTest.COPIED, ReversalTest.DOMINATED]
        + 3 * [ReversalTest.WORSENED]
    )


@pytest.mark.parametrize("method", ["topsis", "wsm", "promethee2", "vikor"])
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_each_reversal_reported_is_one(method, seed):
    problem = random_problem(seed)
    before = dict(zip(problem.alternatives, rank_alternatives(problem, method).ranks, strict=True))
    for case in leave_one_out(problem, method):
        stay = [a for a in problem.alternatives if a != case.alternative]
        fewer = problem.replace(
            values=problem.values[[problem.alternatives.index(a) for a in stay]],
            alternatives=tuple(stay),
        )
        after = dict(zip(stay, rank_alternatives(fewer, method).ranks, strict=True))
        reported = {(r.upper, r.lower) for r in case.reversals}
        for upper in stay:
            for lower in stay:
                if before[upper] < before[lower]:
                    assert ((upper, lower) in reported) == (after[upper] >= after[lower])


def test_additions_and_replacements_name_whom_they_concern():
    problem = random_problem(3)
    ranks = rank_alternatives(problem, "topsis").ranks
    copied, dominated = irrelevant_additions(problem, "topsis")
    assert copied.alternative == problem.alternatives[int(np.argmax(ranks))]
    assert dominated.alternative is None
    worsened = worse_replacements(problem, "topsis")
    first = problem.alternatives[int(np.argmin(ranks))]
    assert first not in [c.alternative for c in worsened]
    assert all(c.alternative not in {r.upper, r.lower} for c in worsened for r in c.reversals)


def test_a_case_that_the_method_refuses_says_why():
    """EDAS divides by the average of a criterion, which is 0 without A."""
    problem = DecisionProblem(
        values=[[3, 2], [2, 0], [1, 0]], senses=["max", "max"], alternatives=["A", "B", "C"]
    )
    found = rank_reversal(problem, "edas")
    refused = [c for c in found.cases if c.refused is not None]
    assert ("A", ReversalTest.LEFT_OUT) in [(c.alternative, c.test) for c in refused]
    assert not found.stable


def test_one_alternative_leaves_nothing_to_leave_out():
    problem = DecisionProblem(values=[[1, 2]], senses=["max", "max"])
    assert leave_one_out(problem, "wsm") == ()
    assert rank_reversal(problem, "wsm").stable
