import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymcdm.weights.subjective import RANCOM

from survey import SurveyError
from survey.elicitation import elicit

RANKED = ("roc", "rs", "rr", "rancom")
orders = st.integers(1, 7).flatmap(lambda n: st.permutations(range(1, n + 1)))


@given(n=st.integers(1, 12))
def test_roc_is_the_mean_of_the_corners_of_the_weights_in_this_order(n):
    corners = np.tril(np.ones((n, n))) / np.arange(1, n + 1)[:, None]
    assert elicit("roc", {"n": n}).weights == pytest.approx(corners.mean(axis=0))


def test_roc_is_the_centroid_of_drawn_weights_in_this_order():
    draws = -np.sort(-np.random.default_rng(1).dirichlet(np.ones(4), 200_000), axis=1)
    assert elicit("roc", {"n": 4}).weights == pytest.approx(draws.mean(axis=0), abs=2e-3)


@pytest.mark.parametrize("method", RANKED)
@given(order=orders)
def test_the_order_of_the_list_does_not_matter(method, order):
    straight = elicit(method, {"ranks": list(range(1, len(order) + 1))}).weights
    found = elicit(method, {"ranks": order}).weights
    assert found == pytest.approx(straight[np.array(order) - 1])


@pytest.mark.parametrize("method", RANKED)
def test_only_the_order_of_ranks_counts(method):
    a, b = elicit(method, {"ranks": [1, 5, 9]}), elicit(method, {"ranks": [1, 2, 3]})
    assert a.weights == pytest.approx(b.weights)


@pytest.mark.parametrize("method", RANKED)
def test_equal_ranks_get_equal_weights_and_all_equal_ranks_equal_ones(method):
    tied = elicit(method, {"ranks": [1, 2, 2, 4]}).weights
    assert tied[1] == pytest.approx(tied[2])
    assert tied[0] > tied[1] > tied[3]
    assert elicit(method, {"ranks": [3, 3, 3]}).weights == pytest.approx([1 / 3] * 3)


@pytest.mark.parametrize("method", ["roc", "rs", "rr"])
def test_a_tie_shares_the_mean_of_the_weights_of_its_places(method):
    straight = elicit(method, {"n": 4}).weights
    tied = elicit(method, {"ranks": [1, 2, 2, 4]}).weights
    assert tied[1] == pytest.approx((straight[1] + straight[2]) / 2)


@pytest.mark.parametrize("method", ["roc", "rs", "rr"])
@pytest.mark.parametrize("n", [0, -1, 2.5, True, "3", float("nan"), 10**9])
def test_a_number_of_criteria_that_is_none_is_refused(method, n):
    with pytest.raises(SurveyError, match=r"n is .*; a whole number from 1 to 1000 is expected"):
        elicit(method, {"n": n})


def test_exactly_one_of_number_and_ranks_is_given():
    with pytest.raises(SurveyError, match="exactly one of n, ranks; 2 of them are given"):
        elicit("roc", {"n": 2, "ranks": [1, 2]})
    with pytest.raises(SurveyError, match="exactly one of n, ranks; 0 of them are given"):
        elicit("roc", {})


def test_ranks_may_come_by_name():
    assert elicit("rs", {"ranks": {"jobs": 2, "air": 1}}).labels == ("jobs", "air")
    with pytest.raises(SurveyError, match="name jobs, air, the criteria are air, jobs"):
        elicit("rs", {"ranks": {"jobs": 2, "air": 1}}, ["air", "jobs"])


def test_rancom_of_a_strict_order_counts_what_each_beats_and_half_of_itself():
    """By hand from the definition: 2.5, 1.5 and 0.5 of 4.5 points."""
    assert elicit("rancom", {"ranks": [1, 2, 3]}).weights == pytest.approx([5 / 9, 3 / 9, 1 / 9])


def test_rancom_agrees_with_pymcdm_without_ties_and_differs_where_pymcdm_breaks_a_tie():
    theirs = RANCOM(ranking=np.array([2, 1, 3, 4]))()
    assert elicit("rancom", {"ranks": [2, 1, 3, 4]}).weights == pytest.approx(theirs)
    tied = RANCOM(scoring=np.array([2, 2, 1]))()
    assert tied == pytest.approx([1 / 4.5, 2.5 / 4.5, 1 / 4.5])
    ours = elicit("rancom", {"ranks": [1, 1, 2]}).weights
    assert ours == pytest.approx([2 / 4.5, 2 / 4.5, 0.5 / 4.5])


def test_rancom_of_comparisons_that_hold_an_order_is_that_of_the_order():
    pairs = [[0.5, 1, 1], [0, 0.5, 0.5], [0, 0.5, 0.5]]
    found = elicit("rancom", {"comparisons": pairs})
    assert found.weights == pytest.approx(elicit("rancom", {"ranks": [1, 2, 2]}).weights)
    assert (found.consistency.value, found.consistency.cause) == (0, None)
    assert found.consistency.acceptable


def test_rancom_names_comparisons_that_go_round_in_a_circle():
    circle = [[0.5, 1, 0], [0, 0.5, 1], [1, 0, 0.5]]
    found = elicit("rancom", {"comparisons": circle}, ["jobs", "air", "cost"])
    assert found.weights == pytest.approx([1 / 3] * 3)
    assert found.consistency.value == 1
    assert not found.consistency.acceptable
    assert str(found.consistency.cause).startswith("jobs is put before or level with air")


@pytest.mark.parametrize("circle", [[1, 0.5], [0.5, 1]])
def test_a_circle_through_a_tie_is_one_too(circle):
    up, level = circle
    wins = [[0.5, up, 1 - level], [1 - up, 0.5, 1], [level, 0, 0.5]]
    assert elicit("rancom", {"comparisons": wins}).consistency.value == 1


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        (
            [[0.5, 1], [1, 0.5]],
            "C1 against C2 is 1, C2 against C1 is 1; 0, 0.5 or 1 and a sum of 1",
        ),
        ([[1, 1], [0, 0.5]], "C1 against C1 is 1"),
        ([[0.5, 0.3], [0.7, 0.5]], "C1 against C2 is 0.3"),
        ([[0.5, None], [0, 0.5]], "C1 against C2 is null"),
        ([[0.5, 1]], "a square table"),
        ("ab", 'comparisons is "ab"; a square table'),
    ],
)
def test_comparisons_that_are_none_are_refused(pairs, sentence):
    with pytest.raises(SurveyError, match=sentence):
        elicit("rancom", {"comparisons": pairs})
