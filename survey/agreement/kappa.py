"""Fleiss' kappa: agreement of several raters on categories."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from survey.agreement.reasons import Undefined
from survey.contingency import FloatArray, count_table
from survey.errors import SurveyError


@dataclass(frozen=True, slots=True, eq=False)
class FleissKappa:
    """Fleiss' kappa: 1 is perfect agreement, 0 what chance would give.

    `z`, `p` test that there is none beyond chance, by the standard error under that hypothesis.
    `by_category`: kappa of each category against the rest, shape (categories,); NaN where the
    category was not used, or nothing else was. None, with the reason, where all fell into one.
    """

    kappa: float | None
    standard_error: float | None
    z: float | None
    p: float | None
    by_category: FloatArray
    observed: float
    expected: float
    subjects: int
    raters: int
    undefined: Undefined | None = None


def fleiss_kappa(counts: npt.ArrayLike) -> FleissKappa:
    """Fleiss' kappa.

    Parameters
    ----------
    counts
        How many raters put the subject into the category, shape (subjects, categories); the same
        number of raters, two or more, for each subject.

    References
    ----------
    Fleiss (1971), Psychol. Bull. 76, 378-382; Fleiss, Nee, Landis (1979), Psychol. Bull. 86,
    974-977 (standard error).

    """
    table = count_table(counts).astype(np.float64)
    each = table.sum(axis=1)
    if each.min() != each.max() or each[0] < 2:
        raise SurveyError(
            "raters_unequal",
            "the subjects were rated by {least} to {most} raters; "
            "the same number, two or more, is expected for each",
            least=int(each.min()),
            most=int(each.max()),
        )
    subjects, m = len(table), float(each[0])
    share = table.sum(axis=0) / (subjects * m)
    other = 1 - share
    observed = float(((table**2).sum(axis=1) - m).sum() / (subjects * m * (m - 1)))
    expected = float((share**2).sum())
    varied = share * other
    disagreed = (table * (m - table)).sum(axis=0) / (subjects * m * (m - 1))
    by_category = 1 - np.divide(
        disagreed, varied, out=np.full_like(varied, np.nan), where=varied > 0
    )
    if (share > 0).sum() < 2:
        return FleissKappa(
            None, None, None, None, by_category, observed, expected, subjects, int(m),
            Undefined.no_variation(),
        )  # fmt: skip
    kappa = (observed - expected) / (1 - expected)
    total = float(varied.sum())
    variance = 2 * (total**2 - float((varied * (other - share)).sum()))
    error = float(np.sqrt(max(variance, 0.0) / (subjects * m * (m - 1)))) / total
    z = kappa / error if error > 0 else None
    return FleissKappa(
        kappa,
        error,
        z,
        None if z is None else float(2 * ndtr(-abs(z))),
        by_category,
        observed,
        expected,
        subjects,
        int(m),
    )
