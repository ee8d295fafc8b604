import numpy as np
import pymcdm.methods as pm
import pytest

from mcda import DecisionProblem, ProblemError, get_method, rank_alternatives

RNG = np.random.default_rng(21)
BOUNDS = [[0, 10], [2, 8]]
PROBLEM = DecisionProblem(
    values=[[9, 3], [5, 5], [1, 8]], weights=[0.5, 0.5], senses=["max", "min"]
)


@pytest.mark.parametrize("trial", range(20))
def test_esp_spotis_agrees_with_pymcdm(trial):
    n, m = RNG.integers(2, 8), RNG.integers(1, 6)
    values = RNG.uniform(-5, 5, (n, m))
    bounds = np.stack([values.min(axis=0) - 1, values.max(axis=0) + 1], axis=1)
    esp = RNG.uniform(bounds[:, 0], bounds[:, 1])
    problem = DecisionProblem(
        values=values, weights=RNG.dirichlet(np.ones(m)), senses=RNG.choice(["max", "min"], m)
    )
    theirs = pm.SPOTIS(bounds, esp)(values, problem.weights, problem.sense)
    ours = rank_alternatives(problem, "esp-spotis", bounds=bounds.tolist(), esp=esp.tolist())
    assert ours.scores == pytest.approx(theirs)


def test_with_nothing_expected_esp_spotis_is_spotis():
    for params in ({}, {"bounds": BOUNDS}):
        spotis = rank_alternatives(PROBLEM, "spotis", **params).scores
        assert rank_alternatives(PROBLEM, "esp-spotis", **params).scores.tolist() == spotis.tolist()
        best = rank_alternatives(PROBLEM, "esp-spotis", **params, esp=1, esp_scale="range").scores
        assert best == pytest.approx(spotis)


def test_a_share_of_the_bounds_runs_from_the_worst_to_the_best():
    share = rank_alternatives(
        PROBLEM, "esp-spotis", bounds=BOUNDS, esp=[0.9, 0.75], esp_scale="range"
    )
    assert share.steps["expected_solution"] == pytest.approx([9, 3.5])
    unit = rank_alternatives(PROBLEM, "esp-spotis", bounds=BOUNDS, esp=[9, 3.5])
    assert share.scores == pytest.approx(unit.scores)
    assert unit.steps["distances"][1] == pytest.approx([0.4, 0.25])


def test_more_than_expected_is_as_far_as_less():
    """By hand: from 5 expected, 9 lies 0.4 of the range away and 4 only 0.1."""
    problem = DecisionProblem(values=[[9], [4]], senses=["max"])
    result = rank_alternatives(problem, "esp-spotis", bounds=[[0, 10]], esp=5)
    assert result.scores == pytest.approx([0.4, 0.1])
    assert result.ranks.tolist() == [2, 1]


def test_the_entry_of_an_idle_criterion_is_dropped_with_it():
    idle = PROBLEM.replace(weights=[0, 1])
    found = rank_alternatives(idle, "esp-spotis", bounds=BOUNDS, esp=[4, 3])
    alone = DecisionProblem(values=[[3], [5], [8]], senses=["min"])
    assert found.scores == pytest.approx(
        rank_alternatives(alone, "esp-spotis", bounds=BOUNDS[1:], esp=[3]).scores
    )


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"esp": 5}, "needs bounds"),
        ({"esp": 1.2, "esp_scale": "range"}, "1: the expected solution is 1.2; expected a number from 0"),
        ({"esp": [5, 9], "bounds": BOUNDS}, "2: the expected solution is 9"),
        ({"esp": [5], "bounds": BOUNDS}, "one for each of 2 criteria"),
        ({"esp": "middle", "bounds": BOUNDS}, "expected one number"),
        ({"esp": float("nan"), "bounds": BOUNDS}, "expected one number"),
        ({"esp": 5, "bounds": BOUNDS, "esp_scale": "percent"}, "expected absolute or range"),
        ({"bounds": "wide"}, "bounds are wide; expected a low and a higher high"),
        ({"bounds": [[0, 10], [8, 2]]}, "expected a low and a higher high"),
        ({"bounds": [[0, 8], [2, 8]]}, "number 1: a value lies outside its bounds 0.0 to 8.0"),
    ],
)  # fmt: skip
def test_bounds_and_expectations_that_do_not_fit_are_refused(params, sentence):
    with pytest.raises(ProblemError, match=sentence):
        rank_alternatives(PROBLEM, "esp-spotis", **params)


def test_bounds_of_the_data_follow_each_draw():
    values = RNG.uniform(1, 9, (7, 4, 3))
    weights = RNG.dirichlet(np.ones(3), 7)
    sense = np.array([1.0, -1.0, 1.0])
    method = get_method("esp-spotis")
    params = {"esp": 0.3, "esp_scale": "range"}
    batch = method.scores(values, weights, sense, **params)
    for b in range(7):
        one = method.scores(values[b], weights[b], sense, **params)
        assert batch[b] == pytest.approx(one)
