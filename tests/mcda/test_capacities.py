import numpy as np
import pytest

from mcda import ProblemError
from mcda.capacities import (
    interaction_indices,
    need_monotone_pairs,
    read_capacity,
    read_interaction,
    shapley_values,
)

# Two subjects that overlap and a third that completes either (Grabisch's pupils).
PUPILS = {"1": 0.45, "2": 0.45, "3": 0.3, "1,2": 0.5, "1,3": 0.9, "2,3": 0.9, "1,2,3": 1}


def two_additive(weights, table):
    """Capacity of every set: its Shapley values less half the interactions that leave it."""
    m = len(weights)
    mu = np.zeros(1 << m)
    for number in range(1 << m):
        inside = np.array([number >> j & 1 for j in range(m)], dtype=bool)
        mu[number] = weights[inside].sum() - table[inside][:, ~inside].sum() / 2
    return mu


def test_shapley_values_and_interactions_of_the_pupils_are_those_found_by_hand():
    """By hand: 0.45/3 + (0.05 + 0.6)/6 + 0.1/3 for the first subject."""
    mu = read_capacity(PUPILS, 3)
    assert shapley_values(mu) == pytest.approx([0.875 / 3, 0.875 / 3, 1.25 / 3])
    table = interaction_indices(mu)
    assert table[0, 1] == pytest.approx((0.5 - 0.9) / 2 + (1 - 1.8 + 0.3) / 2)
    assert table[0, 2] == pytest.approx(0.1)
    assert table.tolist() == table.T.tolist()


def test_indices_of_a_two_additive_capacity_are_what_it_was_made_of():
    weights = np.array([0.2, 0.3, 0.1, 0.4])
    pairs = read_interaction(0.7, weights)
    table = np.zeros((4, 4))
    table[np.triu_indices(4, 1)] = pairs
    table += table.T
    mu = two_additive(weights, table)
    assert shapley_values(mu) == pytest.approx(weights)
    assert interaction_indices(mu) == pytest.approx(table)


@pytest.mark.parametrize("share", [-1, -0.5, 0.5, 1])
def test_a_share_of_interaction_never_makes_a_capacity_fall(share):
    rng = np.random.default_rng(4)
    weights = rng.dirichlet(np.ones(5), 200)
    need_monotone_pairs(read_interaction(share, weights), weights)


def test_the_order_of_numbers_in_a_set_does_not_matter():
    turned = {",".join(reversed(k.split(","))): v for k, v in PUPILS.items()}
    assert read_capacity(turned, 3).tolist() == read_capacity(PUPILS, 3).tolist()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"1,2": 0.4}, "the criteria 1,2 count 0.05 less than 1 among them"),
        ({"3": -0.1}, "the criteria 3 count 0.1 less than {} among them"),
        ({"1,2,3": 0.95}, "the capacity of all criteria is 0.95; expected 1"),
        ({"4": 0.2}, "'4' is no set of criteria; expected different numbers from 1 to 3"),
        ({"1,1": 0.2}, "'1,1' is no set of criteria"),
        ({"M": 0.2}, "'M' is no set of criteria"),
        ({"2,1": 0.5}, "the criteria 1,2 are given twice"),
        ({"1,3": "much"}, "the criteria 1,3 have much; expected a finite number"),
    ],
)
def test_what_is_no_capacity_is_refused_in_one_sentence(changes, sentence):
    with pytest.raises(ProblemError) as caught:
        read_capacity(PUPILS | changes, 3)
    assert sentence in str(caught.value)


def test_a_set_left_out_is_named():
    fewer = {k: v for k, v in PUPILS.items() if k != "2,3"}
    with pytest.raises(ProblemError, match="the capacity of the criteria 2,3 is missing"):
        read_capacity(fewer, 3)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (2, "the interaction is 2; expected a number from -1 to 1"),
        ("strong", "the interaction is strong; expected a number"),
        ({"1,2": 0.1, "1,3": 0}, "and 2,3 is missing or no pair; expected one for each of 3 pairs"),
        (
            {"1": 0.1, "1,2": 0, "1,3": 0, "2,3": 0},
            "and 1 is missing or no pair; expected one for each of 3 pairs",
        ),
    ],
)
def test_what_is_no_interaction_is_refused_in_one_sentence(given, sentence):
    with pytest.raises(ProblemError) as caught:
        read_interaction(given, np.full(3, 1 / 3))
    assert sentence in str(caught.value)


def test_interactions_beyond_the_weights_are_refused_with_the_pair_of_sets():
    """Criterion 1 weighs 0.2; beside 3 it would add 0.2 - (0.3 + 0.3) / 2 = -0.1."""
    weights = np.array([0.2, 0.4, 0.4])
    with pytest.raises(ProblemError, match=r"the criteria 1,3 count 0\.1 less than 3 among them"):
        need_monotone_pairs(np.array([0.3, -0.3, 0.0]), weights)
    batch = np.vstack([[0.3, 0.3, 0.4], weights])
    with pytest.raises(ProblemError, match=r"count 0\.1 less than 3 among them"):
        need_monotone_pairs(np.array([0.3, -0.3, 0.0]), batch)
