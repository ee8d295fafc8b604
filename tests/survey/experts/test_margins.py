"""Raking reproduces margins, keeps odds ratios, and says when it cannot."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import SurveyError
from survey.experts import kish, rake, rake_respondents


def odds(table):
    return table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0])


def test_a_fitted_two_by_two_table_is_the_root_of_its_quadratic():
    # The upper left cell a solves a (a - 5) = ratio (80 - a) (75 - a).
    seed = np.array([[40.0, 30.0], [35.0, 50.0]])
    fitted = rake(seed, [80, 70], [75, 75]).fitted
    ratio = odds(seed)
    roots = np.roots([1 - ratio, 70 - 75 + ratio * (80 + 75), -ratio * 80 * 75])
    a = next(root for root in roots if 5 < root < 75)
    assert fitted == pytest.approx(np.array([[a, 80 - a], [75 - a, a - 5]]))


@given(
    st.lists(st.floats(0.1, 10), min_size=12, max_size=12),
    st.lists(st.floats(0.1, 10), min_size=3, max_size=3),
    st.lists(st.floats(0.1, 10), min_size=4, max_size=4),
)
@settings(max_examples=50)
def test_margins_are_reached_and_odds_ratios_kept(seed, rows, columns):
    table = np.reshape(seed, (3, 4))
    wanted = np.array(columns) * sum(rows) / sum(columns)
    found = rake(table, rows, wanted)
    assert found.fitted.sum(axis=1) == pytest.approx(np.array(rows))
    assert found.fitted.sum(axis=0) == pytest.approx(wanted)
    assert odds(found.fitted[:2, :2]) == pytest.approx(odds(table[:2, :2]))


def test_zeros_of_the_seed_stay_zeros():
    fitted = rake([[1, 1], [0, 1]], [2, 1], [1, 2]).fitted
    assert fitted == pytest.approx(np.array([[1, 1], [0, 1]]))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (([[1, 1], [1, 1]], [1, 2], [1, 1]), "targets_differ"),
        (([[0, 0], [1, 1]], [1, 2], [1, 2]), "target_of_nobody"),
        (([[1, 0], [0, 1]], [2, 1], [1, 2]), "margins_impossible"),
        (([[1, 1], [0, 1]], [1, 1], [1, 1]), "raking_unsettled"),
        (([[1, 1]], [1, 1], [1, 1]), "seed_shape"),
        (([[1, -1], [1, 1]], [1, 1], [1, 1]), "seed_invalid"),
        (([[1, 1], [1, 1]], [1, float("nan")], [1, 1]), "target_invalid"),
        (([[1, 1], [1, 1]], [0, 0], [0, 0]), "targets_zero"),
        (([[1, 1], [1, 1]], 3, [1, 1]), "targets_shape"),
        (([[1, 1], [1]], [1, 1], [1, 1]), "not_numbers"),
    ],
)
def test_margins_that_cannot_be_reached_are_refused_in_a_sentence(arguments, code):
    with pytest.raises(SurveyError) as caught:
        rake(*arguments, max_iterations=500)
    assert caught.value.code == code


def test_raked_respondents_reproduce_every_margin_and_tell_what_it_cost():
    traits = {"group": list("aaabbb"), "sex": list("mmfmff")}
    found = rake_respondents(traits, {"group": {"a": 0.3, "b": 0.7}, "sex": {"m": 1, "f": 1}})
    weight = dict.fromkeys("abmf", 0.0)
    for g, s, w in zip(*traits.values(), found.weights, strict=True):
        weight[g] += w
        weight[s] += w
    assert [weight[k] / 6 for k in "abmf"] == pytest.approx([0.3, 0.7, 0.5, 0.5])
    assert found.weights.mean() == pytest.approx(1)
    assert found.effective == kish(found.weights)
    assert found.effective.n_eff < 6


def test_one_margin_is_plain_post_stratification():
    found = rake_respondents({"g": list("aab")}, {"g": {"a": 0.5, "b": 0.5}})
    assert found.weights == pytest.approx([0.75, 0.75, 1.5])


def test_raking_starts_from_the_weights_it_is_given_and_leaves_them_alone():
    start = np.array([1.0, 3.0, 1.0])
    found = rake_respondents({"g": list("aab")}, {"g": {"a": 2, "b": 1}}, start=start)
    assert found.weights == pytest.approx([0.5, 1.5, 1.0])
    assert start.tolist() == [1, 3, 1]


@pytest.mark.parametrize(
    ("traits", "targets", "code"),
    [
        ({"g": list("ab")}, {}, "raking_without_targets"),
        ({"g": list("ab")}, {"h": {"a": 1}}, "trait_unknown"),
        ({"g": list("ab"), "h": list("a")}, {"h": {"a": 1}}, "trait_rows"),
        ({"g": list("ab")}, {"g": {"a": 1}}, "category_without_target"),
        ({"g": list("ab")}, {"g": {"a": 1, "b": 1, "c": 1}}, "category_of_nobody"),
        (
            {"g": list("ab"), "h": list("xy")},
            {"g": {"a": 1, "b": 2}, "h": {"x": 2, "y": 1}},
            "margins_of_respondents_impossible",
        ),
    ],
)
def test_margins_that_respondents_cannot_have_are_refused(traits, targets, code):
    with pytest.raises(SurveyError) as caught:
        rake_respondents(traits, targets, max_iterations=200)
    assert caught.value.code == code


def test_kishs_number_of_three_ones_and_a_three_is_three():
    found = kish([1, 1, 1, 3])
    assert (found.n, found.n_eff, found.design_effect) == (4, 3.0, pytest.approx(4 / 3))


@given(st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=20), st.floats(1e-100, 1e100))
@settings(max_examples=50)
def test_kishs_number_lies_between_one_and_all_whatever_the_unit_of_weights(w, unit):
    found = kish(w)
    assert 1 - 1e-9 <= found.n_eff <= len(w) + 1e-9
    assert kish(np.array(w) * unit).n_eff == pytest.approx(found.n_eff)


def test_experts_without_weight_are_not_counted():
    assert kish([2, 2, 0]) == kish([1, 1])


@pytest.mark.parametrize(
    ("w", "code"),
    [
        ([0, 0], "expert_weights_zero"),
        ([1, -1], "expert_weight_invalid"),
        ([1, float("inf")], "expert_weight_invalid"),
        ([[1, 1]], "expert_weights_shape"),
        ([], "expert_weights_zero"),
    ],
)
def test_impossible_weights_are_refused(w, code):
    with pytest.raises(SurveyError) as caught:
        kish(w)
    assert caught.value.code == code


@pytest.mark.parametrize("unit", [1e-300, 1.0, 1e307])
def test_the_size_of_the_seed_does_not_matter(unit):
    seed = np.array([[4.0, 3.0], [3.5, 5.0]])
    assert rake(seed * unit, [8, 7], [7.5, 7.5]).fitted == pytest.approx(
        rake(seed, [8, 7], [7.5, 7.5]).fitted
    )
