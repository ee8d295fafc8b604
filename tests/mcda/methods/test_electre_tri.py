"""ELECTRE TRI-B: the published example is in the oracles; here the assignments by their words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import DecisionProblem, ProblemError, Role, get_method, rank_alternatives

BORDERS = [[3, 3, 3], [6, 6, 6]]


def classes(values, **params):
    problem = DecisionProblem(values=values, senses=["max"] * 3, weights=[0.4, 0.3, 0.3])
    given_ = {"profiles": BORDERS, "lambda": 0.6} | params
    return rank_alternatives(problem, "electre-tri", **given_)


def test_an_alternative_at_a_border_belongs_to_the_class_above():
    result = classes([[2, 2, 2], [3, 3, 3], [5, 5, 5], [6, 6, 6], [9, 9, 9]])
    assert result.steps["pessimistic"].tolist() == [1, 2, 2, 3, 3]
    assert result.steps["optimistic"].tolist() == [1, 2, 2, 3, 3]
    assert result.scores.tolist() == [1, 2, 2, 3, 3]
    assert result.role is Role.SORTING
    assert result.higher_is_better


def test_an_alternative_incomparable_to_a_border_is_where_the_two_assignments_part():
    """Very good on one criterion, very bad on another with a veto: no border is beaten or beats it."""
    params = {"q": 0, "p": 1, "v": [[3, None, None]], "profiles": [[5, 5, 5]]}
    result = classes([[1, 9, 9]], **params)
    assert result.steps["credibility"][0, 0] == 0
    assert result.steps["credibility_of_profile"][0, 0] == 0.4
    assert result.steps["pessimistic"].tolist() == [1]
    assert result.steps["optimistic"].tolist() == [2]
    assert classes([[1, 9, 9]], assignment="optimistic", **params).scores.tolist() == [2]


def assigned_by_hand(over, under, level):
    """Walk the borders as the two procedures say (Yu 1992)."""
    k = len(over)
    pessimistic = next((h + 2 for h in reversed(range(k)) if over[h] >= level), 1)
    optimistic = next(
        (h + 1 for h in range(k) if under[h] >= level and not over[h] >= level), k + 1
    )
    return pessimistic, optimistic


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.5, 0.65, 0.8, 1.0]))
def test_assignments_follow_the_credibilities_border_by_border(seed, level):
    rng = np.random.default_rng(seed)
    borders = np.cumsum(rng.uniform(0.5, 3, (4, 3)), axis=0)
    params = {"q": 0.2, "p": 0.6, "v": [[2.5, None, 3.0]], "profiles": borders.tolist()}
    steps = classes(rng.uniform(0, 9, (5, 3)), **params | {"lambda": level}).steps
    for i in range(5):
        over, under = (
            np.round(steps[f"credibility{x}"][i], 10).tolist() for x in ("", "_of_profile")
        )
        expected = assigned_by_hand(over, under, level)
        assert (steps["pessimistic"][i], steps["optimistic"][i]) == expected


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_the_pessimistic_class_is_never_above_the_optimistic(seed):
    rng = np.random.default_rng(seed)
    borders = np.cumsum(rng.uniform(1, 3, (3, 3)), axis=0).tolist()
    steps = classes(rng.uniform(0, 9, (8, 3)), profiles=borders, p=0.5, v=2.0).steps
    assert (steps["pessimistic"] <= steps["optimistic"]).all()


def test_a_class_depends_on_no_other_alternative():
    values = np.random.default_rng(2).uniform(0, 9, (8, 3))
    together = classes(values).scores
    assert [classes([row]).scores[0] for row in values] == together.tolist()


def test_criteria_to_be_minimised_have_profiles_that_fall():
    up = classes([[4, 4, 7], [7, 7, 1]])
    problem = DecisionProblem(
        values=[[-4, 4, 7], [-7, 7, 1]], senses=["min", "max", "max"], weights=[0.4, 0.3, 0.3]
    )
    down = rank_alternatives(
        problem, "electre-tri", profiles=[[-3, 3, 3], [-6, 6, 6]], **{"lambda": 0.6}
    )
    assert down.scores.tolist() == up.scores.tolist()


def test_profiles_and_thresholds_follow_the_criteria_that_stay():
    values = [[4, 9, 7], [7, 0, 1], [2, 5, 2]]
    idle = DecisionProblem(values=values, senses=["max"] * 3, weights=[1, 0, 1])
    fewer = DecisionProblem(values=np.array(values)[:, [0, 2]], senses=["max"] * 2, weights=[1, 1])
    full = {"p": [[1, 9, 2]], "v": [[4, 0, 4], [5, 9, None]], "profiles": BORDERS}
    with pytest.raises(ProblemError, match="expected q at most p, and p at most v"):
        rank_alternatives(idle.replace(weights=[1, 1, 1]), "electre-tri", **full)
    short = {"p": [[1, 2]], "v": [[4, 4], [5, None]], "profiles": [[3, 3], [6, 6]]}
    ours = rank_alternatives(idle, "electre-tri", **full)
    assert ours.steps["credibility"].tolist() == (
        rank_alternatives(fewer, "electre-tri", **short).steps["credibility"].tolist()
    )


def test_draws_of_weights_and_values_are_sorted_at_once():
    rng = np.random.default_rng(6)
    method = get_method("electre-tri")
    values, weights = rng.uniform(0, 9, (30, 5, 3)), rng.dirichlet(np.ones(3), 30)
    params = {"profiles": BORDERS, "p": 1.0, "v": 4.0}
    together = method.scores(values, weights, np.ones(3), **params)
    for b in range(30):
        alone = method.scores(values[b], weights[b], np.ones(3), **params)
        assert together[b].tolist() == alone.tolist()


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        (
            {"profiles": [3, 6]},
            "expected a list of rows from the worst border .* each of 3 criteria",
        ),
        ({"profiles": []}, "expected a list of rows"),
        ({"profiles": "low"}, "expected a list of rows"),
        ({"profiles": [[3, 3, float("nan")]]}, "expected a list of rows"),
        ({"profiles": [[3, 3, 3], [6, 2, 6]]}, "profile number 2 is worse .* criterion number 2"),
        ({"q": [0, 0, 0]}, "q is .* one for all 2 profiles or one for each"),
        ({"q": 2, "p": 1}, "expected q at most p"),
        ({"v": [[1, 1, 1], [1, 1, 0.5]], "p": 1}, "number 3: thresholds are q 0.0, p 1, v 0.5"),
        ({"lambda": 0.4}, "ELECTRE TRI's lambda is 0.4; expected a number from 0.5 to 1"),
        ({"assignment": "pesimistic"}, "'pesimistic'; expected pessimistic"),
    ],
)
def test_parameters_that_make_no_sense_are_refused_in_one_sentence(params, sentence):
    with pytest.raises(ProblemError, match=sentence):
        classes([[1, 2, 3]], **params)


def test_without_profiles_nothing_is_sorted():
    problem = DecisionProblem(values=[[1, 2]], senses=["max", "max"])
    with pytest.raises(ProblemError, match="electre-tri needs the parameter profiles: borders"):
        rank_alternatives(problem, "electre-tri")
