"""Answers to several yes-or-no questions: a row a person, or each pattern with its number."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from survey.contingency import MOST_COUNTED, FloatArray
from survey.elicitation.inputs import is_number, shown
from survey.errors import SurveyError
from survey.statistics.inputs import Given
from survey.statistics.registry import one_key

PATTERNS: Final = "pattern_counts"
ROWS: Final = "rows"


def pattern_rows(given: Given) -> tuple[FloatArray, FloatArray]:
    """Rows, shape (rows, columns), and how many people gave each, shape (rows,)."""
    if one_key(given, PATTERNS, ROWS) == ROWS:
        rows = given.table(ROWS)
        return rows, np.ones(len(rows))
    pairs = given.rows(PATTERNS)
    for i, pair in enumerate(pairs):
        if len(pair) != 2 or not isinstance(pair[0], (list, tuple)) or not _is_count(pair[1]):
            raise SurveyError(
                "pattern_shape",
                "{name} is {found}; a row and how many people gave it are expected",
                name=f"{PATTERNS}[{i}]",
                found=shown(pair),
            )
    split = Given(given.statistic, {PATTERNS: [pair[0] for pair in pairs]})
    times = np.array([float(pair[1]) for pair in pairs])
    if not 0 < times.sum() <= MOST_COUNTED:
        raise SurveyError(
            "patterns_total",
            "the patterns were given by {found} people in all; 1 to {most} are expected",
            found=int(times.sum()),
            most=MOST_COUNTED,
        )
    return split.table(PATTERNS), times


def _is_count(value: Any) -> bool:  # noqa: ANN401 - whatever was given
    return is_number(value) and 0 <= value <= MOST_COUNTED and value == int(value)
