import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import SurveyError
from survey.elicitation import elicit
from survey.elicitation.simos import round_to_sum

PUBLISHED = {
    "a": 6, "b": 4, "c": 1, "d": 2, "e": 5, "f": 4, "g": 1, "h": 6, "i": 4, "j": 4, "k": 7, "l": 1,
}  # fmt: skip


def test_the_published_example_comes_out_to_the_printed_decimal():
    found = elicit("srf", {"criteria_ranks": PUBLISHED, "z": 6.5})
    printed = [13.2, 8.9, 2.4, 4.5, 11.0, 8.9, 2.4, 13.2, 8.9, 8.9, 15.3, 2.4]
    assert found.steps["rounded"].tolist() == printed
    assert found.labels == tuple(PUBLISHED)
    assert found.total == 100


@given(
    ranks=st.lists(st.integers(1, 9), min_size=1, max_size=12),
    z=st.floats(1, 30),
    decimals=st.integers(0, 3),
)
def test_percentages_sum_to_a_hundred_and_are_off_by_less_than_their_last_decimal(
    ranks, z, decimals
):
    ranks = [1, *ranks]
    steps = elicit("srf", {"criteria_ranks": ranks, "z": z, "decimals": decimals}).steps
    assert round(steps["rounded"].sum(), 6) == 100
    assert np.abs(steps["rounded"] - steps["normalised"]).max() < 10.0**-decimals + 1e-6


@given(ranks=st.lists(st.integers(1, 9), min_size=1, max_size=8), z=st.floats(1.1, 30))
def test_before_rounding_the_most_important_weighs_z_times_the_least(ranks, z):
    ranks = [1, 2, *ranks]
    raw = elicit("srf", {"criteria_ranks": ranks, "z": z}).steps["non_normalised"]
    assert raw.max() / raw.min() == pytest.approx(z)
    assert np.diff(raw[np.argsort(ranks)]).min() >= -1e-12


def test_the_other_end_may_be_rank_one():
    turned = {k: 8 - v for k, v in PUBLISHED.items()}
    one = elicit("srf", {"criteria_ranks": PUBLISHED, "z": 6.5})
    other = elicit("srf", {"criteria_ranks": turned, "z": 6.5, "rank_1_is": "most important"})
    assert other.weights.tolist() == one.weights.tolist()


def test_a_blank_card_widens_the_distance():
    without = elicit("srf", {"criteria_ranks": [1, 2, 3], "z": 4}).steps["non_normalised"]
    blank = elicit("srf", {"criteria_ranks": [1, 3, 4], "z": 4}).steps["non_normalised"]
    assert without.tolist() == [1, 2.5, 4]
    assert blank.tolist() == [1, 3, 4]


def test_one_rank_and_one_criterion_weigh_the_same():
    assert elicit("srf", {"criteria_ranks": [1], "z": 3}).weights.tolist() == [1]
    found = elicit("srf", {"criteria_ranks": [1, 1, 1, 1], "z": 3}).weights
    assert found.tolist() == [0.25] * 4


def test_where_no_rounding_keeps_equals_equal_the_sum_is_kept():
    assert round_to_sum(np.full(3, 100 / 3), 1).tolist() == [33.4, 33.3, 33.3]


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"criteria_ranks": [1, 2.5], "z": 2}, "the rank of C2 is 2.5; a whole number is expected"),
        ({"criteria_ranks": [2, 3], "z": 2}, "the lowest rank is 2, of C1; ranks are expected to begin"),
        ({"criteria_ranks": [1, 2], "z": 0.5}, "z is 0.5; a number from 1 to"),
        ({"criteria_ranks": [1, 2], "z": 2, "decimals": 9}, "decimals is 9; a whole number from 0 to 6"),
        ({"criteria_ranks": [1, 2], "z": 2, "rank_1_is": "most"}, 'rank_1_is is "most"; expected'),
    ],
)  # fmt: skip
def test_cards_that_are_none_are_refused(params, sentence):
    with pytest.raises(SurveyError, match=sentence):
        elicit("srf", params)
