"""What many experts rate, as means with their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from survey.errors import SurveyError
from survey.frames import check_confidence

if TYPE_CHECKING:
    from survey.questions import Scale
    from survey.responses import Numbers

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class MeanRatings:
    """Means of the ratings of each cell.

    `means`, within `low` and `high`, and `raters`, how many rated it: all of shape (columns,).
    """

    question: str
    columns: tuple[str, ...]
    means: FloatArray
    low: FloatArray
    high: FloatArray
    raters: npt.NDArray[np.int64]


def mean_ratings(answers: Numbers, scale: Scale, *, confidence: float = 0.95) -> MeanRatings:
    """Mean of each cell's ratings over those who rated it, with its t interval.

    The interval stays within the scale. One rating tells nothing of how others would rate: its
    interval is the whole scale.

    Parameters
    ----------
    answers
        Ratings of a grid or a rating question.
    scale
        On which they were given.
    confidence
        Between 0 and 1.

    Raises
    ------
    SurveyError
        A cell that nobody rated.

    References
    ----------
    Student (1908), Biometrika 6, 1-25.

    """
    check_confidence(confidence)
    given = answers.given
    raters = given.sum(axis=0)
    if (raters == 0).any():
        raise SurveyError(
            "nobody_rated",
            "nobody rated {cell} of question {question}; at least one rating is expected",
            cell=answers.columns[int(np.flatnonzero(raters == 0)[0])],
            question=answers.question,
        )
    means = np.nansum(answers.values, axis=0) / raters
    squares = np.nansum((answers.values - means) ** 2, axis=0)
    free = np.maximum(raters - 1, 1)
    error = np.sqrt(squares / free / raters)
    half = stdtrit(free.astype(np.float64), 0.5 + confidence / 2) * error
    alone = raters == 1
    return MeanRatings(
        answers.question,
        answers.columns,
        means,
        np.where(alone, scale.low, np.maximum(means - half, scale.low)),
        np.where(alone, scale.high, np.minimum(means + half, scale.high)),
        raters.astype(np.int64),
    )
