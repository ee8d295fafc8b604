"""Shares and priorities when experts weigh unlike."""

import numpy as np
import pytest

from survey import Answers, SurveyError, priorities, selection_shares
from survey.experts import weighted_priorities, weighted_shares

CELLS = [[1, 0, 0], [1, 1, 0], [0, 1, 1], [1, 0, -1]]


def answers(cells=CELLS, groups=(0, 0, 1, 1)):
    return Answers("q", ["a", "b", "c"], ["g", "h"], cells, groups)


def test_equal_weights_give_the_shares_of_equal_experts():
    found = weighted_shares(answers(), [2, 2, 2, 2])
    plain = selection_shares(answers().to_counts().pooled())
    assert found.shares == pytest.approx(plain.shares[0])
    assert found.low == pytest.approx(plain.low[0])
    assert found.high == pytest.approx(plain.high[0])


def test_a_weight_of_two_counts_as_the_same_expert_twice():
    found = weighted_shares(answers(), [1, 2, 1, 1])
    assert found.shares == pytest.approx([4 / 5, 3 / 5, 1 / 4])


def test_whom_an_option_was_not_shown_to_does_not_count_for_it():
    found = weighted_shares(answers(), [1, 1, 1, 100])
    assert found.shares[2] == pytest.approx(1 / 3)
    assert found.effective[2] == pytest.approx(3)


def test_priorities_sum_to_one_and_equal_those_of_equal_experts():
    found = weighted_priorities(answers(), [1, 1, 1, 1])
    plain = priorities(answers())
    assert found.weights == pytest.approx(plain.weights)
    assert found.weights.sum() == pytest.approx(1)


def test_draws_sum_to_one_and_centre_on_the_weighted_shares():
    rng = np.random.default_rng(1)
    cells = rng.integers(0, 2, (80, 3))
    weights = rng.uniform(0.2, 1, 80)
    found = weighted_priorities(
        answers(cells, np.arange(80) % 2), weights, size=2000, rng=np.random.default_rng(2)
    )
    assert found.draws.shape == (2000, 3)
    assert found.draws.sum(axis=1) == pytest.approx(1)
    assert found.draws.mean(axis=0) == pytest.approx(found.weights, abs=0.01)


def test_in_a_draw_a_group_keeps_its_weight():
    # Group g names only a, group h only b: whoever speaks for a group, the shares stay.
    cells = [[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0]]
    found = weighted_priorities(answers(cells), [3, 3, 1, 1], size=50, rng=np.random.default_rng(3))
    assert found.draws == pytest.approx(np.tile([0.75, 0.25, 0], (50, 1)))


def test_an_expert_without_weight_changes_nothing():
    assert weighted_shares(answers(), [1, 1, 1, 0]).shares == pytest.approx([2 / 3, 2 / 3, 1 / 3])


def test_the_table_has_one_row_per_option():
    frame = weighted_shares(answers(), [1, 1, 1, 1]).to_frame()
    assert list(frame.columns) == ["share", "low", "high", "effective"]
    assert list(frame.index) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: weighted_shares(answers(), [1, 1]), "expert_weights_number"),
        (lambda: weighted_shares(answers(), [0, 0, 0, 1]), "nobody_with_weight_asked"),
        (lambda: weighted_priorities(answers([[0, 0, 0]] * 4), [1] * 4), "nobody_chose"),
        (lambda: weighted_priorities(answers(), [1] * 4, size=3), "generator_missing"),
    ],
)
def test_what_cannot_be_weighted_is_refused(call, code):
    with pytest.raises(SurveyError) as caught:
        call()
    assert caught.value.code == code
