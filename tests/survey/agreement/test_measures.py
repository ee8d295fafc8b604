"""Kendall, Fleiss, intraclass, Cochran, Lawshe, Dawid and Skene: peers, properties, refusals."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, friedmanchisquare
from statsmodels.stats.contingency_tables import cochrans_q
from statsmodels.stats.inter_rater import fleiss_kappa as statsmodels_kappa

from survey import SurveyError
from survey.agreement import (
    FORMS,
    cochran_interval,
    cochran_q,
    content_interval,
    content_validity_ratio,
    dawid_skene,
    fleiss_kappa,
    icc,
    icc_intervals,
    kappa_interval,
    kendall_interval,
    kendall_w,
)

ORACLES = {
    o["id"]: o
    for o in json.loads(
        (Path(__file__).parents[2] / "oracles" / "survey.json").read_text(encoding="utf-8")
    )
}
TARGETS = ORACLES["icc_shrout_1979"]["input"]["ratings_rows_are_targets"]
PATIENTS = ORACLES["fleiss_kappa_fleiss_1971"]["input"]["counts"]

ratings = st.integers(3, 5).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(1, 5), min_size=n, max_size=n), min_size=3, max_size=5
    )
)  # fmt: skip


# --- Kendall -----------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(ratings)
def test_w_is_friedman_s_chi_square_by_its_largest(data):
    found = kendall_w(data)
    if found.w is None:
        assert all(len(set(row)) == 1 for row in data)
        return
    chi2, p = friedmanchisquare(*np.array(data).T)
    assert found.chi2 == pytest.approx(chi2, abs=1e-9)
    assert found.p == pytest.approx(p, abs=1e-12)
    assert found.w_uncorrected <= found.w + 1e-12


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(5)), st.integers(2, 6))
def test_raters_who_order_alike_have_one(order, raters):
    assert kendall_w([order] * raters).w == 1.0


@settings(max_examples=40, deadline=None)
@given(ratings, st.randoms())
def test_w_minds_neither_order_nor_what_the_numbers_are(data, random):
    data = np.array(data)
    rows, columns = list(range(data.shape[0])), list(range(data.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    w = kendall_w(data).w
    for other in (data[rows][:, columns], np.exp(data), -data):
        again = kendall_w(other).w
        assert (again is None) == (w is None)
        assert w is None or again == pytest.approx(w)


def test_without_an_order_w_is_null_with_the_reason():
    found = kendall_w([[2, 2, 2], [5, 5, 5]])
    assert (found.w, found.chi2, found.p) == (None, None, None)
    assert "no variation" in str(found.undefined)


def test_the_interval_of_w_is_over_raters():
    data = ORACLES["kendall_w_russian_convention"]["input"]["ranks_rows_are_experts"]
    found = kendall_interval(data, np.random.default_rng(1), resamples=200)
    assert found.over == "raters"
    assert 0.4 < found.low < 0.5576 < found.high < 0.9


# --- Fleiss ------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 2), min_size=4, max_size=4), min_size=2, max_size=8))
def test_kappa_agrees_with_statsmodels(votes):
    counts = np.stack([np.bincount(v, minlength=3) for v in votes])
    found = fleiss_kappa(counts)
    if found.kappa is None:
        assert (counts.sum(axis=0) > 0).sum() == 1
    else:
        assert found.kappa == pytest.approx(statsmodels_kappa(counts), abs=1e-12)


def test_kappa_of_categories_averages_to_kappa_and_its_error_is_the_published():
    """Printed by R irr kappam.fleiss(diagnoses): z 17.7, categories 0.245, 0.245, 0.520, 0.471, 0.566."""
    found, counts = fleiss_kappa(PATIENTS), np.array(PATIENTS)
    share = counts.sum(axis=0) / counts.sum()
    assert np.average(found.by_category, weights=share * (1 - share)) == pytest.approx(found.kappa)
    assert found.z == pytest.approx(17.65, abs=0.01)
    np.testing.assert_allclose(found.by_category, [0.245, 0.245, 0.52, 0.471, 0.566], atol=5e-4)


def test_perfect_agreement_has_kappa_one_and_one_category_none():
    assert fleiss_kappa([[3, 0], [0, 3], [3, 0]]).kappa == 1.0
    found = fleiss_kappa([[3, 0], [3, 0]])
    assert found.kappa is None
    assert "no variation" in str(found.undefined)


def test_the_interval_of_kappa_is_over_units():
    found = kappa_interval(PATIENTS, np.random.default_rng(1), resamples=200)
    assert found.over == "units"
    assert 0.25 < found.low < 0.43 < found.high < 0.62


def test_subjects_of_unlike_numbers_of_raters_are_refused():
    with pytest.raises(SurveyError) as caught:
        fleiss_kappa([[3, 0], [1, 1]])
    assert caught.value.code == "raters_unequal"


# --- intraclass --------------------------------------------------------------------------------


def test_intervals_of_shrout_and_fleiss_data_are_those_of_psych():
    """Printed by R psych::ICC for the table of Shrout and Fleiss (1979)."""
    printed = {
        "ICC(1,1)": (-0.133, 0.723), "ICC(2,1)": (0.019, 0.761), "ICC(3,1)": (0.342, 0.946),
        "ICC(1,k)": (-0.884, 0.912), "ICC(2,k)": (0.071, 0.927), "ICC(3,k)": (0.676, 0.986),
    }  # fmt: skip
    for form in icc(TARGETS).forms:
        assert (form.low, form.high) == pytest.approx(printed[form.form], abs=6e-4)


@settings(max_examples=60, deadline=None)
@given(ratings, st.floats(0.01, 1e4), st.floats(-1e3, 1e3))
def test_neither_order_nor_unit_of_measurement_matters_to_icc(data, factor, shift):
    data = np.array(data, dtype=float)
    plain = {f.form: f.value for f in icc(data).forms}
    other = {f.form: f.value for f in icc(data[::-1, ::-1] * factor + shift).forms}
    assert plain.keys() == other.keys()
    for form, value in plain.items():
        if value is not None and other[form] is not None and abs(value) < 1e6:
            assert other[form] == pytest.approx(value, abs=1e-5, rel=1e-5)


def test_raters_who_agree_have_one_and_a_shift_spoils_only_absolute_agreement():
    data = np.arange(6.0)[:, None] + np.zeros(3)
    assert [f.value for f in icc(data).forms] == pytest.approx([1.0] * 6)
    shifted = {f.form: f.value for f in icc(data + np.array([0, 2, 4])).forms}
    assert shifted["ICC(3,1)"] == pytest.approx(1.0)
    assert shifted["ICC(2,1)"] < 0.6


def test_ratings_all_alike_have_no_icc_and_say_why():
    found = icc(np.full((3, 2), 4.0))
    assert found.forms == ()
    assert "no variation" in str(found.undefined)


def test_bootstrap_intervals_of_icc_are_over_units():
    rng = np.random.default_rng(2)
    data = rng.normal(size=(40, 1)) + rng.normal(size=(40, 4))
    found = icc_intervals(data, rng, resamples=100)
    assert set(found) == set(FORMS)
    for form in icc(data).forms:
        each = found[form.form]
        assert each.over == "units"
        assert each.low < form.value < each.high
        assert each.low == pytest.approx(form.low, abs=0.2)  # normal ratings: both ways agree


# --- Cochran, Lawshe, Dawid and Skene ----------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 1), min_size=4, max_size=4), min_size=2, max_size=10))
def test_cochran_s_q_agrees_with_statsmodels(rows):
    data, found = np.array(rows), cochran_q(rows)
    if found.q is None:
        assert all(len(set(row)) == 1 for row in rows)
        assert "answered all questions alike" in str(found.undefined)
        return
    expected = cochrans_q(data)
    assert found.q == pytest.approx(expected.statistic, abs=1e-9)
    assert found.p == pytest.approx(expected.pvalue, abs=1e-12)
    different, times = np.unique(data, axis=0, return_counts=True)
    assert cochran_q(different, times).q == pytest.approx(found.q)


def test_the_interval_of_q_is_over_raters_and_answers_are_yes_or_no():
    rows = np.array([[1, 0, 0]] * 8 + [[1, 1, 0]] * 5 + [[0, 1, 1]] * 2)
    found = cochran_interval(rows, np.random.default_rng(1), resamples=100)
    assert found.over == "raters"
    assert found.low < cochran_q(rows).q < found.high
    with pytest.raises(SurveyError) as caught:
        cochran_q([[1, 2], [0, 1]])
    assert caught.value.code == "not_binary"


def test_content_validity_ratio_runs_from_minus_one_to_one():
    assert [content_validity_ratio(k, 4).ratio for k in range(5)] == [-1, -0.5, 0, 0.5, 1]
    assert content_validity_ratio(9, 11).p == pytest.approx(binom.sf(8, 11, 0.5))
    found = content_interval(9, 11, np.random.default_rng(1), resamples=200)
    assert found.low < 7 / 11 < found.high <= 1
    with pytest.raises(SurveyError, match="5 of 4 experts"):
        content_validity_ratio(5, 4)


def test_dawid_and_skene_s_patients_come_out_as_by_loops_over_their_formulas():
    data = [tuple(x) for x in ORACLES["dawid_skene_dawid_1979"]["input"]["item_rater_rating"]]
    found = dawid_skene(data)
    items, raters, k = len(found.items), len(found.raters), 4
    times = np.zeros((items, raters, k))
    for item, rater, said in data:
        times[found.items.index(item), found.raters.index(rater), found.classes.index(said)] += 1
    truth = times.sum(axis=1) / times.sum(axis=(1, 2))[:, None]
    for _ in range(200):
        errors = np.zeros((raters, k, k))
        for r in range(raters):
            for true in range(k):
                errors[r, true] = (truth[:, true, None] * times[:, r]).sum(axis=0)
                errors[r, true] /= errors[r, true].sum()
        share = truth.mean(axis=0)
        for i in range(items):
            truth[i] = share * [np.prod(errors[:, true] ** times[i]) for true in range(k)]
            truth[i] /= truth[i].sum()
    assert found.converged
    np.testing.assert_allclose(found.errors, errors, atol=1e-4)
    np.testing.assert_allclose(found.posterior, truth, atol=1e-4)
    np.testing.assert_allclose(found.marginals, truth.mean(axis=0), atol=1e-5)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from("abc"), min_size=3, max_size=8), st.integers(2, 4), st.randoms())
def test_raters_who_agree_are_believed(truth, raters, random):
    if len(set(truth)) < 2:
        return
    data = [(f"i{k}", r, x) for k, x in enumerate(truth) for r in range(raters)]
    random.shuffle(data)
    found = dawid_skene(data)
    said = {item: found.classes[k] for item, k in zip(found.items, found.posterior.argmax(axis=1), strict=True)}  # fmt: skip
    assert said == {f"i{k}": x for k, x in enumerate(truth)}
    shares = [truth.count(x) / len(truth) for x in found.classes]
    np.testing.assert_allclose(found.marginals, shares, atol=1e-9)


def test_nothing_to_learn_from_is_refused():
    with pytest.raises(SurveyError, match="there are no judgements"):
        dawid_skene([])
    with pytest.raises(SurveyError, match="all judgements name the class x"):
        dawid_skene([(1, 1, "x"), (2, 1, "x")])
