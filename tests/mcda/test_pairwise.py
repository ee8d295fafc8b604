import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import DecisionProblem, rank_alternatives
from mcda.pairwise import pairwise_order

# Condorcet's cycle: each wins two of three criteria against the next, and PROMETHEE II with the
# usual function counts criteria when only two are compared.
CYCLE = DecisionProblem(
    values=[[3, 1, 2], [2, 3, 1], [1, 2, 3]],
    senses=["max", "max", "max"],
    alternatives=["A", "B", "C"],
)


def test_a_majority_cycle_is_named_and_makes_no_order():
    found = pairwise_order(CYCLE, "promethee2")
    assert found.cycles == (("A", "B", "C"),)
    assert not found.transitive
    assert found.recomposed is None
    assert found.duels.tolist() == [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    # All three are level when compared together, so every pair stands otherwise alone.
    assert len(found.reversals) == 3
    assert {r.before for r in found.reversals} == {"="}


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_pairs_of_a_plain_sum_make_the_order_of_the_whole(seed):
    rng = np.random.default_rng(seed)
    problem = DecisionProblem(values=rng.integers(1, 4, (5, 3)), senses=["max"] * 3)
    found = pairwise_order(problem, "wsm", normalisation="none")
    assert found.transitive
    assert found.reversals == ()
    whole = rank_alternatives(problem, "wsm", normalisation="none").ranks
    assert found.recomposed.tolist() == whole.tolist()


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_cycles_are_exactly_the_breaches_of_transitivity(seed):
    rng = np.random.default_rng(seed)
    problem = DecisionProblem(values=rng.integers(1, 5, (5, 3)), senses=["max"] * 3)
    found = pairwise_order(problem, "promethee2")
    d, n = found.duels, range(5)
    breached = any(
        d[a, b] >= 0.5 and d[b, c] >= 0.5 and d[c, a] == 1
        for a in n
        for b in n
        for c in n
        if len({a, b, c}) == 3
    )
    assert bool(found.cycles) == breached
    assert (found.recomposed is None) == breached


def test_a_pair_that_the_method_refuses_is_listed():
    problem = DecisionProblem(
        values=[[3, 2], [2, 0], [1, 0]], senses=["max", "max"], alternatives=["A", "B", "C"]
    )
    found = pairwise_order(problem, "edas")  # divides by the average, 0 without A
    assert ("B", "C") in found.refused
    assert not found.transitive
