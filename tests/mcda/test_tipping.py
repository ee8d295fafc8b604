import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import METHODS, DecisionProblem, ProblemError, rank_alternatives
from mcda.tipping import smallest_change, smallest_dethroning, smallest_swaps

# By hand: A leads with 0.7 against 0.3; level at (0.5, 0.5), 0.2 away on each of two weights.
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


@pytest.mark.parametrize(("norm", "distance"), [("L1", 0.4), ("L2", 0.2 * np.sqrt(2))])
def test_the_nearest_level_weights_of_a_weighted_sum_are_those_found_by_hand(norm, distance):
    found = smallest_change(PAIR, "wsm", "A", "B", norm=norm)
    assert found.exact
    assert found.distance == pytest.approx(distance)
    assert found.weights == pytest.approx([0.5, 0.5])


def test_a_dominated_rival_never_draws_level():
    problem = DecisionProblem(values=[[2, 2], [1, 1]], senses=["max", "max"])
    assert smallest_dethroning(problem, "wsm") is None
    assert smallest_dethroning(problem, "topsis") is None


@pytest.mark.parametrize("norm", ["L1", "L2"])
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_nearer_weights_on_a_fine_grid_dethrone_a_linear_leader(norm, seed):
    problem = random_problem(seed)
    found = smallest_dethroning(problem, "wsm", norm=norm)
    leader = problem.alternatives.index(rank_alternatives(problem, "wsm").first[0])
    ticks = np.arange(0, 61) / 60
    grid = np.array([(a, b, 1 - a - b) for a in ticks for b in ticks if a + b <= 1 + 1e-12])
    scores = METHODS["wsm"].scores(problem.values, np.maximum(grid, 0), problem.sense)
    lost = scores.max(axis=1) > scores[:, leader] + 1e-9
    if found is None:
        assert not lost.any()
        return
    change = grid[lost] - problem.weights
    far = np.abs(change).sum(axis=1) if norm == "L1" else np.linalg.norm(change, axis=1)
    assert (far >= found.distance - 1e-6).all()
    moved = found.weights - problem.weights
    size = np.abs(moved).sum() if norm == "L1" else np.linalg.norm(moved)
    assert found.distance == pytest.approx(size)


@pytest.mark.parametrize("method", ["topsis", "vikor", "copras", "promethee2", "wpm"])
@pytest.mark.parametrize("norm", ["L1", "L2"])
def test_at_the_weights_found_the_rival_is_level(method, norm):
    problem = random_problem(5)
    found = smallest_dethroning(problem, method, norm=norm)
    ranks = rank_alternatives(problem.replace(weights=found.weights), method).scores
    leader, rival = (problem.alternatives.index(a) for a in (found.leader, found.rival))
    assert ranks[leader] == pytest.approx(ranks[rival], abs=1e-6)
    assert found.exact == (method == "promethee2")


def test_every_pair_of_a_weighted_sum_swaps_where_its_line_does():
    """Three alternatives on two criteria: each pair is level at one division of weight, by hand."""
    problem = DecisionProblem(
        values=[[1, 0], [0, 1], [0.6, 0.2]],
        weights=[0.7, 0.3],
        senses=["max", "max"],
        alternatives=["A", "B", "C"],
    )
    swaps = smallest_swaps(problem, "wsm", normalisation="none")
    # At w: A = w, B = 1 - w, C = 0.2 + 0.4 w; A = C at 1/3, B = C at 4/7, A = B at 1/2.
    assert [(s.leader, s.rival) for s in swaps] == [("C", "B"), ("A", "B"), ("A", "C")]
    assert [s.distance for s in swaps] == pytest.approx(
        [2 * (0.7 - 4 / 7), 2 * (0.7 - 1 / 2), 2 * (0.7 - 1 / 3)]
    )


def test_a_pair_that_no_weights_swap_is_listed_last_without_a_distance():
    problem = DecisionProblem(
        values=[[3, 3], [1, 1], [1, 4]], weights=[0.7, 0.3], senses=["max", "max"]
    )
    for method in ("wsm", "topsis"):
        swaps = smallest_swaps(problem, method)
        never = {(s.leader, s.rival) for s in swaps if s.distance is None and s.weights is None}
        assert never == {("A1", "A2"), ("A3", "A2")}
        assert all(s.distance is None for s in swaps[1:])


@pytest.mark.parametrize("method", ["topsis", "copras", "wpm"])
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_weights_on_a_grid_are_much_nearer_than_the_upper_bound_found(method, seed):
    problem = random_problem(seed)
    found = smallest_dethroning(problem, method)
    leader = problem.alternatives.index(rank_alternatives(problem, method).first[0])
    ticks = np.arange(0, 61) / 60
    grid = np.array([(a, b, max(1 - a - b, 0)) for a in ticks for b in ticks if a + b <= 1 + 1e-12])
    scores = METHODS[method].scores(problem.values, grid, problem.sense)
    lost = scores.max(axis=1) > scores[:, leader] + 1e-9
    if lost.any():
        far = np.abs(grid[lost] - problem.weights).sum(axis=1).min()
        assert found.distance <= far + 1e-3
    if found is not None:
        there = rank_alternatives(problem.replace(weights=found.weights), method).ranks
        assert there[problem.alternatives.index(found.rival)] <= there[leader]


def test_a_criterion_of_weight_zero_may_get_weight_where_the_method_takes_it():
    problem = DecisionProblem(
        values=[[2, 0], [1, 5]], weights=[1, 0], senses=["max", "max"], alternatives=["A", "B"]
    )
    assert smallest_change(problem, "wsm", "A", "B").distance == pytest.approx(1.0)
    refused = smallest_change(problem, "wpm", "A", "B")  # the idle criterion holds a zero
    assert refused.distance is None


def test_an_unknown_norm_and_an_unknown_alternative_are_refused():
    with pytest.raises(ProblemError, match="expected L1 or L2"):
        smallest_swaps(PAIR, "wsm", norm="L3")
    with pytest.raises(ProblemError, match="expected one of A, B"):
        smallest_change(PAIR, "wsm", "A", "C")
