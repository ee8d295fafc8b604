"""Straight-lining: the same rating over and over."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from survey.dataset import Dataset, remark
from survey.quality.flags import Flag, Thresholds
from survey.questions import Grid, Rating
from survey.responses import Numbers

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def scale_answers(dataset: Dataset) -> dict[str, FloatArray]:
    """Ratings and grids of a wave, shape (respondents, cells) each."""
    found: dict[str, FloatArray] = {}
    for question in dataset.questionnaire.questions:
        response = dataset.responses.get(question.id)
        if isinstance(question, (Rating, Grid)) and isinstance(response, Numbers):
            found[question.id] = response.values
    return found


def long_string(values: FloatArray) -> IntArray:
    """Longest run of equal answers one after the other, shape (respondents,); gaps are passed over.

    References
    ----------
    Johnson (2005), J. Res. Pers. 39, 103-129.

    """
    rows = len(values)
    longest, run = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    last = np.full(rows, np.nan)
    for column in values.T:
        given = ~np.isnan(column)
        run = np.where(given, np.where(column == last, run + 1, 1), run)
        last = np.where(given, column, last)
        longest = np.maximum(longest, run)
    return longest


def irv(values: FloatArray) -> FloatArray:
    """Intra-individual response variability: standard deviation of one person's answers.

    Divisor n - 1; NaN with fewer than two answers. 0 is a straight line.

    References
    ----------
    Dunn, Heggestad, Shanock, Theilgard (2018), J. Bus. Psychol. 33, 105-121.

    """
    given = ~np.isnan(values)
    n = given.sum(axis=1)
    known = np.where(given, values, 0.0)
    mean = known.sum(axis=1) / np.maximum(n, 1)
    squares = (np.where(given, values - mean[:, None], 0.0) ** 2).sum(axis=1)
    spread: FloatArray = np.where(n > 1, np.sqrt(squares / np.maximum(n - 1, 1)), np.nan)
    return spread


def straight_flags(
    dataset: Dataset,
    ratings: dict[str, FloatArray],
    strings: dict[str, IntArray],
    spread: FloatArray,
    limits: Thresholds,
) -> Iterator[Flag]:
    """Flag one rating given throughout, and ratings that vary by less than the analyst's limit."""
    for question, values in ratings.items():
        given = (~np.isnan(values)).sum(axis=1)
        same = (strings[question] == given) & (given >= limits.straight_items)
        for row in np.flatnonzero(same):
            answers = values[row][~np.isnan(values[row])]
            yield Flag(
                dataset.respondents[row],
                "straight_lining",
                remark(
                    "straight_line",
                    "gave the same rating {value} all {times} times",
                    value=int(answers[0]) if answers[0].is_integer() else float(answers[0]),
                    times=int(given[row]),
                ),
                question,
            )
    if limits.irv is not None:
        for row in np.flatnonzero(spread < limits.irv):
            yield Flag(
                dataset.respondents[row],
                "straight_lining",
                remark(
                    "ratings_vary_little",
                    "the ratings vary by {found} (standard deviation); {limit} is the limit",
                    found=round(float(spread[row]), 2),
                    limit=limits.irv,
                ),
            )
