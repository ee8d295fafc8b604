"""Shares and priorities when every expert has a weight of his own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from survey.answers import NOT_SHOWN, SELECTED, Answers
from survey.errors import SurveyError
from survey.experts.effective import expert_weights
from survey.frames import first_cell
from survey.priority import Priorities
from survey.shares import wilson_interval

FloatArray = npt.NDArray[np.float64]

_BLOCK = 2_000_000  # weights drawn at a time (16 MB)


@dataclass(frozen=True, slots=True, eq=False)
class WeightedShares:
    """Shares of the weight of those asked, with interval and effective number, shape (options,)."""

    question: str
    options: tuple[str, ...]
    shares: FloatArray
    low: FloatArray
    high: FloatArray
    effective: FloatArray

    def to_frame(self) -> pd.DataFrame:
        """Table ``share, low, high, effective``, one row per option."""
        return pd.DataFrame(
            {
                "share": self.shares,
                "low": self.low,
                "high": self.high,
                "effective": self.effective,
            },
            index=pd.Index(self.options, name="option"),
        )


def weighted_shares(
    answers: Answers, weights: npt.ArrayLike, *, confidence: float = 0.95
) -> WeightedShares:
    """Share of each option when experts weigh unlike (by competence, calibration or raking).

    Parameters
    ----------
    answers
        Respondents' rows.
    weights
        Shape (respondents,), 0 or more; only their proportions count.
    confidence
        Of Wilson's interval, taken at Kish's effective number of those asked.

    References
    ----------
    Kish (1965), Survey Sampling, Wiley; Wilson (1927), J. Am. Stat. Assoc. 22, 209-212.

    """
    w = expert_weights(weights, len(answers.respondents))
    w = w / w.max()
    shown = (answers.cells != NOT_SHOWN).astype(np.float64)
    chosen = (answers.cells == SELECTED).astype(np.float64)
    asked = w @ shown
    if (cell := first_cell(asked == 0)) is not None:
        raise SurveyError(
            "nobody_with_weight_asked",
            "nobody who has weight was asked about {option} of question {question}; at least one "
            "expert is expected",
            option=answers.options[cell[0]],
            question=answers.question,
        )
    unanimous = ((chosen == shown) | (w[:, None] == 0)).all(axis=0)
    shares = np.where(unanimous, 1.0, np.minimum(w @ chosen / asked, 1.0))
    effective = asked**2 / (w**2 @ shown)
    low, high = wilson_interval(shares * effective, effective, confidence=confidence)
    return WeightedShares(answers.question, answers.options, shares, low, high, effective)


def weighted_priorities(
    answers: Answers,
    weights: npt.ArrayLike,
    *,
    confidence: float = 0.95,
    size: int = 0,
    rng: np.random.Generator | None = None,
) -> Priorities:
    """Priorities from weighted shares; draws by the Bayesian bootstrap within each group.

    In a draw a group keeps the weight that its experts have together, as the panel is given; who
    of the group speaks for it is what is uncertain.

    References
    ----------
    Rubin (1981), Ann. Stat. 9, 130-134.

    """
    shares = weighted_shares(answers, weights, confidence=confidence)
    if not shares.shares.any():
        raise SurveyError(
            "nobody_chose",
            "nobody who has weight chose any option of question {question}; "
            "at least one choice is expected",
            question=answers.question,
        )
    draws = None
    if size:
        if rng is None:
            raise SurveyError(
                "generator_missing",
                "{size} draws are asked for without a random generator; one is expected",
                size=size,
            )
        draws = _draws(answers, expert_weights(weights), size, rng)
    return Priorities(
        answers.question,
        answers.options,
        shares.shares / shares.shares.sum(),
        shares.shares,
        shares.low,
        shares.high,
        draws,
    )


def _draws(answers: Answers, w: FloatArray, size: int, rng: np.random.Generator) -> FloatArray:
    member = np.eye(len(answers.groups))[answers.group_of]
    totals = w @ member
    shown = (answers.cells != NOT_SHOWN).astype(np.float64)
    chosen = (answers.cells == SELECTED).astype(np.float64)
    draws = np.empty((size, len(answers.options)))
    step = max(1, _BLOCK // max(1, len(w)))
    for first in range(0, size, step):
        rows = slice(first, min(size, first + step))
        drawn = w * rng.standard_exponential((rows.stop - first, len(w)))
        of_group = drawn @ member
        scale = np.divide(totals, of_group, out=np.zeros_like(of_group), where=of_group > 0)
        drawn *= scale[:, answers.group_of]
        shares = (drawn @ chosen) / (drawn @ shown)
        draws[rows] = shares / shares.sum(axis=1, keepdims=True)
    return draws
