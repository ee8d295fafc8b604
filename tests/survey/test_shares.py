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
    selection_shares,
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
    with pytest.raises(SurveyError) as caught:
        selection_shares(counts)
    assert (caught.value.code, str(caught.value)) == ("nobody_asked", NOBODY)
