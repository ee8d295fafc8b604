import numpy as np
import pymcdm.methods as pm
import pytest

from mcda import DecisionProblem, ProblemError, rank_alternatives

RNG = np.random.default_rng(22)
BOUNDS = [[0, 10], [2, 8]]
PROBLEM = DecisionProblem(
    values=[[9, 3], [5, 5], [1, 8]], weights=[0.5, 0.5], senses=["max", "min"]
)


def random_problem():
    n, m = RNG.integers(2, 8), RNG.integers(1, 6)
    return DecisionProblem(
        values=RNG.uniform(1, 9, (n, m)),
        weights=RNG.dirichlet(np.ones(m)),
        senses=RNG.choice(["max", "min"], m),
    )


def wide_bounds(problem):
    return np.stack([problem.values.min(axis=0) - 1, problem.values.max(axis=0) + 1], axis=1)


@pytest.mark.parametrize("trial", range(20))
def test_rim_agrees_with_pymcdm(trial):
    problem = random_problem()
    bounds = wide_bounds(problem)
    ideal = np.sort(RNG.uniform(bounds[:, :1], bounds[:, 1:], bounds.shape), axis=1)
    theirs = pm.RIM(bounds, ideal)(problem.values, problem.weights, problem.sense)
    ours = rank_alternatives(problem, "rim", bounds=bounds.tolist(), reference_ideal=ideal.tolist())
    assert ours.scores == pytest.approx(theirs)
    theirs = pm.RIM(bounds)(problem.values, problem.weights, problem.sense)
    assert rank_alternatives(problem, "rim", bounds=bounds.tolist()).scores == pytest.approx(theirs)


@pytest.mark.parametrize("trial", range(10))
def test_rim_with_nothing_given_is_topsis_with_min_max(trial):
    problem = random_problem()
    topsis = rank_alternatives(problem, "topsis", normalisation="minmax").scores
    assert rank_alternatives(problem, "rim").scores == pytest.approx(topsis)


def test_rim_falls_on_either_side_of_its_ideal():
    """By hand: 1 within 4 to 6, linear to 0 at 0 and 10."""
    problem = DecisionProblem(values=[[4], [5], [2], [9], [0], [10]], senses=["max"])
    result = rank_alternatives(problem, "rim", bounds=[[0, 10]], reference_ideal=[[4, 6]])
    assert result.steps["normalised"][:, 0] == pytest.approx([1, 1, 0.5, 0.25, 0, 0])
    assert result.scores == pytest.approx([1, 1, 0.5, 0.25, 0, 0])


def test_a_rim_ideal_is_a_number_or_a_range_for_each_criterion():
    mixed = rank_alternatives(PROBLEM, "rim", bounds=BOUNDS, reference_ideal=[9, [3, 5]])
    pairs = rank_alternatives(PROBLEM, "rim", bounds=BOUNDS, reference_ideal=[[9, 9], [3, 5]])
    assert mixed.scores.tolist() == pairs.scores.tolist()
    share = rank_alternatives(
        PROBLEM, "rim", bounds=BOUNDS, reference_ideal=[0.9, [0.5, 5 / 6]], ideal_scale="range"
    )
    assert share.scores == pytest.approx(pairs.scores)


@pytest.mark.parametrize("high", [3.0, 0.7, 1 / 3])
def test_the_best_of_the_data_is_at_an_ideal_of_one_whole_range(high):
    """Rounding at the end of the range must not turn nearness 1 into 0."""
    problem = DecisionProblem(values=[[0.1], [high], [0.2]], senses=["max"])
    result = rank_alternatives(problem, "rim", reference_ideal=1, ideal_scale="range")
    assert result.steps["normalised"][1, 0] == 1


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"reference_ideal": 5}, "needs bounds"),
        ({"reference_ideal": [[0.2, 1.2], 0.5], "ideal_scale": "range"}, "number 1: the reference ideal is"),
        ({"reference_ideal": [5, 9], "bounds": BOUNDS}, "number 2: the reference ideal is"),
        ({"reference_ideal": [[6, 4], [3, 5]], "bounds": BOUNDS}, "a number or a low and a high"),
        ({"reference_ideal": [[4, 6]], "bounds": BOUNDS}, "for each of 2 criteria"),
        ({"reference_ideal": [[4, 5, 6], 3], "bounds": BOUNDS}, "a number or a low and a high"),
        ({"reference_ideal": ["4", "5"], "bounds": BOUNDS}, "a number or a low and a high"),
        ({"reference_ideal": float("nan"), "bounds": BOUNDS}, "a number or a low and a high"),
        ({"reference_ideal": 5, "bounds": BOUNDS, "ideal_scale": "share"}, "expected absolute or range"),
        ({"bounds": [[0, 10]]}, "expected a low and a higher high"),
    ],
)  # fmt: skip
def test_rim_refuses_an_ideal_that_does_not_fit(params, sentence):
    with pytest.raises(ProblemError, match=sentence):
        rank_alternatives(PROBLEM, "rim", **params)


@pytest.mark.parametrize("trial", range(20))
def test_rafsi_agrees_with_pymcdm(trial):
    problem = random_problem()
    low, high = wide_bounds(problem).T
    up = problem.sense > 0
    ideal, anti = np.where(up, high, low), np.where(up, low, high)
    n1, n2k = RNG.uniform(0.5, 2), RNG.uniform(3, 9)
    theirs = pm.RAFSI(ideal, anti, n1, n2k)(problem.values, problem.weights, problem.sense)
    ours = rank_alternatives(
        problem, "rafsi", ideal=ideal.tolist(), anti_ideal=anti.tolist(), n1=n1, n2k=n2k
    )
    assert ours.scores == pytest.approx(theirs)


def test_rafsi_maps_the_ends_of_a_criterion_to_the_ends_of_the_interval():
    """By hand: 2A = 7 and H / 2 = 6 / 7, so the ends are 1/7 and 6/7 for either sense."""
    problem = DecisionProblem(values=[[9, 3], [1, 8]], senses=["max", "min"])
    steps = rank_alternatives(problem, "rafsi").steps
    assert steps["mapped"].tolist() == [[6, 1], [1, 6]]
    assert steps["normalised"] == pytest.approx(np.array([[6, 6], [1, 1]]) / 7)


def test_with_fixed_ends_rafsi_and_rim_do_not_mind_who_else_is_ranked():
    problem = random_problem()
    low, high = wide_bounds(problem).T
    up = problem.sense > 0
    rafsi = {
        "ideal": np.where(up, high, low).tolist(),
        "anti_ideal": np.where(up, low, high).tolist(),
    }
    rim = {"bounds": np.stack([low, high], axis=1).tolist()}
    fewer = problem.replace(values=problem.values[1:], alternatives=problem.alternatives[1:])
    for method, params in (("rafsi", rafsi), ("rim", rim)):
        whole = rank_alternatives(problem, method, **params).scores
        assert rank_alternatives(fewer, method, **params).scores == pytest.approx(whole[1:])


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"n1": 6, "n2k": 6}, "n2k above n1"),
        ({"n1": 0}, "expected numbers above 0"),
        ({"n1": "one"}, "expected numbers above 0"),
        ({"n2k": float("inf")}, "expected numbers above 0"),
        ({"ideal": [10, 8], "anti_ideal": [0, 2]}, "number 2: the ideal 8.0 is no better than the anti-ideal 2.0"),
        ({"ideal": [8, 2], "anti_ideal": [0, 9]}, "number 1: a value lies outside the anti-ideal 0.0 to the ideal 8.0"),
        ({"ideal": [10]}, "one for each of 2 criteria"),
    ],
)  # fmt: skip
def test_rafsi_refuses_ends_that_do_not_fit(params, sentence):
    with pytest.raises(ProblemError, match=sentence):
        rank_alternatives(PROBLEM, "rafsi", **params)


def test_pymcdms_rafsi_turns_a_wrong_ideal_round_where_ours_refuses_it():
    """A benefit with ideal 0 and anti-ideal 10: pymcdm 1.4.0 sorts the two and ranks on."""
    problem = DecisionProblem(values=[[2], [8]], senses=["max"])
    sorted_, turned = (
        pm.RAFSI(np.array([a]), np.array([b]))(problem.values, problem.weights, problem.sense)
        for a, b in ((10.0, 0.0), (0.0, 10.0))
    )
    assert turned.tolist() == sorted_.tolist()
    with pytest.raises(ProblemError, match="no better than"):
        rank_alternatives(problem, "rafsi", ideal=0, anti_ideal=10)
