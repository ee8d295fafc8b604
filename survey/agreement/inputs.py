"""Tables of ratings, checked."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from survey.contingency import FloatArray
from survey.errors import SurveyError
from survey.frames import first_cell


def ratings(data: npt.ArrayLike, *, least: tuple[int, int] = (2, 2)) -> FloatArray:
    """Check a complete table of ratings.

    Parameters
    ----------
    data
        Numbers, two-dimensional, none missing.
    least
        Rows and columns there must be at least.

    """
    try:
        found = np.array(data, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        found = np.empty(0)
    if found.ndim != 2 or found.shape[0] < least[0] or found.shape[1] < least[1]:
        raise SurveyError(
            "ratings_shape",
            "the ratings have the shape {found}; numbers in {rows} rows and {columns} columns or "
            "more, all of one length, are expected",
            found=" x ".join(map(str, found.shape)),
            rows=least[0],
            columns=least[1],
        )
    if (cell := first_cell(~np.isfinite(found))) is not None:
        raise SurveyError(
            "rating_missing",
            "row {row}, column {column} of the ratings holds no number; "
            "this measure needs every rating",
            row=cell[0] + 1,
            column=cell[1] + 1,
        )
    return found


def frequencies(freq: npt.ArrayLike, least: int = 2) -> FloatArray:
    """Check how many answers each point of an ordered scale got; shares will do."""
    try:
        found = np.array(freq, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        found = np.empty((0, 0))
    if found.ndim != 1 or len(found) < least:
        raise SurveyError(
            "frequencies_shape",
            "the frequencies have the shape {found}; a list of {least} numbers or more, "
            "one for each point of the scale, is expected",
            found=" x ".join(map(str, found.shape)),
            least=least,
        )
    if (cell := first_cell(~((found >= 0) & (found < np.inf)))) is not None:
        raise SurveyError(
            "frequency_negative",
            "frequency number {place} is {found}; a number from 0 up is expected",
            place=cell[0] + 1,
            found=float(found[cell]),
        )
    if found.max() == 0:
        raise SurveyError("frequencies_zero", "all frequencies are 0; some answers are expected")
    return found
