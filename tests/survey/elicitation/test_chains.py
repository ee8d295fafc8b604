import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import SurveyError
from survey.elicitation import elicit


def test_swara_by_hand():
    """No published table was at hand: k = 1, 1.25, 1.6; q = 1, 0.8, 0.5; the sum is 2.3."""
    found = elicit("swara", {"s": [None, 0.25, 0.6]})
    assert found.steps["q"] == pytest.approx([1, 0.8, 0.5])
    assert found.weights == pytest.approx([10 / 23, 8 / 23, 5 / 23])


@given(st.lists(st.floats(0.01, 0.9), min_size=2, max_size=6))
def test_the_chain_of_swara_is_given_back_by_the_weights(s):
    weights = elicit("swara", {"s": [None, *s]}).weights
    assert weights[:-1] / weights[1:] - 1 == pytest.approx(s)


@given(st.lists(st.floats(0.2, 1.8), min_size=2, max_size=6))
def test_the_chain_of_piprecia_is_given_back_by_the_weights(s):
    weights = elicit("piprecia", {"s": [None, *s]}).weights
    assert 2 - weights[:-1] / weights[1:] == pytest.approx(s)


@pytest.mark.parametrize(("method", "level"), [("swara", 0), ("piprecia", 1)])
def test_criteria_said_to_be_level_weigh_the_same(method, level):
    assert elicit(method, {"s": [None, level, level]}).weights == pytest.approx([1 / 3] * 3)
    assert elicit(method, {"s": [None]}).weights == pytest.approx([1])


@pytest.mark.parametrize("s", [[None, *[1.999999] * 999], [None, *[0.0] * 999]])
def test_a_chain_as_long_as_it_may_be_stays_finite(s):
    found = elicit("piprecia", {"s": s})
    assert np.isfinite(found.weights).all()
    assert all(np.isfinite(np.asarray(x)).all() for x in found.steps.values())


def test_piprecia_refuses_what_would_weigh_infinitely_more():
    with pytest.raises(SurveyError, match="s of C3 is 2; a number below 2 is expected"):
        elicit("piprecia", {"s": [None, 1, 2]})


@pytest.mark.parametrize("method", ["swara", "piprecia"])
def test_the_first_criterion_is_compared_with_nothing(method):
    with pytest.raises(SurveyError, match="s begins with 1; null is expected"):
        elicit(method, {"s": [1, 1.2]})
    with pytest.raises(SurveyError, match="s of C3 is null; a number from 0 to"):
        elicit(method, {"s": [None, 1, None]})


@given(st.lists(st.floats(1, 9), min_size=1, max_size=7).map(sorted))
def test_fucom_weighs_by_the_reciprocal_of_the_priority(rest):
    priorities = [1.0, *rest]
    found = elicit("fucom", {"priorities_1_9": priorities})
    assert found.weights == pytest.approx(
        (1 / np.array(priorities)) / (1 / np.array(priorities)).sum()
    )
    assert found.steps["chi"] == 0
    assert found.consistency.value == 0


def test_fucom_takes_priorities_between_neighbours():
    """The same judgements as in Sodur et al. (2024), as that paper states them for neighbours."""
    ranked = ["C3", "C1", "C2", "C4", "C5"]
    one = elicit("fucom", {"ranked_criteria": ranked, "priorities_1_9": [1, 3, 4, 6, 7]})
    other = elicit(
        "fucom", {"ranked_criteria": ranked, "comparative_priorities": [3, 4 / 3, 1.5, 7 / 6]}
    )
    assert other.weights == pytest.approx(one.weights)
    assert one.labels == other.labels == tuple(ranked)
    assert one.variant != other.variant


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"priorities_1_9": [2, 3]}, "the priority of the first criterion C1 is 2; 1 is expected"),
        ({"priorities_1_9": [1, 4, 3]}, "the priority of C3 is 3 after 4 of C2"),
        ({"priorities_1_9": [1, 10]}, "priorities_1_9 of C2 is 10; a number from 1 to 9"),
        ({"comparative_priorities": [0.5]}, "a number from 1 to"),
        ({"priorities_1_9": [1, 2], "ranked_criteria": "ab"}, "a list of names is expected"),
        ({"priorities_1_9": [1, 2], "ranked_criteria": ["a"]}, "1 criteria are named, but 2"),
        ({}, "exactly one of priorities_1_9, comparative_priorities; 0 of them"),
    ],
)
def test_priorities_that_are_none_are_refused(params, sentence):
    with pytest.raises(SurveyError, match=sentence):
        elicit("fucom", params)
