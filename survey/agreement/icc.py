"""Intraclass correlation: how much of the variation of ratings is between what is rated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import fdtrc, fdtri

from survey.agreement.inputs import ratings
from survey.agreement.reasons import Undefined
from survey.frames import check_confidence

FORMS: Final = ("ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)")


@dataclass(frozen=True, slots=True)
class IccForm:
    """One form: its value, interval, and the F test that it is 0.

    Interval and test are None where raters agree without any error: F is then infinite. The value
    is None where no variance is left to take a part of, as where the targets do not differ.
    """

    form: str
    value: float | None
    low: float | None
    high: float | None
    f: float | None
    df1: int
    df2: int
    p: float | None


@dataclass(frozen=True, slots=True)
class Icc:
    """The six forms of Shrout and Fleiss, in the order of `FORMS`.

    (1,.) each target has raters of its own; (2,.) the raters are a sample, absolute agreement;
    (3,.) these raters and no others, consistency. (.,1) one rating; (.,k) the mean of all.
    Empty, with the reason, where all ratings are the same.
    """

    forms: tuple[IccForm, ...]
    targets: int
    raters: int
    mean_squares: dict[str, float]
    confidence: float
    undefined: Undefined | None = None


def icc(data: npt.ArrayLike, *, confidence: float = 0.95) -> Icc:
    """Intraclass correlations in six forms, with intervals.

    Parameters
    ----------
    data
        Shape (targets, raters), 2 x 2 or more, none missing.

    References
    ----------
    Shrout, Fleiss (1979), Psychol. Bull. 86, 420-428; McGraw, Wong (1996), Psychol. Methods 1,
    30-46 (intervals).

    """
    check_confidence(confidence)
    given = ratings(data)
    n, k = given.shape
    x = given - given.mean()
    largest = float(np.abs(x).max())
    if largest == 0 or largest < 1e-12 * float(np.abs(given).max()):
        return Icc((), n, k, {}, confidence, Undefined.no_variation())
    x = x / largest  # the forms do not depend on the unit
    row_means, column_means = x.mean(axis=1), x.mean(axis=0)
    between = k * float((row_means**2).sum()) / (n - 1)
    columns = n * float((column_means**2).sum()) / (k - 1)
    within = float(((x - row_means[:, None]) ** 2).sum()) / (n * (k - 1))
    error = float(((x - row_means[:, None] - column_means) ** 2).sum()) / ((n - 1) * (k - 1))
    between, columns, within, error = (
        0.0 if ms < 1e-24 else ms for ms in (between, columns, within, error)
    )
    tail = (1 - confidence) / 2
    one = _ratio_form(between, within, (n, k, n * (k - 1)), tail)
    three = _ratio_form(between, error, (n, k, (n - 1) * (k - 1)), tail)
    two = _absolute_form((between, columns, error), n, k, tail)
    found = dict(zip(FORMS, (one[0], two[0], three[0], one[1], two[1], three[1]), strict=True))
    tests = {"1": (within, n * (k - 1)), "2": (error, (n - 1) * (k - 1))}
    tests["3"] = tests["2"]
    forms = []
    for form, (value, low, high) in found.items():
        below, df2 = tests[form[4]]
        f = between / below if below > 0 else None
        p = None if f is None else float(fdtrc(n - 1, df2, f))
        forms.append(IccForm(form, value, low, high, f, n - 1, df2, p))
    scale = largest**2
    return Icc(
        tuple(forms),
        n,
        k,
        {
            "between_targets": between * scale,
            "between_raters": columns * scale,
            "within_targets": within * scale,
            "error": error * scale,
        },
        confidence,
    )


_Value = tuple[float | None, float | None, float | None]


def _ratio_form(
    between: float, below: float, sizes: tuple[int, int, int], tail: float
) -> tuple[_Value, _Value]:
    """Form 1 (below: within targets) or 3 (below: error), of one rating and of the mean."""
    n, k, df2 = sizes
    single = _part(between - below, between + (k - 1) * below)
    mean = _part(between - below, between)
    if below == 0:
        return (single, None, None), (mean, None, None)
    f = between / below
    low = f / float(fdtri(n - 1, df2, 1 - tail))
    high = f * float(fdtri(df2, n - 1, 1 - tail))
    return (
        (single, (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)),
        (mean, _part(low - 1, low), _part(high - 1, high)),
    )


def _absolute_form(
    squares: tuple[float, float, float], n: int, k: int, tail: float
) -> tuple[_Value, _Value]:
    """Form 2, of one rating and of the mean; mean squares between, of raters, of error."""
    between, columns, error = squares
    single = _part(between - error, between + (k - 1) * error + k * (columns - error) / n)
    mean = _part(between - error, between + (columns - error) / n)
    if error == 0 or single is None:
        return (single, None, None), (mean, None, None)
    fj = columns / error
    part = n * (1 + (k - 1) * single) - k * single
    df = _part(
        (k - 1) * (n - 1) * (k * single * fj + part) ** 2,
        (n - 1) * k**2 * single**2 * fj**2 + part**2,
    )
    if not df:
        return (single, None, None), (mean, None, None)
    upper, lower = float(fdtri(n - 1, df, 1 - tail)), float(fdtri(df, n - 1, 1 - tail))
    rest = k * columns + (k * n - k - n) * error
    low = _part(n * (between - upper * error), upper * rest + n * between)
    high = _part(n * (lower * between - error), rest + n * lower * between)
    return (single, low, high), (mean, _stepped_up(low, k), _stepped_up(high, k))


def _part(above: float, below: float) -> float | None:
    """A ratio; None where what is below does not vary, or is no variance at all."""
    return above / below if below > 0 else None


def _stepped_up(single: float | None, k: int) -> float | None:
    """Reliability of the mean of k ratings from that of one (Spearman, Brown)."""
    return None if single is None else _part(k * single, 1 + (k - 1) * single)
