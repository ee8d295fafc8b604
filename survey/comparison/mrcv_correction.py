"""Rao and Scott's second-order correction of a sum of dependent chi-squares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc

FloatArray = npt.NDArray[np.float64]

_BLOCK: Final = 4_000_000  # numbers held at a time


@dataclass(frozen=True, slots=True, eq=False)
class Corrected:
    """Second-order Rao-Scott test: `x2` on `df` degrees of freedom."""

    x2: float
    df: float
    p: float


def rao_scott(
    left: FloatArray, right: FloatArray, times: FloatArray, x2: float, *, grouping: bool
) -> Corrected:
    """Correct the sum by the eigenvalues of the covariance of its parts.

    sum(lambda) and sum(lambda^2) are a trace and a sum of squares: no eigenvalue is computed.

    Parameters
    ----------
    left, right, times
        As in `survey.comparison.mrcv.mrcv_test`.
    x2
        Sum of the chi-squares.

    References
    ----------
    Rao, Scott (1984), Ann. Stat. 12, 46-60; Bilder, Loughin (2004), Biometrics 60, 241-248.

    """
    n = times.sum()
    y_parts = _standardised(right, times)
    if grouping:
        # Whoever stands in which group, the options of a person go together as they do over all.
        repeat, size = left.shape[1] - 1, y_parts.shape[1]
        covariance = (y_parts * times[:, None]).T @ y_parts / n
    else:
        w_parts = _standardised(left, times)
        repeat, size = 1, w_parts.shape[1] * y_parts.shape[1]
        covariance, mean = np.zeros((size, size)), np.zeros(size)
        block = max(1, _BLOCK // size)
        for k in range(0, len(times), block):
            rows = slice(k, k + block)
            parts = np.einsum("ni,nj->nij", w_parts[rows], y_parts[rows]).reshape(-1, size)
            weighed = parts * times[rows, None]
            covariance += weighed.T @ parts / n
            mean += weighed.sum(axis=0) / n
        covariance -= np.outer(mean, mean)
    squares = float((covariance**2).sum())
    factor = size / squares if squares else 1.0
    df = repeat * size * factor
    return Corrected(x2 * factor, df, float(chdtrc(df, x2 * factor)))


def _standardised(rows: FloatArray, times: FloatArray) -> FloatArray:
    """Items that vary, with mean 0 and variance 1."""
    share = times @ rows / times.sum()
    varied = (share > 0) & (share < 1)
    kept = share[varied]
    standardised: FloatArray = (rows[:, varied] - kept) / np.sqrt(kept * (1 - kept))
    return standardised
