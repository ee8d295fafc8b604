"""How large a difference is, with its interval: of shares, of odds, over a whole table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import chndtr, ndtri

from survey.contingency import chi_square, count_table
from survey.errors import SurveyError
from survey.frames import check_confidence
from survey.shares import wilson_interval

FloatArray: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Effect:
    """A size with its interval; `corrected`: 0.5 was added to each cell, since one was 0."""

    value: float
    low: float
    high: float
    corrected: bool = False


def difference_of_shares(
    successes: tuple[int, int], trials: tuple[int, int], *, confidence: float = 0.95
) -> Effect:
    """First share minus second, with Newcombe's interval from the two Wilson intervals.

    Within [-1, 1] always, also where a share is 0 or 1.

    References
    ----------
    Newcombe (1998), Stat. Med. 17, 873-890, method 10.

    """
    low, high = wilson_interval(successes, trials, confidence=confidence)
    p, q = (np.asarray(successes) / np.asarray(trials)).tolist()
    down = np.hypot(p - low[0], high[1] - q)
    up = np.hypot(high[0] - p, q - low[1])
    return Effect(p - q, max(-1.0, float(p - q - down)), min(1.0, float(p - q + up)))


def odds_ratio(table: npt.ArrayLike, *, confidence: float = 0.95) -> Effect:
    """Odds ratio of a 2 x 2 table, with the interval of Woolf on the logarithm.

    Where a cell is 0, 0.5 is added to all four (Haldane, Anscombe): otherwise the ratio would be 0
    or infinite; the result says so.

    References
    ----------
    Woolf (1955), Ann. Hum. Genet. 19, 251-253; Haldane (1956), Ann. Hum. Genet. 20, 309-311.

    """
    counts = count_table(table)
    if counts.shape != (2, 2):
        raise SurveyError(
            "odds_two_by_two",
            "the table has the shape {found}; 2 x 2 is expected for an odds ratio",
            found=" x ".join(map(str, counts.shape)),
        )
    corrected = bool((counts == 0).any())
    cells = counts + (0.5 if corrected else 0.0)
    log_ratio = float(np.log(cells[0, 0]) + np.log(cells[1, 1]) - np.log(cells[0, 1] * cells[1, 0]))
    half = _normal(confidence) * float(np.sqrt((1 / cells).sum()))
    low, value, high = np.exp([log_ratio - half, log_ratio, log_ratio + half]).tolist()
    return Effect(value, low, high, corrected)


def cramers_v(table: npt.ArrayLike, *, confidence: float = 0.95) -> Effect:
    """Cramer's V of a table, 0 (no association) to 1, with its interval.

    The interval holds every V whose noncentral chi-square gives the observed statistic a tail of
    no less than half the error. It takes in 0 unless the test finds an association; where even 0
    makes so small a chi-square improbable, both its ends are 0.

    References
    ----------
    Cramer (1946), Mathematical Methods of Statistics; Steiger (2004), Psychol. Methods 9, 164-182.

    """
    check_confidence(confidence)
    tail = (1 - confidence) / 2
    found = chi_square(table)
    scale = found.n * (min(found.expected.shape) - 1)
    low, high = (
        np.sqrt(min(1.0, _noncentrality(found.chi2, found.df, p) / scale)) for p in (1 - tail, tail)
    )
    return Effect(found.cramers_v, float(low), max(float(high), found.cramers_v * (high > 0)))


def _noncentrality(chi2: float, df: int, below: float) -> float:
    """The noncentrality at which `chi2` has this much below it; 0 where none has."""
    if chndtr(chi2, df, 0.0) <= below:
        return 0.0
    top = chi2 + df + 1.0
    while chndtr(chi2, df, top) > below:
        top *= 2
    return float(brentq(lambda nc: chndtr(chi2, df, nc) - below, 0.0, top))


def _normal(confidence: float) -> float:
    check_confidence(confidence)
    return float(ndtri(0.5 + confidence / 2))
