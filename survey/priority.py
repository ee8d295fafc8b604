from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from survey.draws import draw_shares_where_asked
from survey.errors import SurveyError
from survey.individual import IndividualPriorities
from survey.means import mean_interval
from survey.pooling import FloatArray, Pooling, group_weights
from survey.shares import PrioritySource, to_totals, wilson_interval

if TYPE_CHECKING:
    from survey.pooling import Totals


@dataclass(frozen=True, slots=True, eq=False)
class Priorities:
    """What the experts give priority to within one question.

    `weights`: share / sum of the shares, sum 1. `shares`: pooled shares, with interval `low` to
    `high`. All of shape (options,). `draws`: draws of the weights, shape (size, options), if
    asked for. Of choices a priority says how often an option was named; it is not a rate of
    exchange. Of weights that each expert gave, `shares` are the mean weights, as are `weights`.
    """

    question: str
    options: tuple[str, ...]
    weights: FloatArray
    shares: FloatArray
    low: FloatArray
    high: FloatArray
    draws: FloatArray | None = None

    def to_frame(self) -> pd.DataFrame:
        """Table ``weight, share, low, high``, one row per option."""
        return pd.DataFrame(
            {"weight": self.weights, "share": self.shares, "low": self.low, "high": self.high},
            index=pd.Index(self.options, name="option"),
        )


def priorities(
    source: PrioritySource,
    pooling: Pooling = "experts",
    *,
    confidence: float = 0.95,
    continuity: bool = False,
    size: int = 0,
    rng: np.random.Generator | None = None,
) -> Priorities:
    """Priorities of one question's options, groups pooled.

    Parameters
    ----------
    source
        Totals or respondents' rows of choices, or each respondent's own weights.
    pooling
        ``"experts"``, ``"groups"``, a group's name, or a weight for each group: see
        `survey.pooling.group_weights`.
    confidence, continuity
        Of the intervals of the shares.
    size, rng
        Number of draws (0: none) and where their randomness comes from.

    Raises
    ------
    SurveyError
        Nobody was asked or nobody chose anything; impossible weights of groups.

    Notes
    -----
    The interval is Wilson's at the effective number of experts 1 / sum(w^2 / n) over the groups
    (Kish 1965). Pooled by experts it is the Wilson interval of the summed counts, for one group
    that group's own; it needs no draws, so the same answers always give the same figures. It
    takes no credit for the strata: pooled by number it is the wider for it where groups differ,
    with very unequal weights it can be too narrow. Weights of each respondent are brought together
    by their mean (aggregation of individual priorities), with the interval of `mean_interval`.

    References
    ----------
    Wilson (1927), J. Am. Stat. Assoc. 22, 209-212; Kish (1965), Survey Sampling, Wiley; Forman,
    Peniwati (1998), Eur. J. Oper. Res. 108, 165-169.

    """
    counts = to_totals(source)
    pooled = group_weights(counts, pooling)
    each = _expert_weights(counts, pooled)
    shares = _pooled_shares(counts, each)
    _check_answered(counts, shares)
    if isinstance(source, IndividualPriorities):
        low, high = mean_interval(source, pooled, confidence=confidence)
    else:
        effective = 1 / np.einsum("go,og->o", each**2, counts.asked)
        low, high = wilson_interval(
            shares * effective, effective, confidence=confidence, continuity=continuity
        )
    draws = None
    if size:
        if rng is None:
            raise SurveyError(
                "generator_missing",
                "{size} draws are asked for without a random generator; one is expected",
                size=size,
            )
        draws = draw_priorities(source, pooling, size, rng)
    return Priorities(
        counts.question, counts.options, shares / shares.sum(), shares, low, high, draws
    )


def draw_priorities(
    source: PrioritySource,
    pooling: Pooling | npt.NDArray[np.floating],
    size: int,
    rng: np.random.Generator,
) -> FloatArray:
    """Draws of the priorities, shape (size, options); every row sums to 1.

    `pooling` as in `priorities`, or an array (size, groups) when the composition of the panel is
    uncertain itself: one row of weights for each draw, each summing to 1.
    """
    counts = to_totals(source)
    weights = group_weights(counts, pooling)
    if weights.ndim > 2 and weights.shape[:-2] != (size,):
        raise SurveyError(
            "weights_draws_wrong",
            "the weights of the groups come in {found} rows for {size} draws; as many are expected",
            found=" x ".join(str(length) for length in weights.shape[:-2]),
            size=size,
        )
    # Draws from totals are never 0: without this check silence would turn into even priorities.
    _check_answered(counts, _pooled_shares(counts, _expert_weights(counts, weights)))
    draws = draw_shares_where_asked(source, size, rng)
    shares = np.einsum("...go,sgo->so" if weights.ndim == 2 else "sgo,sgo->so", weights, draws)
    normalised: FloatArray = shares / shares.sum(axis=-1, keepdims=True)
    return normalised


def _expert_weights(counts: Totals, weights: FloatArray) -> FloatArray:
    """Weight of one expert of each group, shape as `weights`: (..., groups, options)."""
    asked = np.broadcast_to(counts.asked.T, weights.shape)
    return np.divide(weights, asked, out=np.zeros_like(weights), where=asked > 0)


def _pooled_shares(counts: Totals, each: FloatArray) -> FloatArray:
    """Pooled shares (..., options); exactly 1 where all the experts that weigh chose the option."""
    shares = np.einsum("...go,og->...o", each, counts.counts)
    unanimous = ((counts.counts == counts.asked).T | (each == 0)).all(axis=-2)
    return np.where(unanimous, 1.0, np.minimum(shares, 1.0))


def _check_answered(counts: Totals, shares: FloatArray) -> None:
    if (shares.sum(axis=-1) == 0).any():
        raise SurveyError(
            "nobody_chose",
            "nobody who has weight chose any option of question {question}; "
            "at least one choice is expected",
            question=counts.question,
        )
