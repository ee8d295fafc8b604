from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtri

from survey.answers import Answers
from survey.counts import Counts
from survey.errors import SurveyError
from survey.frames import check_confidence, first_cell
from survey.individual import IndividualPriorities, Sums

FloatArray: TypeAlias = npt.NDArray[np.float64]
Source: TypeAlias = Counts | Answers
# What priorities follow from: choices, or weights that each respondent gave.
PrioritySource: TypeAlias = Source | IndividualPriorities


def wilson_interval(
    successes: npt.ArrayLike,
    trials: npt.ArrayLike,
    *,
    confidence: float = 0.95,
    continuity: bool = False,
) -> tuple[FloatArray, FloatArray]:
    """Score interval of a share.

    Parameters
    ----------
    successes, trials
        Broadcast against each other; 0 <= successes <= trials, trials > 0. They need not be
        whole: a weighted sample has an effective size.
    confidence
        Between 0 and 1.
    continuity
        With continuity correction.

    Returns
    -------
    low, high
        Within [0, 1]; no success gives a low of exactly 0, only successes a high of exactly 1.

    References
    ----------
    Wilson (1927), J. Am. Stat. Assoc. 22, 209-212; Newcombe (1998), Stat. Med. 17, 857-872,
    methods 3 and 4.

    """
    z = _normal_quantile(confidence)
    k, n = np.broadcast_arrays(
        np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    )
    if (cell := first_cell(~((n > 0) & (n < np.inf) & (k >= 0) & (k <= n)))) is not None:
        raise SurveyError(
            "share_impossible",
            "{successes} of {trials} is not a share; 0 to n of n > 0 is expected",
            successes=k[cell],
            trials=n[cell],
        )
    p, q, scale = k / n, (n - k) / n, 2 * (n + z * z)
    if continuity:
        below = z * z - 2 - 1 / n + 4 * p * (n * q + 1)
        above = z * z + 2 - 1 / n + 4 * p * (n * q - 1)
        low = (2 * k + z * z - 1 - z * np.sqrt(np.maximum(below, 0))) / scale
        high = (2 * k + z * z + 1 + z * np.sqrt(np.maximum(above, 0))) / scale
    else:
        half = z * np.sqrt(z * z + 4 * k * q)
        low, high = (2 * k + z * z - half) / scale, (2 * k + z * z + half) / scale
    return (
        np.where(k == 0, 0.0, np.clip(low, 0.0, p)),
        np.where(k == n, 1.0, np.clip(high, p, 1.0)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Shares of the experts asked who chose each option, with their intervals.

    `shares`, `low`, `high`: shape (groups, options).
    """

    question: str
    options: tuple[str, ...]
    groups: tuple[str, ...]
    shares: FloatArray
    low: FloatArray
    high: FloatArray

    def to_frame(self) -> pd.DataFrame:
        """Long table ``group, option, share, low, high``."""
        return pd.DataFrame(
            {
                "group": np.repeat(self.groups, len(self.options)),
                "option": np.tile(self.options, len(self.groups)),
                "share": self.shares.ravel(),
                "low": self.low.ravel(),
                "high": self.high.ravel(),
            }
        )


def selection_shares(
    source: Source, *, confidence: float = 0.95, continuity: bool = False
) -> Shares:
    """Share of each option in each group, with Wilson intervals.

    All experts as one group: ``selection_shares(counts.pooled())``. The intervals are to be read
    as if the experts had been drawn at random.
    """
    counts = to_counts(source)
    check_asked(counts)
    chosen, asked = counts.counts.T, counts.asked.T
    low, high = wilson_interval(chosen, asked, confidence=confidence, continuity=continuity)
    return Shares(counts.question, counts.options, counts.groups, chosen / asked, low, high)


def to_counts(source: Source) -> Counts:
    """Totals of either source."""
    return source if isinstance(source, Counts) else source.to_counts()


def to_totals(source: PrioritySource) -> Counts | Sums:
    """Totals of choices, or sums of the weights that each respondent gave."""
    return source.to_sums() if isinstance(source, IndividualPriorities) else to_counts(source)


def check_asked(counts: Counts | Sums) -> None:
    """Refuse a group in which nobody was asked about an option: it has no share."""
    if (cell := first_cell(counts.asked == 0)) is not None:
        raise SurveyError(
            "nobody_asked",
            "nobody in group {group} was asked about {option} of question {question}; "
            "at least one expert is expected",
            group=counts.groups[cell[1]],
            option=counts.options[cell[0]],
            question=counts.question,
        )


def _normal_quantile(confidence: float) -> float:
    check_confidence(confidence)
    return float(ndtri(0.5 + confidence / 2))
