import numpy as np
import pytest

from mcda import DecisionProblem, ProblemError, Property, rank_alternatives
from mcda.scoring import bind, leads, variants_of

PROBLEM = DecisionProblem(
    values=[[4, 1, 0], [1, 4, 2], [2, 2, 1]], weights=[0.5, 0.5, 0], senses=["max", "max", "min"]
)


@pytest.mark.parametrize("method", ["wsm", "topsis", "vikor"])
def test_batches_score_as_single_calls_do_with_more_being_better(method):
    scoring = bind(PROBLEM, method, {})
    rng = np.random.default_rng(0)
    weights = rng.dirichlet([1, 1], 30)
    scores = scoring.by_weights(weights)
    for w, row in zip(weights, scores, strict=True):
        single = rank_alternatives(PROBLEM.replace(weights=[*w, 0]), method)
        assert row == pytest.approx(single.scores if single.higher_is_better else -single.scores)
    values = rng.uniform(1, 9, (30, 3, 2))
    for v, row in zip(values, scoring.by_values(values), strict=True):
        moved = np.column_stack([v, PROBLEM.values[:, 2]])
        single = rank_alternatives(PROBLEM.replace(values=moved), method)
        assert row == pytest.approx(single.scores if single.higher_is_better else -single.scores)


def test_idle_criteria_stay_only_where_asked_for_and_taken():
    assert len(bind(PROBLEM, "wsm", {}).problem.criteria) == 2
    assert len(bind(PROBLEM, "wsm", {}, idle_too=True).problem.criteria) == 3
    assert len(bind(PROBLEM, "wpm", {}, idle_too=True).problem.criteria) == 2  # holds a zero


def test_values_that_the_method_does_not_take_are_told_one_by_one():
    scoring = bind(PROBLEM, "wpm", {})
    values = np.array([[[1, 1]] * 3, [[0, 1]] * 3, [[2, 1]] * 3], dtype=float)
    assert scoring.taken(values).tolist() == [True, False, True]
    with pytest.raises(ProblemError):
        bind(PROBLEM.replace(weights=[1, 1, 1]), "wpm", {})


def test_promises_are_those_of_the_variant_that_the_parameters_make():
    assert bind(PROBLEM, "wsm", {}).has(Property.SHIFT)
    assert not bind(PROBLEM, "wsm", {"normalisation": "sum"}).has(Property.SHIFT)
    method = bind(PROBLEM, "vikor", {}).method
    assert variants_of(method, {"v": 0.3}) == method.variants


def test_a_lead_within_rounding_is_none():
    scores = np.array([[1.0, 1.0 - 1e-14, 0.2], [1.0, 0.5, 0.2], [0.1, 0.5, 0.2]])
    lead = leads(scores, np.array([True, False, False]))
    assert lead == pytest.approx([0, 0.5, -0.4])
    assert lead[0] == 0
