from __future__ import annotations

import numpy as np
import pytest

from survey import Counts, SurveyError, group_weights

COUNTS = Counts("q", ("a", "b"), ("g", "h"), [[3, 1], [4, 5]], [15, 10], asked=[[15, 10], [5, 5]])


def weights(pooling, counts=COUNTS):
    return group_weights(counts, pooling)


def test_by_experts_a_group_weighs_as_many_as_were_asked():
    np.testing.assert_allclose(weights("experts"), [[0.6, 0.5], [0.4, 0.5]])


def test_equal_groups_weigh_the_same():
    np.testing.assert_allclose(weights("groups"), [[0.5, 0.5], [0.5, 0.5]])


def test_a_groups_name_stands_for_that_group_alone():
    np.testing.assert_allclose(weights("h"), [[0, 0], [1, 1]])


def test_a_mapping_gives_weights_and_leaves_out_groups_of_none():
    np.testing.assert_allclose(weights({"h": 0.25, "g": 0.75}), [[0.75, 0.75], [0.25, 0.25]])
    np.testing.assert_allclose(weights({"g": 1.0}), [[1, 1], [0, 0]])


def test_a_group_called_experts_is_reached_by_a_mapping():
    counts = Counts("q", ("a",), ("experts", "groups"), [[1, 1]], [10, 30])
    np.testing.assert_allclose(weights("experts", counts), [[0.25], [0.75]])
    np.testing.assert_allclose(weights({"experts": 1.0}, counts), [[1], [0]])


def test_draws_of_weights_keep_their_order():
    drawn = np.random.default_rng(1).dirichlet([15, 10], size=4)
    found = weights(drawn)
    assert found.shape == (4, 2, 2)
    np.testing.assert_allclose(found[..., 0], drawn)
    np.testing.assert_allclose(found[..., 1], drawn)


def test_a_sum_a_rounding_away_from_one_is_taken():
    np.testing.assert_allclose(weights({"g": 0.3, "h": 0.7 + 5e-10}).sum(axis=0), 1, rtol=1e-15)


@pytest.mark.parametrize(
    ("pooling", "code", "sentence"),
    [
        (
            "everybody",
            "pooling_unknown",
            "the pooling everybody is not known; experts, groups or one of g, h is expected",
        ),
        (
            {"g": 0.5, "k": 0.5},
            "group_unknown",
            "the weights name the group k; one of g, h is expected",
        ),
        (
            {"g": 0.0, "h": 0.0},
            "weights_all_zero",
            "the weights of all groups are 0; a sum of 1 is expected",
        ),
        ({}, "weights_all_zero", "the weights of all groups are 0; a sum of 1 is expected"),
        (
            {"g": 0.5, "h": 0.25},
            "weights_sum_wrong",
            "the weights of the groups sum to 0.75; a sum of 1 is expected",
        ),
        (
            {"g": 1.5, "h": -0.5},
            "weight_invalid",
            "the weight of group h is -0.5; a number from 0 up is expected",
        ),
        (
            {"g": float("nan"), "h": 0.5},
            "weight_invalid",
            "the weight of group g is nan; a number from 0 up is expected",
        ),
        (
            np.array([[0.5, 0.5], [0.5, 0.75]]),
            "weights_sum_wrong",
            "the weights of the groups sum to 1.25; a sum of 1 is expected",
        ),
        (
            np.array([[0.5, 0.5, 0.0]]),
            "weights_shape_wrong",
            "the weights of the groups have shape (1, 3); 2 in the last place is expected",
        ),
    ],
)
def test_impossible_weights_are_refused(pooling, code, sentence):
    with pytest.raises(SurveyError) as caught:
        weights(pooling)
    assert (caught.value.code, str(caught.value)) == (code, sentence)


SILENT = Counts("q", ("a", "b"), ("g", "h"), [[3, 0], [4, 5]], [15, 10], asked=[[15, 0], [5, 5]])


@pytest.mark.parametrize("pooling", ["groups", "h", {"g": 0.9, "h": 0.1}, np.array([[0.9, 0.1]])])
def test_a_group_that_was_not_asked_may_not_weigh(pooling):
    with pytest.raises(SurveyError) as caught:
        weights(pooling, SILENT)
    assert caught.value.code == "weight_without_answers"
    assert str(caught.value) == (
        "group h has weight in the panel, but nobody in it was asked about a of question q; "
        "weight 0 is expected"
    )


def test_by_experts_a_group_that_was_not_asked_has_no_weight():
    np.testing.assert_allclose(weights("experts", SILENT), [[1, 0.5], [0, 0.5]])


def test_an_option_nobody_was_asked_about_has_no_weights():
    counts = Counts("q", ("a",), ("g",), [[0]], [5], asked=[[0]])
    with pytest.raises(SurveyError) as caught:
        weights("experts", counts)
    assert caught.value.code == "nobody_asked_at_all"
    assert str(caught.value) == (
        "nobody was asked about a of question q; at least one expert is expected"
    )
