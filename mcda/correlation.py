"""How alike two rankings are."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import kendalltau, rankdata

from mcda.errors import ProblemError
from mcda.problem import Array


def _pair(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if a.ndim != 1 or a.shape != b.shape or len(a) < 2:
        raise ProblemError(
            "rankings",
            "rankings have shapes {first} and {second}; expected two of one length, 2 or more",
            first=a.shape,
            second=b.shape,
        )
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise ProblemError("not_finite", "a ranking holds a value that is not a finite number")
    return rankdata(a), rankdata(b)


def spearman(x: ArrayLike, y: ArrayLike) -> float | None:
    """Pearson correlation of ranks, ties with their mean (Spearman 1904); None without spread."""
    a, b = _pair(x, y)
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    return float(np.corrcoef(a, b)[0, 1])


def kendall_tau_b(x: ArrayLike, y: ArrayLike) -> float | None:
    """Concordant less discordant pairs, corrected for ties (Kendall 1945); None without spread."""
    a, b = _pair(x, y)
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    return float(kendalltau(a, b, variant="b").statistic)


def weighted_spearman(x: ArrayLike, y: ArrayLike) -> float:
    """rw: differences at the top weigh more, in both rankings (Pinto da Costa, Soares 2005)."""
    a, b = _pair(x, y)
    n = len(a)
    lost = ((a - b) ** 2 * ((n - a + 1) + (n - b + 1))).sum()
    return float(1 - 6 * lost / (n**4 + n**3 - n**2 - n))


def ws(reference: ArrayLike, other: ArrayLike) -> float:
    """WS: not symmetric, differences at the top of the reference weigh most (Salabun, Urbaniak 2020)."""
    a, b = _pair(reference, other)
    n = len(a)
    farthest = np.maximum(np.abs(1 - a), np.abs(n - a))
    return float(1 - (2.0**-a * np.abs(a - b) / farthest).sum())
