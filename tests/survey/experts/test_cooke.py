"""Cooke's classical model, derived independently: G-test and numerical integration."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import power_divergence

from survey import SurveyError
from survey.experts import calibration_score, classical_model

P = (0.05, 0.5, 0.95)
BINS = np.array([0.05, 0.45, 0.45, 0.05])


def seeds(hits):
    """Truths of questions whose quantiles are 1, 2, 3, with so many in each of the four bins."""
    truths = np.repeat([0.5, 1.5, 2.5, 3.5], hits)
    return np.tile([1.0, 2.0, 3.0], (len(truths), 1)), truths


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4).filter(any))
@settings(max_examples=50)
def test_calibration_is_the_p_value_of_the_likelihood_ratio_test(hits):
    expected = power_divergence(hits, sum(hits) * BINS, lambda_="log-likelihood").pvalue
    assert calibration_score(*seeds(hits), P) == pytest.approx(expected)


def test_an_expert_who_hits_as_often_as_promised_is_perfectly_calibrated():
    assert calibration_score(*seeds([1, 9, 9, 1])) == pytest.approx(1)


def test_an_expert_whom_every_answer_surprises_is_not_calibrated():
    assert calibration_score(*seeds([10, 0, 0, 10])) < 1e-6


def test_an_answer_that_equals_a_quantile_counts_as_below_it():
    at, below = calibration_score([[1, 2, 3]], [1.0]), calibration_score([[1, 2, 3]], [0.5])
    assert at == below


def panel():
    """A wide right expert, a narrow wrong one and one in between, on eleven questions."""
    rng = np.random.default_rng(4)
    truths = rng.normal(50, 10, 11)
    right = truths[:, None] + rng.normal(0, 4, (11, 1)) + np.array([-8.0, 0.0, 8.0])
    wrong = truths[:, None] + 30 + np.array([-1.0, 0.0, 1.0])
    between = truths[:, None] + rng.normal(0, 8, (11, 1)) + np.array([-8.0, 0.0, 8.0])
    truths[-1] = np.nan
    return np.stack([right, wrong, between]), truths


def test_information_is_the_integral_of_the_relative_density():
    asked, truths = panel()
    found = classical_model(asked, truths)
    expected = np.zeros((3, 11))
    for k in range(11):
        low, high = (
            np.nanmin([asked[:, k].min(), truths[k]]),
            np.nanmax([asked[:, k].max(), truths[k]]),
        )
        low, high = low - 0.1 * (high - low), high + 0.1 * (high - low)
        middle = low + (np.arange(200_000) + 0.5) * (high - low) / 200_000
        for e in range(3):
            knots = np.array([low, *asked[e, k], high])
            density = (BINS / np.diff(knots))[np.searchsorted(knots, middle) - 1]
            expected[e, k] = (density * np.log(density * (high - low))).mean() * (high - low)
    assert found.information == pytest.approx(expected[:, :10].mean(axis=1), rel=1e-3)
    assert found.information_all == pytest.approx(expected.mean(axis=1), rel=1e-3)


def test_weights_are_calibration_times_information_above_the_cut_off():
    found = classical_model(*panel(), cutoff=0.05)
    raw = np.where(found.calibration >= 0.05, found.calibration * found.information, 0)
    assert found.weights == pytest.approx(raw / raw.sum())
    assert found.weights[1] == 0
    assert found.weights[0] > found.weights[2]
    assert not found.optimised


def test_the_chosen_cut_off_gives_the_panel_no_worse_a_score_than_any_other():
    found = classical_model(*panel())
    score = found.panel_calibration * found.panel_information
    assert found.optimised
    for cutoff in found.calibration:
        other = classical_model(*panel(), cutoff=cutoff)
        assert score >= other.panel_calibration * other.panel_information


def test_a_panel_of_one_expert_says_what_the_expert_says():
    asked, truths = panel()
    found = classical_model(asked[:1], truths)
    assert found.weights.tolist() == [1]
    assert found.quantiles == pytest.approx(asked[0])
    assert found.panel_calibration == pytest.approx(found.calibration[0])
    assert found.panel_information == pytest.approx(found.information[0])


def test_quantiles_of_the_panel_lie_between_those_of_its_experts():
    asked, truths = panel()
    found = classical_model(asked, truths, cutoff=0.0)
    assert (found.quantiles >= asked.min(axis=0) - 1e-9).all()
    assert (found.quantiles <= asked.max(axis=0) + 1e-9).all()


def test_scores_do_not_depend_on_the_unit_of_the_questions():
    asked, truths = panel()
    plain, scaled = classical_model(asked, truths), classical_model(asked * 1000, truths * 1000)
    assert scaled.weights == pytest.approx(plain.weights)
    assert scaled.quantiles == pytest.approx(plain.quantiles * 1000)


def test_the_log_background_is_the_uniform_one_of_logarithms():
    asked, truths = panel()
    asked, truths = np.exp(asked / 20), np.exp(truths / 20)
    found = classical_model(asked, truths, background="log")
    logs = classical_model(np.log(asked), np.log(truths))
    assert found.weights == pytest.approx(logs.weights)
    assert found.quantiles == pytest.approx(np.exp(logs.quantiles))


@pytest.mark.parametrize(
    ("arguments", "options", "code"),
    [
        (([[[1, 2, 3]]], [np.nan]), {}, "seeds_missing"),
        (([[[1, 2, 3]]], [1, 2]), {}, "truths_shape"),
        (([[[1, 3, 2]]], [1]), {}, "quantiles_order"),
        (([[[1, 2, np.nan]]], [1]), {}, "quantile_missing"),
        (([[[1, 2]]], [1]), {}, "quantiles_shape"),
        (([[[1, 2, 3]]], [1], (0.5, 0.2, 0.9)), {}, "probabilities_invalid"),
        (([[[1, 2, 3]]], [9]), {"cutoff": 0.9}, "nobody_calibrated"),
        (([[[1, 2, 3]]], [1]), {"overshoot": 0}, "overshoot_invalid"),
        (([[[-1, 2, 3]]], [1]), {"background": "log"}, "log_of_nothing"),
    ],
)
def test_what_cannot_be_scored_is_refused_in_a_sentence(arguments, options, code):
    with pytest.raises(SurveyError) as caught:
        classical_model(*arguments, **options)
    assert caught.value.code == code
