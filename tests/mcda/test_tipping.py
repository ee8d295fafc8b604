import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import METHODS, DecisionProblem, rank_alternatives
from mcda.tipping import missing_criterion, smallest_change, smallest_dethroning

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
