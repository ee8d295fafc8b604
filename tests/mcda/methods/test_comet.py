import itertools
import tracemalloc

import numpy as np
import pymcdm.methods as pm
import pytest
from pymcdm.methods.comet_tools import MethodExpert
from pymcdm.normalizations import minmax_normalization

from mcda import DecisionProblem, ProblemError, get_method, rank_alternatives
from mcda.methods import _characteristic, comet

RNG = np.random.default_rng(23)
PROBLEM = DecisionProblem(values=[[9, 3], [5, 5], [1, 8]], senses=["max", "min"])
GRID = [[0, 5, 10], [2, 8]]


def random_problem():
    n, m = RNG.integers(3, 8), RNG.integers(1, 5)
    return DecisionProblem(
        values=RNG.uniform(1, 9, (n, m)),
        weights=RNG.dirichlet(np.ones(m)),
        senses=RNG.choice(["max", "min"], m),
    )


@pytest.mark.parametrize("trial", range(15))
@pytest.mark.parametrize(
    ("rating", "expert"), [("topsis", pm.TOPSIS()), ("wsm", pm.WSM(minmax_normalization))]
)
def test_comet_agrees_with_pymcdm(trial, rating, expert):
    problem = random_problem()
    grid = [[c.min(), c.mean(), c.max()] for c in problem.values.T]
    judge = MethodExpert(expert, problem.weights, problem.sense)
    theirs = pm.COMET(grid, judge)(problem.values)
    assert rank_alternatives(problem, "comet", rating=rating).scores == pytest.approx(theirs)
    given = rank_alternatives(problem, "comet", rating=rating, characteristic_values=grid)
    assert given.scores == pytest.approx(theirs)


def test_pymcdm_splits_equal_objects_by_rounding_and_ours_does_not():
    """0.1 + 0.2 + 0.4 and 0.3 + 0.4 are one rating: 16 objects on 11 levels."""
    grid = [[0.0, 1.0]] * 4
    problem = DecisionProblem(
        values=[[1, 1, 0, 1], [0, 0, 1, 1]], weights=[0.1, 0.2, 0.3, 0.4], senses=["max"] * 4
    )
    steps = rank_alternatives(problem, "comet", characteristic_values=grid).steps
    exact = {
        sum(w for w, on in zip((1, 2, 3, 4), c, strict=True) if on)
        for c in itertools.product((0, 1), repeat=4)
    }
    assert len(np.unique(steps["p"])) == len(exact) == 11
    rating = steps["characteristic_objects"] @ problem.weights
    theirs = pm.COMET(np.array(grid), lambda co: (co @ problem.weights, None))
    assert len(np.unique(rating)) > len(exact)
    assert len(np.unique(theirs.p)) == len(np.unique(rating))


def test_summed_judgements_by_sorting_are_the_row_sums_of_the_matrix_of_judgements():
    steps = rank_alternatives(PROBLEM, "comet", characteristic_values=GRID).steps
    objects = steps["characteristic_objects"]
    rating = 0.5 * objects[:, 0] / 10 + 0.5 * (8 - objects[:, 1]) / 6
    gap = np.round(rating[:, None] - rating[None, :], 9)
    matrix = np.where(gap > 0, 1.0, np.where(gap < 0, 0.0, 0.5))
    assert steps["sj"].tolist() == matrix.sum(axis=1).tolist()
    by_matrix = rank_alternatives(
        PROBLEM, "comet", characteristic_values=GRID, judgements=matrix.tolist()
    )
    by_rating = rank_alternatives(
        PROBLEM, "comet", characteristic_values=GRID, preferences=rating.tolist()
    )
    plain = rank_alternatives(PROBLEM, "comet", characteristic_values=GRID)
    assert by_matrix.scores == pytest.approx(plain.scores)
    assert by_rating.scores == pytest.approx(plain.scores)
    assert by_matrix.steps["sj"].tolist() == steps["sj"].tolist()


def test_an_alternative_between_objects_mixes_their_preferences_by_nearness():
    """By hand: levels 0, 1/3, 2/3, 1 of four objects; a quarter of the way on x, half on y."""
    problem = DecisionProblem(values=[[1, 5], [0, 10], [4, 0]], senses=["max", "max"])
    result = rank_alternatives(
        problem,
        "comet",
        characteristic_values=[[0, 4], [0, 10]],
        preferences=[-7, 3.5, 0, 100],
    )
    assert result.steps["p"] == pytest.approx([0, 2 / 3, 1 / 3, 1])
    between = 0.375 * (0 + 2 / 3) + 0.125 * (1 / 3 + 1)
    assert result.scores == pytest.approx([between, 2 / 3, 1 / 3])


def test_judged_preferences_may_rise_and_fall_again():
    """The best is in the middle: no weights and no senses could say that."""
    problem = DecisionProblem(values=[[0], [5], [10], [7.5]], senses=["max"])
    result = rank_alternatives(
        problem, "comet", characteristic_values=[[0, 5, 10]], preferences=[1, 9, 4]
    )
    assert result.scores == pytest.approx([0, 1, 0.5, 0.75])


def test_with_fixed_objects_comet_does_not_mind_who_else_is_ranked():
    whole = rank_alternatives(PROBLEM, "comet", characteristic_values=GRID).scores
    fewer = PROBLEM.replace(values=PROBLEM.values[:2], alternatives=PROBLEM.alternatives[:2])
    assert rank_alternatives(fewer, "comet", characteristic_values=GRID).scores == pytest.approx(
        whole[:2]
    )


def test_preferences_on_a_tiny_scale_keep_their_order():
    tiny = rank_alternatives(
        PROBLEM, "comet", characteristic_values=GRID, preferences=[1e-12 * k for k in range(6)]
    )
    usual = rank_alternatives(
        PROBLEM, "comet", characteristic_values=GRID, preferences=list(range(6))
    )
    assert tiny.scores == pytest.approx(usual.scores)


def test_blocks_of_draws_give_what_one_block_gives(monkeypatch):
    method, sense = get_method("comet"), np.array([1.0, -1.0, 1.0])
    values, weights = RNG.uniform(1, 9, (50, 4, 3)), RNG.dirichlet(np.ones(3), 50)
    cases = [(values, weights), (values[0], weights), (values, weights[0])]
    whole = [method.scores(*case, sense) for case in cases]
    monkeypatch.setattr(comet, "_BLOCK", 100)
    for case, scores in zip(cases, whole, strict=True):
        assert scores.shape == (50, 4)
        assert method.scores(*case, sense).tolist() == scores.tolist()


def test_judged_objects_serve_a_batch_whatever_the_weights():
    method = get_method("comet")
    params = {"characteristic_values": GRID, "preferences": [1, 2, 3, 5, 8, 13]}
    single = method.scores(PROBLEM.values, PROBLEM.weights, PROBLEM.sense, **params)
    batch = method.scores(PROBLEM.values, RNG.dirichlet(np.ones(2), 5), PROBLEM.sense, **params)
    assert batch.tolist() == [single.tolist()] * 5


def test_equal_objects_have_preference_one_half():
    flat = DecisionProblem(values=[[3, 4], [3, 4]], senses=["max", "min"])
    assert rank_alternatives(flat, "comet").scores.tolist() == [0.5, 0.5]


def test_ratings_nearer_than_rounding_are_one_level():
    near = _characteristic.LEVEL / 10
    assert _characteristic.levels(np.array([[0.0, near, 1.0]])).tolist() == [[0, 0, 1]]


def test_sorting_needs_no_matrix_of_judgements():
    """59,049 objects: their matrix would have 3.5 thousand million cells."""
    problem = DecisionProblem(values=RNG.uniform(0, 1, (4, 10)), senses=["max"] * 10)
    tracemalloc.start()
    scores = get_method("comet").scores(problem.values, problem.weights, problem.sense)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert np.isfinite(scores).all()
    assert peak < 50e6


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"rating": "vikor"}, "expected wsm or topsis"),
        ({"characteristic_values": [[0, 10]]}, "a list of values for each of 2 criteria"),
        ({"characteristic_values": 5}, "a list of values for each of 2 criteria"),
        ({"characteristic_values": [[0, 10], [8, 2]]}, "number 2: characteristic values are"),
        ({"characteristic_values": [[0, 10], [8]]}, "two or more numbers"),
        ({"characteristic_values": [[0, 10], ["2", "8"]]}, "two or more numbers"),
        ({"characteristic_values": [[0, 8], [2, 8]]}, "number 1: a value lies outside"),
        ({"preferences": [1, 2]}, "need their characteristic_values"),
        ({"characteristic_values": GRID, "preferences": [1] * 6, "judgements": [[0.5]]}, "only one of the two"),
        ({"characteristic_values": GRID, "preferences": [1, 2, 3]}, "no list of 6 numbers"),
        ({"characteristic_values": GRID, "preferences": [1, 2, 3, 4, 5, float("nan")]}, "no list of 6 numbers"),
        ({"characteristic_values": GRID, "judgements": [[0.5, 1], [1, 0.5]]}, "no matrix of 6 rows"),
        ({"characteristic_values": GRID, "judgements": [[1.0] * 6] * 6}, "each pair adding up to 1"),
    ],
)  # fmt: skip
def test_comet_refuses_what_does_not_fit(params, sentence):
    with pytest.raises(ProblemError, match=sentence):
        rank_alternatives(PROBLEM, "comet", **params)


def test_too_many_objects_are_refused_in_one_sentence():
    wide = DecisionProblem(values=RNG.uniform(0, 1, (3, 11)), senses=["max"] * 11)
    with pytest.raises(
        ProblemError, match="177147 characteristic objects; expected at most 100000"
    ):
        rank_alternatives(wide, "comet")
    two = [[0, 1]] * 11
    assert rank_alternatives(wide, "comet", characteristic_values=two).scores.shape == (3,)
