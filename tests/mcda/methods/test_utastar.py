import numpy as np
import pytest

from mcda import DecisionProblem, ProblemError, get_method, rank_alternatives

TRANSPORT = DecisionProblem(
    values=[[3, 10, 1], [4, 20, 2], [2, 20, 0], [6, 40, 0], [30, 30, 3]],
    senses=["min", "min", "max"],
    alternatives=["RER", "METRO 1", "METRO 2", "BUS", "TAXI"],
    criteria=["price", "time", "comfort"],
)
PARAMS = {
    "ranks": [1, 2, 2, 3, 4],
    "breakpoints": [[30, 16, 2], [40, 30, 20, 10], [0, 1, 2, 3]],
}


def refused(problem=TRANSPORT, **params):
    with pytest.raises(ProblemError) as caught:
        rank_alternatives(problem, "utastar", **(PARAMS | params))
    return str(caught.value)


def test_the_steps_tell_errors_functions_weights_and_agreement():
    steps = rank_alternatives(TRANSPORT, "utastar", **PARAMS).steps
    assert steps["lp_objective"] == pytest.approx(0, abs=1e-12)
    assert steps["overestimation"] == pytest.approx(np.zeros(5), abs=1e-12)
    assert steps["underestimation"] == pytest.approx(np.zeros(5), abs=1e-12)
    assert [len(h) for h in steps["marginal_values"]] == [3, 4, 4]
    assert sum(steps["weights"]) == pytest.approx(1)
    assert (steps["weights"] <= steps["largest_weights"]).all()
    assert steps["kendall_tau"] == 1


def test_arrays_are_taken_as_lists_are():
    arrays = PARAMS | {"ranks": np.array(PARAMS["ranks"]), "references": TRANSPORT.values}
    found = rank_alternatives(TRANSPORT, "utastar", **arrays).scores
    assert found.tolist() == rank_alternatives(TRANSPORT, "utastar", **PARAMS).scores.tolist()


def test_the_weights_of_the_problem_change_nothing():
    weighted = TRANSPORT.replace(weights=[0.7, 0.2, 0.1])
    assert (
        rank_alternatives(weighted, "utastar", **PARAMS).scores.tolist()
        == rank_alternatives(TRANSPORT, "utastar", **PARAMS).scores.tolist()
    )


def test_references_rank_alternatives_that_were_not_ranked():
    new = DecisionProblem(values=[[2, 10, 3], [30, 40, 0]], senses=TRANSPORT.senses)
    result = rank_alternatives(new, "utastar", references=TRANSPORT.values.tolist(), **PARAMS)
    assert result.scores == pytest.approx([1, 0])


def test_every_draw_of_values_has_its_own_function_without_references():
    method = get_method("utastar")
    rng = np.random.default_rng(2)
    draws = TRANSPORT.values * rng.uniform(0.9, 1.1, (3, 5, 3))
    params = {"ranks": PARAMS["ranks"], "breakpoints": 3}
    weights = np.full((3, 3), 1 / 3)
    together = method.scores(draws, weights, TRANSPORT.sense, **params)
    for values, scores in zip(draws, together, strict=True):
        single = method.scores(values, weights[0], TRANSPORT.sense, **params)
        assert scores.tolist() == single.tolist()


def test_ranks_are_required():
    with pytest.raises(ProblemError, match="utastar needs the parameter ranks: rank of each"):
        rank_alternatives(TRANSPORT, "utastar")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ranks": [1, 2]}, "expected 5 finite numbers, 1 the best"),
        ({"ranks": "first"}, "expected 5 finite numbers, 1 the best"),
        ({"references": [[1, 2]]}, "expected rows of 3 finite numbers"),
        ({"references": [[1, 2, "a"]]}, "expected rows of 3 finite numbers"),
        ({"references": [[3, 10, 1]]}, "expected 1 finite numbers"),
        ({"breakpoints": 1}, "expected a whole number of 2 or more"),
        ({"breakpoints": 2.5}, "expected a whole number of 2 or more"),
        ({"breakpoints": True}, "expected a whole number of 2 or more"),
        ({"breakpoints": [[2, 30], [40, 10], [0, 3]]}, "criterion number 1: breakpoints are"),
        ({"breakpoints": 10**9}, "UTASTAR would have to find 3000000007 numbers; expected at most"),
        ({"delta": 0}, "UTASTAR's delta is 0; expected a number above 0"),
        ({"delta": "a"}, "UTASTAR's delta is a; expected a number above 0"),
    ],
)
def test_what_gives_no_ranking_is_refused_in_one_sentence(changes, sentence):
    assert sentence in refused(**changes)
