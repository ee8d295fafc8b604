"""Kendall's coefficient of concordance W: do raters order the objects alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc
from scipy.stats import rankdata

from survey.agreement.inputs import ratings
from survey.agreement.reasons import Undefined
from survey.contingency import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Concordance:
    """Kendall's W, 0 to 1.

    Parameters
    ----------
    w
        Corrected for ties; None, with the reason, where every rater ties all objects.
    w_uncorrected
        As if there were no ties: too small where there are.
    ties
        Of each rater: sum of t^3 - t over groups of t tied objects. Shape (raters,). (Russian
        textbooks print T = sum(t^3 - t) / 12 as well: a twelfth of these.)
    rank_sums
        Of each object, shape (objects,).
    s
        Sum of the squared distances of the rank sums from their mean.
    chi2, df, p
        Friedman's test that raters rank at random: rough for 7 objects or fewer.

    """

    w: float | None
    w_uncorrected: float
    ties: FloatArray
    rank_sums: FloatArray
    s: float
    chi2: float | None
    df: int
    p: float | None
    raters: int
    objects: int
    undefined: Undefined | None = None


def kendall_w(data: npt.ArrayLike) -> Concordance:
    """Concordance of raters.

    Parameters
    ----------
    data
        Ratings or ranks, shape (raters, objects), 2 x 2 or more, none missing. Each rater's row is
        ranked; ties share the mean of their ranks. Whether 1 or the largest number is best does
        not matter as long as all raters mean the same.

    References
    ----------
    Kendall, Babington Smith (1939), Ann. Math. Stat. 10, 275-287; Kendall (1948), Rank Correlation
    Methods, ch. 6.

    """
    given = ratings(data)
    m, n = given.shape
    ranks = rankdata(given, axis=1)
    sums = ranks.sum(axis=0)
    s = float(((sums - m * (n + 1) / 2) ** 2).sum())
    ties = _ties(ranks)
    whole = float(m * m * (n**3 - n))
    rest = whole - m * float(ties.sum())
    w = min(1.0, 12 * s / rest) if rest > 0 else None
    chi2 = None if w is None else m * (n - 1) * w
    return Concordance(
        w=w,
        w_uncorrected=min(1.0, 12 * s / whole),
        ties=ties,
        rank_sums=sums,
        s=s,
        chi2=chi2,
        df=n - 1,
        p=None if chi2 is None else float(chdtrc(n - 1, chi2)),
        raters=m,
        objects=n,
        undefined=Undefined.no_variation() if w is None else None,
    )


def _ties(ranks: FloatArray) -> FloatArray:
    """Sum of t^3 - t: each of t tied objects adds t^2 - 1."""
    found = np.empty(len(ranks))
    for k, row in enumerate(ranks):
        _, times = np.unique(row, return_counts=True)
        found[k] = float((times.astype(np.float64) ** 3 - times).sum())
    return found
