"""Cooke's classical model: experts weigh by how well they answer questions with known answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import rel_entr
from scipy.stats import chi2

from survey.errors import SurveyError
from survey.experts.cooke_inputs import bins_of, check_truths, checked_quantiles, logs_of
from survey.experts.effective import as_numbers

FloatArray = npt.NDArray[np.float64]
Background = Literal["uniform", "log"]

PROBABILITIES = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True, eq=False)
class Cooke:
    """Scores and weights of the experts, and what they say together.

    Attributes
    ----------
    calibration : array, shape (experts,)
        p-value of the hypothesis that the quantiles are right: 1 best, 0 worst.
    information : array, shape (experts,)
        Mean relative information on the seed questions, against the background measure.
    information_all : array, shape (experts,)
        The same over all questions.
    weights : array, shape (experts,)
        Calibration times information, 0 below the cut-off; sum 1.
    cutoff : float
        Calibration from which an expert has weight.
    optimised : bool
        Whether the cut-off was chosen to give the panel the best score.
    quantiles : array, shape (questions, quantiles)
        Of the panel: the experts' distributions mixed by weight.
    panel_calibration, panel_information : float
        Scores of the panel on the seed questions, as of one more expert.
    seeds : int
        Questions with a known answer. Below about ten the scores tell experts apart poorly.
    """

    calibration: FloatArray
    information: FloatArray
    information_all: FloatArray
    weights: FloatArray
    cutoff: float
    optimised: bool
    quantiles: FloatArray
    panel_calibration: float
    panel_information: float
    seeds: int


def calibration_score(
    quantiles: npt.ArrayLike, truths: npt.ArrayLike, probabilities: npt.ArrayLike = PROBABILITIES
) -> float:
    """Calibration of one expert: how probable it is that right quantiles miss as these do.

    Parameters
    ----------
    quantiles
        Shape (seeds, quantiles), rising in each row.
    truths
        Known answers, shape (seeds,). One that equals a quantile counts as below it.
    probabilities
        Of the quantiles, rising, within (0, 1).

    Notes
    -----
    1 - F(2 N I(s, p)), with I the relative information of the observed bin shares s with respect
    to the expected p, and F the chi-square distribution with one degree less than bins. The
    distribution is asymptotic: with few seeds the score ranks rather than measures.

    References
    ----------
    Cooke (1991), Experts in Uncertainty, Oxford University Press, chapters 9 and 12.

    """
    asked = checked_quantiles(as_numbers(quantiles)[None], probabilities)[0]
    known = as_numbers(truths)
    check_truths(known, len(asked))
    return _calibration(asked, known, bins_of(probabilities))


def classical_model(
    quantiles: npt.ArrayLike,
    truths: npt.ArrayLike,
    probabilities: npt.ArrayLike = PROBABILITIES,
    *,
    cutoff: float | None = None,
    overshoot: float = 0.1,
    background: Background = "uniform",
) -> Cooke:
    """Performance-based weights of experts (global weights of the classical model).

    Parameters
    ----------
    quantiles
        Shape (experts, questions, quantiles).
    truths
        Shape (questions,); NaN for a question of interest, a number for a seed question.
    probabilities
        Of the quantiles.
    cutoff
        Calibration below which an expert has no weight; None: the one that maximises calibration
        times information of the panel (the largest such panel).
    overshoot
        How far the range of a question reaches beyond all quantiles and the truth, in parts of it.
    background
        Measure that information is taken against: ``uniform``, or ``log`` for positive quantities
        over orders of magnitude.

    References
    ----------
    Cooke (1991), Experts in Uncertainty, Oxford University Press, chapter 12; Cooke, Goossens
    (2008), Reliab. Eng. Syst. Saf. 93, 657-674.

    """
    asked = checked_quantiles(as_numbers(quantiles), probabilities)
    known = as_numbers(truths)
    check_truths(known, asked.shape[1])
    if background == "log":
        asked, known = logs_of(asked), logs_of(known)
    bins, seed = bins_of(probabilities), ~np.isnan(known)
    low, high = _range(asked, known, overshoot)
    calibration = np.array([_calibration(each[seed], known[seed], bins) for each in asked])
    each = _information(asked, low, high, bins)
    information = each[:, seed].mean(axis=1)
    cuts = sorted(set(calibration.tolist())) if cutoff is None else [cutoff]
    best: tuple[float, float, FloatArray, FloatArray, float, float] | None = None
    for cut in cuts:
        raw = np.where(calibration >= cut, calibration * information, 0.0)
        if not raw.any():
            continue
        weights = raw / raw.sum()
        mixed = _mixed(asked, weights, low, high, probabilities)
        of_panel = _calibration(mixed[seed], known[seed], bins)
        told = float(_information(mixed[None, seed], low[seed], high[seed], bins).mean())
        if best is None or of_panel * told > best[0]:
            best = (of_panel * told, cut, weights, mixed, of_panel, told)
    if best is None:
        raise SurveyError(
            "nobody_calibrated",
            "no expert reaches the calibration {cutoff}; the best has {best}; a lower cut-off "
            "is expected",
            cutoff=0.0 if cutoff is None else cutoff,
            best=float(f"{calibration.max():.3g}"),
        )
    _, cut, weights, mixed, of_panel, told = best
    return Cooke(
        calibration,
        information,
        each.mean(axis=1),
        weights,
        float(cut),
        cutoff is None,
        np.exp(mixed) if background == "log" else mixed,
        of_panel,
        told,
        int(seed.sum()),
    )


def _range(asked: FloatArray, known: FloatArray, overshoot: float) -> tuple[FloatArray, FloatArray]:
    if not 0 < overshoot < np.inf:
        raise SurveyError(
            "overshoot_invalid",
            "the overshoot is {found}; a number above 0 is expected",
            found=overshoot,
        )
    low = np.fmin(asked.min(axis=(0, 2)), known)
    high = np.fmax(asked.max(axis=(0, 2)), known)
    margin = overshoot * (high - low)
    return low - margin, high + margin


def _calibration(asked: FloatArray, known: FloatArray, bins: FloatArray) -> float:
    hit = (known[:, None] > asked).sum(axis=1)
    observed = np.bincount(hit, minlength=len(bins)) / len(known)
    statistic = 2 * len(known) * rel_entr(observed, bins).sum()
    return float(chi2.sf(max(statistic, 0.0), len(bins) - 1))


def _information(
    asked: FloatArray, low: FloatArray, high: FloatArray, bins: FloatArray
) -> FloatArray:
    """Relative information of each expert on each question, shape (experts, questions)."""
    ends = (*asked.shape[:2], 1)
    knots = np.concatenate(
        [
            np.broadcast_to(low[None, :, None], ends),
            asked,
            np.broadcast_to(high[None, :, None], ends),
        ],
        axis=2,
    )
    widths = np.diff(knots, axis=2) / (high - low)[None, :, None]
    information: FloatArray = (bins * np.log(bins / widths)).sum(axis=2)
    return information


def _mixed(
    asked: FloatArray,
    weights: FloatArray,
    low: FloatArray,
    high: FloatArray,
    probabilities: npt.ArrayLike,
) -> FloatArray:
    """Quantiles of the weighted mixture of the experts' distributions, question by question."""
    steps = np.concatenate([[0.0], np.asarray(probabilities, dtype=np.float64), [1.0]])
    mixed = np.empty(asked.shape[1:])
    for k in range(asked.shape[1]):
        knots = np.unique(np.concatenate([asked[:, k].ravel(), [low[k], high[k]]]))
        below = np.zeros_like(knots)
        for weight, own in zip(weights, asked[:, k], strict=True):
            below += weight * np.interp(knots, np.concatenate([[low[k]], own, [high[k]]]), steps)
        mixed[k] = np.interp(steps[1:-1], below, knots)
    return mixed
