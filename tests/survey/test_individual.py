"""Weights that each expert gives: their sums, means, intervals and draws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from survey import (
    Answers,
    IndividualPriorities,
    SurveyError,
    draw_priorities,
    draw_shares_together,
    priorities,
)
from survey.comparison import leave_one_group_out
from survey.means import lead_interval
from survey.pooling import group_weights

NONE = (np.nan, np.nan, np.nan)


def individual(rows, group_of=None, groups=("a", "b"), **others):
    rows = np.array(rows, dtype=float)
    places = np.zeros(len(rows), dtype=int) if group_of is None else group_of
    options = [f"o{k + 1}" for k in range(rows.shape[1])]
    return IndividualPriorities("q", options, groups, rows, places, kind="points", **others)


def random_weights(seed, people, options=3):
    return np.random.default_rng(seed).dirichlet(np.ones(options), people)


def test_the_panel_weighs_by_the_mean_of_its_experts():
    found = priorities(individual([(0.5, 0.3, 0.2), (0.1, 0.3, 0.6), NONE], groups=("a",)))
    assert found.weights == pytest.approx([0.3, 0.3, 0.4])
    assert found.shares == pytest.approx(found.weights)


def test_equal_groups_weigh_equally_whatever_their_number():
    rows = [(1, 0, 0)] * 3 + [(0, 1, 0)]
    source = individual(rows, [0, 0, 0, 1])
    assert priorities(source, "experts").weights == pytest.approx([0.75, 0.25, 0])
    assert priorities(source, "groups").weights == pytest.approx([0.5, 0.5, 0])
    assert priorities(source, "b").weights == pytest.approx([0, 1, 0])


def test_whoever_gave_nothing_is_not_in_the_denominator():
    sums = individual([(1, 0, 0), NONE, NONE], [0, 0, 1]).to_sums()
    assert sums.asked[0].tolist() == [1, 0]
    assert sums.experts.tolist() == [2, 1]
    assert sums.counts[:, 0].tolist() == [1, 0, 0]


def test_a_group_that_gave_nothing_cannot_have_weight():
    with pytest.raises(SurveyError, match="nobody in it was asked"):
        priorities(individual([(1, 0, 0), NONE], [0, 1]), "groups")


def test_the_interval_of_one_group_is_student_s():
    rows = random_weights(1, 12)
    found = priorities(individual(rows, groups=("a",)))
    for k in range(3):
        low, high = stats.t.interval(0.95, 11, loc=rows[:, k].mean(), scale=stats.sem(rows[:, k]))
        assert found.low[k] == pytest.approx(max(low, 0))
        assert found.high[k] == pytest.approx(min(high, 1))


def test_the_interval_of_two_equal_groups_is_welch_s():
    one, other = random_weights(2, 9), random_weights(3, 14)
    source = individual(np.vstack([one, other]), [0] * 9 + [1] * 14)
    found = priorities(source, "groups")
    for k in range(3):
        # The mean of two means is half the difference of one from minus the other.
        welch = stats.ttest_ind(one[:, k], -other[:, k], equal_var=False).confidence_interval()
        assert found.low[k] == pytest.approx(max(welch.low / 2, 0))
        assert found.high[k] == pytest.approx(welch.high / 2)


def test_of_one_expert_alone_nothing_is_known():
    found = priorities(individual([(0.2, 0.3, 0.5)], groups=("a",)))
    assert found.low.tolist() == [0, 0, 0]
    assert found.high.tolist() == [1, 1, 1]


def test_a_group_of_one_borrows_the_variance_of_the_others():
    rows = np.vstack([random_weights(4, 10), [[0.4, 0.4, 0.2]]])
    alone = priorities(individual(rows, [0] * 10 + [1]), "b")
    spread = rows[:10].std(axis=0, ddof=1)
    expected = np.minimum(rows[10] + stats.t.ppf(0.975, 9) * spread, 1)
    assert alone.high == pytest.approx(expected)


def test_experts_who_agree_leave_no_doubt():
    found = priorities(individual([(0.2, 0.3, 0.5)] * 4, groups=("a",)))
    assert found.low == pytest.approx(found.weights)
    assert found.high == pytest.approx(found.weights)


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 12))
def test_weights_sum_to_one_and_lie_within_their_intervals(seed, people):
    rng = np.random.default_rng(seed)
    rows = rng.dirichlet(np.full(3, 0.4), people)
    found = priorities(individual(rows, rng.integers(0, 2, people)))
    assert found.weights.sum() == pytest.approx(1)
    assert (found.low <= found.weights).all()
    assert (found.weights <= found.high).all()


def test_draws_are_centred_on_the_mean_with_the_bootstrap_s_variance():
    rows = random_weights(5, 20)
    draws = draw_priorities(
        individual(rows, groups=("a",)), "experts", 40_000, np.random.default_rng(6)
    )
    assert draws.sum(axis=1) == pytest.approx(1)
    assert draws.mean(axis=0) == pytest.approx(rows.mean(axis=0), abs=0.002)
    # Rubin (1981): the variance of Dirichlet(1, ..., 1) weights is s^2 / (n + 1).
    expected = np.sqrt(rows.var(axis=0) / 21)
    assert draws.std(axis=0) == pytest.approx(expected, rel=0.03)


def test_one_person_has_one_weight_in_choices_and_in_points():
    names = [f"r{k}" for k in range(6)]
    chosen = np.array([[1, 0], [0, 1], [1, 1], [0, 0], [1, 0], [0, 1]])
    choices = Answers("c", ["x", "y"], ["a"], chosen, np.zeros(6, dtype=int), respondents=names)
    # The points repeat the first choice, so that the same people must give the same draws.
    points = IndividualPriorities(
        "p",
        ["x", "rest"],
        ["a"],
        np.column_stack([chosen[:, 0], 1 - chosen[:, 0]]),
        np.zeros(6, dtype=int),
        kind="points",
        respondents=names,
    )
    draws = draw_shares_together({"c": choices, "p": points}, 50, np.random.default_rng(7))
    assert draws["p"][:, 0, 0] == pytest.approx(draws["c"][:, 0, 0])
    assert draws["c"][:, 0, 0].std() > 0.05


def test_leaving_a_group_out_leaves_the_others():
    rows = [(1, 0, 0), (0, 1, 0), (0, 0.5, 0.5)]
    found = leave_one_group_out(individual(rows, [0, 1, 1]))
    assert [each.group for each in found] == ["a", "b"]
    assert found[0].weights == pytest.approx([0, 0.75, 0.25])
    assert found[1].weights == pytest.approx([1, 0, 0])
    assert found[0].moved == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(0.5, 0.5, 0.5)], "sum to 1"),
        ([(1.5, -0.5, 0)], "0 or more"),
        ([(1, np.nan, np.nan)], "none at all"),
    ],
)
def test_rows_that_are_no_weights_are_refused(rows, said):
    with pytest.raises(SurveyError, match=said):
        individual(rows)


def test_a_respondent_of_no_group_is_refused():
    with pytest.raises(SurveyError, match="0 to 1 is expected"):
        individual([(1, 0, 0)], [2])


def test_a_lead_is_that_of_the_paired_test():
    rows = random_weights(8, 15)
    source = individual(rows, groups=("a",))
    pooling = group_weights(source.to_sums(), "experts")
    paired = stats.ttest_rel(rows[:, 0], rows[:, 2]).confidence_interval()
    assert lead_interval(source, pooling, "o1", "o3") == pytest.approx((paired.low, paired.high))


def test_a_lead_can_be_sure_where_the_intervals_overlap():
    base = np.random.default_rng(9).uniform(0.2, 0.4, 12)
    source = individual(np.column_stack([base + 0.02, base, 0.98 - 2 * base]), groups=("a",))
    found = priorities(source)
    assert found.low[0] < found.high[1]
    low, high = lead_interval(source, group_weights(source.to_sums(), "experts"), "o1", "o2")
    assert low == pytest.approx(0.02)
    assert high == pytest.approx(0.02)


def test_the_lead_of_one_expert_alone_is_not_known():
    source = individual([(0.6, 0.3, 0.1)], groups=("a",))
    pooling = group_weights(source.to_sums(), "experts")
    assert lead_interval(source, pooling, "o1", "o2") == (-1.0, 1.0)
