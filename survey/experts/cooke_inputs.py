"""What the classical model is given, checked."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from survey.errors import SurveyError
from survey.frames import first_cell

FloatArray = npt.NDArray[np.float64]


def bins_of(probabilities: npt.ArrayLike) -> FloatArray:
    """Probabilities between the quantiles, and outside of them."""
    inner = np.asarray(probabilities, dtype=np.float64)
    bins: FloatArray = np.diff(np.concatenate([[0.0], inner, [1.0]]))
    if inner.ndim != 1 or not inner.size or not (bins > 0).all():
        raise SurveyError(
            "probabilities_invalid",
            "the quantiles have the probabilities {found}; rising numbers between 0 and 1 are "
            "expected",
            found=", ".join(f"{p:g}" for p in inner.ravel()),
        )
    return bins


def checked_quantiles(values: FloatArray, probabilities: npt.ArrayLike) -> FloatArray:
    """Quantiles of shape (experts, questions, quantiles), rising."""
    expected = len(bins_of(probabilities)) - 1
    if values.ndim != 3 or values.shape[2] != expected or 0 in values.shape:
        raise SurveyError(
            "quantiles_shape",
            "the experts' quantiles have shape {found}; (experts, questions, {expected}) is "
            "expected",
            found=values.shape,
            expected=expected,
        )
    if (cell := first_cell(~np.isfinite(values))) is not None:
        raise SurveyError(
            "quantile_missing",
            "expert number {expert} has {found} at question number {question}; a number is expected",
            expert=cell[0] + 1,
            found=float(values[cell]),
            question=cell[1] + 1,
        )
    if (cell := first_cell(np.diff(values, axis=2).min(axis=2, initial=np.inf) <= 0)) is not None:
        raise SurveyError(
            "quantiles_order",
            "the quantiles of expert number {expert} at question number {question} are {found}; "
            "rising numbers are expected",
            expert=cell[0] + 1,
            question=cell[1] + 1,
            found=", ".join(f"{q:g}" for q in values[cell]),
        )
    return values


def check_truths(truths: FloatArray, questions: int) -> None:
    """One known answer for each question, at least one of them a number."""
    if truths.shape != (questions,):
        raise SurveyError(
            "truths_shape",
            "{found} known answers are given for {expected} questions; one of each is expected, "
            "empty where it is not known",
            found=truths.size,
            expected=questions,
        )
    if np.isinf(truths).any() or np.isnan(truths).all():
        raise SurveyError(
            "seeds_missing",
            "no question has a known answer that is a number; at least one seed question is "
            "expected",
        )


def logs_of(values: FloatArray) -> FloatArray:
    """Logarithms of positive values."""
    if (values <= 0).any():
        raise SurveyError(
            "log_of_nothing",
            "a quantile or known answer is {found}; a number above 0 is expected on the log scale",
            found=float(np.nanmin(values)),
        )
    logs: FloatArray = np.log(values)
    return logs
