"""How often each unit was given each value: all that agreement needs to know of raters' answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from survey.contingency import FloatArray
from survey.errors import SurveyError

_MOST_CODES: Final = 100  # of whole numbers that are counted value by value
_MOST_CELLS: Final = 50_000_000  # of the table of units by values


@dataclass(frozen=True, slots=True, eq=False)
class ValueCounts:
    """`table`: shape (units, values), how often; `values` increasing, None where they are texts."""

    table: FloatArray
    values: FloatArray | None
    raters: int

    def resampled(self, units: npt.NDArray[np.intp]) -> ValueCounts:
        """The same raters on other units, some of them several times."""
        return ValueCounts(self.table[units], self.values, self.raters)


def count_values(data: npt.ArrayLike) -> ValueCounts:
    """Count the values of each unit.

    Parameters
    ----------
    data
        Shape (raters, units), numbers or texts; NaN or None is no value.

    Raises
    ------
    SurveyError
        Another shape, no value at all, an infinite one, or so many different values on so many
        units that their table does not fit.

    """
    raw = as_array(data)
    if raw.ndim != 2 or 0 in raw.shape:
        raise SurveyError(
            "raters_by_units",
            "the data have the shape {found}; raters by units, rows of one length, are expected",
            found=" x ".join(map(str, raw.shape)),
        )
    if raw.dtype != np.float64:
        return _count_coded(raw)
    low, high = np.fmin.reduce(raw, axis=None), np.fmax.reduce(raw, axis=None)
    if np.isnan(low):
        raise SurveyError("values_none", "the data hold no value; at least one is expected")
    if np.isinf(low) or np.isinf(high):
        raise SurveyError(
            "values_infinite", "the data hold an infinite value; numbers are expected"
        )
    # Large data are read as few times as can be: bytes stand in for numbers, where they can.
    if high - low < _MOST_CODES:
        steps = raw - low
        with np.errstate(invalid="ignore"):  # a gap is no byte; it is marked in the next line
            codes = steps.astype(np.int8)
        whole = steps == codes
        codes |= -(~whole).view(
            np.int8
        )  # -1 has all bits set; a mask would take four times as long
        if np.count_nonzero(whole) == np.count_nonzero(raw == raw):  # noqa: PLR0124 - not NaN
            return _count_small(codes, float(low), int(high - low) + 1)
    return _count_coded(raw)


def as_array(data: npt.ArrayLike) -> npt.NDArray[np.float64] | npt.NDArray[np.object_]:
    """Numbers with NaN for gaps; texts, if any, as they are; empty where it is no table."""
    if isinstance(data, np.ndarray) and data.dtype.kind in "fiub":
        return data.astype(np.float64, copy=False)
    try:
        raw = np.array(data, dtype=object)
    except ValueError:  # rows of unlike length
        return np.empty(0)
    if any(isinstance(value, str) for value in raw.flat):
        return raw
    try:
        return np.array([[np.nan if v is None else float(v) for v in row] for row in raw])
    except (TypeError, ValueError, OverflowError):
        return np.empty(0)


def _count_small(codes: npt.NDArray[np.int8], low: float, size: int) -> ValueCounts:
    """Whole steps over a short range: one comparison of single bytes per value."""
    table = np.empty((codes.shape[1], size))
    wide = np.uint8 if len(codes) < 2**8 else np.uint16 if len(codes) < 2**16 else np.uint32
    for code in range(size):
        table[:, code] = (codes == code).sum(axis=0, dtype=wide)
    return ValueCounts(table, low + np.arange(size, dtype=np.float64), len(codes))


def _count_coded(raw: npt.NDArray[np.float64] | npt.NDArray[np.object_]) -> ValueCounts:
    codes, found = pd.factorize(raw.ravel(), use_na_sentinel=True)
    units, size = raw.shape[1], len(found)
    if units * size > _MOST_CELLS:
        raise SurveyError(
            "values_too_many",
            "the data hold {values} different values of {units} units; "
            "expected at most {most} when multiplied: rounded values, or fewer units",
            values=size,
            units=units,
            most=_MOST_CELLS,
        )
    values = None
    if raw.dtype == np.float64:
        order = np.argsort(found)
        place = np.empty(size, dtype=np.intp)
        place[order] = np.arange(size)
        values, codes = (
            np.asarray(found, dtype=np.float64)[order],
            np.where(codes < 0, -1, place[codes]),
        )
    given = codes >= 0
    if not given.any():
        raise SurveyError("values_none", "the data hold no value; at least one is expected")
    cells = np.tile(np.arange(units), len(raw))[given] * size + codes[given]
    table = np.bincount(cells, minlength=units * size).reshape(units, size)
    return ValueCounts(table.astype(np.float64), values, len(raw))
