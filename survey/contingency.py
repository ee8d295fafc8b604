"""Tables of counts: what they must be, chi-square, and Holm's adjustment of several tests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc

from survey.errors import SurveyError
from survey.frames import first_cell

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# A floating-point sum of more would no longer be a count.
MOST_COUNTED = 10**9


@dataclass(frozen=True, slots=True, eq=False)
class ChiSquare:
    """Pearson's chi-square test that rows and columns are independent.

    `smallest_expected`: under about 5 the p-value is rough (Cochran 1954); the exact test is not.
    """

    chi2: float
    df: int
    p: float
    n: int
    expected: FloatArray
    smallest_expected: float
    cramers_v: float


def count_table(table: npt.ArrayLike) -> IntArray:
    """Check a table of counts: two rows and two columns or more, whole numbers from 0 up.

    Raises
    ------
    SurveyError
        Anything else, or a table in which nothing was counted.

    """
    try:
        raw = np.asarray(table, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raw = np.empty(0)
    if raw.ndim != 2 or min(raw.shape) < 2:
        raise SurveyError(
            "table_shape",
            "the table has the shape {found}; two rows and two columns or more, "
            "all of one length, are expected",
            found=" x ".join(map(str, raw.shape)),
        )
    whole = (raw >= 0) & (raw <= MOST_COUNTED) & (raw == np.floor(raw))
    if (cell := first_cell(~whole)) is not None:
        raise SurveyError(
            "table_count",
            "row {row}, column {column} of the table is {found}; "
            "a whole number from 0 to {most} is expected",
            row=cell[0] + 1,
            column=cell[1] + 1,
            found=float(raw[cell]),
            most=MOST_COUNTED,
        )
    found = raw.astype(np.int64)
    if not 0 < found.sum() <= MOST_COUNTED:
        raise SurveyError(
            "table_total",
            "the table counts {found} in all; 1 to {most} are expected",
            found=int(found.sum()),
            most=MOST_COUNTED,
        )
    return found


def check_filled(table: IntArray) -> None:
    """Refuse a row or column of zeros: there is nothing to compare it by."""
    if (row := first_cell(table.sum(axis=1) == 0)) is not None:
        raise SurveyError(
            "table_row_empty",
            "row {row} of the table holds only zeros; expected a table without it",
            row=row[0] + 1,
        )
    if (column := first_cell(table.sum(axis=0) == 0)) is not None:
        raise SurveyError(
            "table_column_empty",
            "column {column} of the table holds only zeros; expected a table without it",
            column=column[0] + 1,
        )


def chi_square(table: npt.ArrayLike) -> ChiSquare:
    """Pearson's chi-square test of a table, without continuity correction.

    Parameters
    ----------
    table
        Counts, shape (rows, columns), at least 2 x 2, no row and no column of zeros.

    References
    ----------
    Pearson (1900), Philos. Mag. 50, 157-175; Cramer (1946), Mathematical Methods of Statistics.

    """
    counts = count_table(table)
    check_filled(counts)
    n = counts.sum()
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / n
    chi2 = float(((counts - expected) ** 2 / expected).sum())
    df = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    return ChiSquare(
        chi2=chi2,
        df=df,
        p=float(chdtrc(df, chi2)),
        n=int(n),
        expected=expected,
        smallest_expected=float(expected.min()),
        cramers_v=float(min(1.0, np.sqrt(chi2 / (n * (min(counts.shape) - 1))))),
    )


def holm(p: npt.ArrayLike) -> FloatArray:
    """Holm's adjusted p-values: the chance of one false finding among all stays under the level.

    Parameters
    ----------
    p
        Shape (tests,), each from 0 to 1.

    References
    ----------
    Holm (1979), Scand. J. Stat. 6, 65-70.

    """
    try:
        values = np.asarray(p, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        values = np.empty((0, 0))
    if values.ndim != 1 or not len(values):
        raise SurveyError(
            "p_values_expected", "the p-values are no list; a list of numbers is expected"
        )
    if (cell := first_cell(~((values >= 0) & (values <= 1)))) is not None:
        raise SurveyError(
            "p_value_outside",
            "p-value number {place} is {found}; a number from 0 to 1 is expected",
            place=cell[0] + 1,
            found=float(values[cell]),
        )
    order = np.argsort(values, kind="stable")
    steps = values[order] * np.arange(len(values), 0, -1)
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted
