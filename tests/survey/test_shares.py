from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint

from survey import (
    Answers,
    Counts,
    SurveyError,
    draw_shares,
    selection_shares,
    shares,
    wilson_interval,
)

ORACLES = json.loads(
    (Path(__file__).parents[1] / "oracles" / "survey.json").read_text(encoding="utf-8")
)
WILSON = [entry for entry in ORACLES if entry["statistic"] == "wilson"]

COUNTS = Counts("q", ("a", "b", "c"), ("g", "h"), [[0, 3], [5, 1], [15, 8]], [15, 8])


def rows(cells, group_of=None, groups=("g",)):
    cells = np.asarray(cells)
    names = tuple("abcdefgh"[: cells.shape[1]])
    where = np.zeros(len(cells), dtype=int) if group_of is None else group_of
    return Answers("q", names, groups, cells, where)


# --- intervals ---------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", WILSON, ids=lambda entry: str(entry["input"]))
@pytest.mark.parametrize(("key", "continuity"), [("wilson", False), ("wilson_cc", True)])
def test_wilson_interval_agrees_with_newcombe_1998(entry, key, continuity):
    k, n = entry["input"]["successes"], entry["input"]["n"]
    found = wilson_interval(k, n, continuity=continuity)
    np.testing.assert_allclose(found, entry["expected"][key], atol=5e-5)


trials = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=50, deadline=None)
@given(trials, st.sampled_from([0.5, 0.8, 0.95, 0.99]))
def test_wilson_interval_agrees_with_statsmodels(trial, confidence):
    k, n = trial
    found = wilson_interval(k, n, confidence=confidence)
    expected = proportion_confint(k, n, alpha=1 - confidence, method="wilson")
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


@settings(max_examples=50, deadline=None)
@given(trials)
def test_continuity_corrected_interval_agrees_with_scipy(trial):
    k, n = trial
    expected = binomtest(k, n).proportion_ci(method="wilsoncc")
    np.testing.assert_allclose(
        wilson_interval(k, n, continuity=True), (expected.low, expected.high), atol=1e-9
    )


@pytest.mark.parametrize("continuity", [False, True])
@pytest.mark.parametrize("n", [1, 2, 15, 82, 100_000])
def test_interval_of_no_successes_starts_at_zero_and_of_all_ends_at_one(n, continuity):
    low, high = wilson_interval([0, n], n, continuity=continuity)
    assert low[0] == 0.0
    assert high[1] == 1.0
    assert 0 < high[0] < 1
    assert 0 < low[1] < 1


@settings(max_examples=50, deadline=None)
@given(trials, st.booleans())
def test_interval_holds_the_share_and_mirrors_its_complement(trial, continuity):
    k, n = trial
    low, high = wilson_interval(k, n, continuity=continuity)
    mirrored_low, mirrored_high = wilson_interval(n - k, n, continuity=continuity)
    assert 0 <= low <= k / n <= high <= 1
    np.testing.assert_allclose((mirrored_low, mirrored_high), (1 - high, 1 - low), atol=1e-12)


@settings(max_examples=50, deadline=None)
@given(trials)
def test_continuity_correction_only_widens(trial):
    low, high = wilson_interval(*trial)
    wide_low, wide_high = wilson_interval(*trial, continuity=True)
    assert wide_low <= low
    assert high <= wide_high


def test_intervals_of_an_array_are_those_of_its_entries():
    k, n = np.array([[0, 3], [29, 81]]), np.array([29, 263])
    low, high = wilson_interval(k, n)
    for cell in np.ndindex(k.shape):
        assert (low[cell], high[cell]) == wilson_interval(k[cell], n[cell[1]])


@pytest.mark.parametrize(
    ("k", "n", "sentence"),
    [
        (3, 2, "3.0 of 2.0 is not a share; 0 to n of n > 0 is expected"),
        (-1, 2, "-1.0 of 2.0 is not a share; 0 to n of n > 0 is expected"),
        (0, 0, "0.0 of 0.0 is not a share; 0 to n of n > 0 is expected"),
        (np.nan, 2, "nan of 2.0 is not a share; 0 to n of n > 0 is expected"),
        (1, np.inf, "1.0 of inf is not a share; 0 to n of n > 0 is expected"),
    ],
)
def test_what_is_no_share_has_no_interval(k, n, sentence):
    with pytest.raises(SurveyError) as caught:
        wilson_interval(k, n)
    assert (caught.value.code, str(caught.value)) == ("share_impossible", sentence)


@pytest.mark.parametrize("confidence", [0, 1, 95, np.nan])
def test_confidence_is_a_number_between_zero_and_one(confidence):
    with pytest.raises(SurveyError) as caught:
        wilson_interval(1, 2, confidence=confidence)
    assert caught.value.code == "confidence_outside"
    assert str(caught.value) == (
        f"the confidence is {confidence}; a number between 0 and 1 is expected"
    )


def test_shares_of_each_group_stand_in_rows():
    found = selection_shares(COUNTS)
    np.testing.assert_allclose(found.shares, [[0, 1 / 3, 1], [3 / 8, 1 / 8, 1]])
    low, high = wilson_interval(5, 15)
    assert (found.low[0, 1], found.high[0, 1]) == (low, high)


def test_shares_of_the_pooled_counts_are_those_of_all_experts():
    found = selection_shares(COUNTS.pooled(), continuity=True)
    np.testing.assert_allclose(found.shares, [[3 / 23, 6 / 23, 1]])
    low, high = wilson_interval(3, 23, continuity=True)
    assert (found.low[0, 0], found.high[0, 0]) == (low, high)


def test_shares_of_rows_are_shares_of_their_counts():
    answers = rows([[1, 0], [1, -1], [0, 1]])
    np.testing.assert_allclose(selection_shares(answers).shares, [[2 / 3, 1 / 2]])


def test_the_table_of_shares_names_every_cell():
    found = selection_shares(COUNTS)
    table = found.to_frame().set_index(["group", "option"])
    assert table.loc[("h", "a"), "share"] == 3 / 8
    assert table.loc[("g", "b"), "high"] == found.high[0, 1]


NOBODY = "nobody in group h was asked about a of question q; at least one expert is expected"


def test_a_group_in_which_nobody_was_asked_has_no_share():
    counts = Counts("q", ("a",), ("g", "h"), [[3, 0]], [15, 0])
    for compute in (
        selection_shares,
        lambda source: draw_shares(source, 2, np.random.default_rng(1)),
    ):
        with pytest.raises(SurveyError) as caught:
            compute(counts)
        assert (caught.value.code, str(caught.value)) == ("nobody_asked", NOBODY)


# --- draws from totals -------------------------------------------------------------------------


def test_draws_from_totals_have_the_moments_of_their_beta():
    size = 40_000
    drawn = draw_shares(COUNTS, size, np.random.default_rng(5))
    alpha = COUNTS.counts.T + 0.5
    total = COUNTS.asked.T + 1.0
    mean = alpha / total
    variance = mean * (1 - mean) / (total + 1)
    assert drawn.shape == (size, 2, 3)
    # Five standard errors of the mean; the variance of a sample variance is about 2 v^2 / size,
    # more for the skewed ones.
    assert (np.abs(drawn.mean(axis=0) - mean) < 5 * np.sqrt(variance / size)).all()
    np.testing.assert_allclose(drawn.var(axis=0), variance, rtol=0.08)


def test_draws_from_totals_are_independent_between_options_and_groups():
    drawn = draw_shares(COUNTS, 40_000, np.random.default_rng(6)).reshape(40_000, -1)
    correlation = np.corrcoef(drawn, rowvar=False) - np.eye(6)
    assert np.abs(correlation).max() < 5 / np.sqrt(40_000)


def test_denominators_of_the_draws_are_those_asked():
    counts = Counts("q", ("a",), ("g",), [[5]], [1000], asked=[[10]])
    drawn = draw_shares(counts, 20_000, np.random.default_rng(7))
    assert drawn.mean() == pytest.approx(5.5 / 11, abs=0.01)


# --- draws from rows ---------------------------------------------------------------------------


def test_draws_from_rows_have_the_moments_of_the_bayesian_bootstrap():
    cells = np.zeros((20, 2), dtype=int)
    cells[:6, 0] = 1
    cells[:15, 1] = 1
    size = 40_000
    drawn = draw_shares(rows(cells), size, np.random.default_rng(8))[:, 0]
    p = np.array([0.3, 0.75])
    variance = p * (1 - p) / 21  # Rubin (1981): Dirichlet(1, ..., 1) weights
    assert (np.abs(drawn.mean(axis=0) - p) < 5 * np.sqrt(variance / size)).all()
    np.testing.assert_allclose(drawn.var(axis=0), variance, rtol=0.05)
    # Of the six who chose a, all chose b: covariance (p_ab - p_a p_b) / (n + 1).
    covariance = (0.3 - 0.3 * 0.75) / 21
    assert np.cov(drawn, rowvar=False)[0, 1] == pytest.approx(covariance, rel=0.1)


def test_options_always_chosen_together_have_the_same_draws():
    first = np.random.default_rng(9).integers(0, 2, 30)
    cells = np.column_stack([first, 1 - first, first])
    drawn = draw_shares(rows(cells), 500, np.random.default_rng(10))[:, 0]
    np.testing.assert_allclose(drawn[:, 0], drawn[:, 2], rtol=1e-12)
    np.testing.assert_allclose(drawn[:, 0] + drawn[:, 1], 1, rtol=1e-12)
    assert drawn[:, 0].std() > 0.05


def test_draws_from_rows_stay_within_zero_and_one():
    cells = np.tile([1, 0, 1], (50, 1))
    drawn = draw_shares(rows(cells), 2000, np.random.default_rng(11))
    assert (drawn >= 0).all()
    assert (drawn <= 1).all()
    np.testing.assert_allclose(drawn[:, 0], np.tile([1, 0, 1], (2000, 1)), rtol=1e-12)


def test_those_to_whom_an_option_was_not_shown_do_not_lower_its_draws():
    shown = np.column_stack([[1] * 4 + [0] * 6 + [-1] * 90, [1] * 50 + [0] * 50])
    drawn = draw_shares(rows(shown), 20_000, np.random.default_rng(12))[:, 0]
    assert drawn[:, 0].mean() == pytest.approx(0.4, abs=0.01)
    assert drawn[:, 0].var() == pytest.approx(0.24 / 11, rel=0.1)


def test_groups_are_bootstrapped_each_by_itself():
    cells = np.array([[1], [0], [1], [0], [0], [0]])
    drawn = draw_shares(
        rows(cells, [0, 0, 1, 1, 1, 1], ("g", "h")), 20_000, np.random.default_rng(13)
    )[:, :, 0]
    np.testing.assert_allclose(drawn.mean(axis=0), [0.5, 0.25], atol=0.01)
    assert abs(np.corrcoef(drawn, rowvar=False)[0, 1]) < 5 / np.sqrt(20_000)


@pytest.mark.parametrize("source", [COUNTS, rows(np.eye(3, dtype=int))], ids=["totals", "rows"])
def test_the_same_seed_gives_the_same_draws(source):
    one, two = (draw_shares(source, 50, np.random.default_rng(14)) for _ in range(2))
    np.testing.assert_array_equal(one, two)
    assert (one != draw_shares(source, 50, np.random.default_rng(15))).any()


def test_draws_do_not_depend_on_the_size_of_the_blocks(monkeypatch):
    answers = rows(np.random.default_rng(16).integers(0, 2, (12, 3)))
    whole = draw_shares(answers, 101, np.random.default_rng(17))
    monkeypatch.setattr(shares, "_BLOCK", 30)
    np.testing.assert_allclose(
        draw_shares(answers, 101, np.random.default_rng(17)), whole, rtol=1e-12
    )


def test_no_draws_are_no_draws():
    with pytest.raises(SurveyError) as caught:
        draw_shares(COUNTS, 0, np.random.default_rng(18))
    assert caught.value.code == "size_too_small"
    assert str(caught.value) == "0 draws are asked for; 1 is the least"
