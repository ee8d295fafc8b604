"""The overall test of questions where several options may be chosen, by name."""

from __future__ import annotations

from itertools import groupby
from typing import Final

import numpy as np

from survey.comparison import MrcvTest, mrcv_test
from survey.comparison.mrcv import ZERO_CELL
from survey.contingency import MOST_COUNTED, FloatArray
from survey.elicitation.result import message
from survey.errors import SurveyError
from survey.frames import first_cell
from survey.statistics.inputs import Given
from survey.statistics.patterns import PATTERNS, ROWS, pattern_rows
from survey.statistics.registry import BOOTSTRAP, Found, Key, register

# So many that a p-value of 1 in 2,000 has an error a fifth of it; of large data, fewer.
_MRCV_RESAMPLES: Final = 49_999
_MRCV_FEWER: Final = 1_999
_MRCV_SMALL: Final = 5_000  # cells
_MRCV_CELLS: Final = 50_000_000
# As papers print a p-value too small to be printed.
_SMALL_P: Final = 0.0001


@register(
    "mrcv",
    message("Overall test for questions where several options may be chosen"),
    Key("columns", message("names of the columns; those of one side begin alike")),
    Key(PATTERNS, message("rows, each with the number of people who gave it")),
    Key(ROWS, message("rows, one for each person")),
    Key("counts", message("totals alone, which no overall test can be computed from")),
    Key("n", message("people in all, to check the counts by")),
    Key("left", message("how many columns the first side has; one is a group")),
    Key("zero_cell", message("what is added to empty cells")),
    *BOOTSTRAP[:2],
    source="Bilder, Loughin (2004); Koziol, Bilder (2014)",
)
def _mrcv(given: Given) -> Found:
    if given.has("counts") and not (given.has(PATTERNS) or given.has(ROWS)):
        raise SurveyError(
            "mrcv_counts",
            "only totals are given; which options each person chose together is not, so no test of "
            "all options at once can be computed. The rows of the people are expected, or a test "
            "of each option with Holm's adjustment instead",
        )
    rows, times = pattern_rows(given)
    total = int(times.sum())
    if given.has("n") and given.whole("n", 1, MOST_COUNTED) != total:
        raise SurveyError(
            "mrcv_total",
            "n is {found}, but the rows were given by {total} people; the same number is expected",
            found=given.data["n"],
            total=total,
        )
    size = _left_size(given, rows.shape[1])
    grouping = size == 1
    right = rows[:, size:]
    left = rows[:, :1] == np.unique(rows[:, 0]) if grouping else rows[:, :size]
    for side, first in ((right, size), *(() if grouping else ((rows[:, :size], 0),))):
        if (cell := first_cell((side != 0) & (side != 1))) is not None:
            raise SurveyError(
                "not_binary",
                "row {row}, column {column} is {found}; 0 or 1 is expected",
                row=cell[0] + 1,
                column=cell[1] + 1 + first,
                found=float(side[cell]),
            )
    if left.shape[1] * right.shape[1] * len(rows) > _MRCV_CELLS:
        raise SurveyError(
            "mrcv_large",
            "{left} by {right} items of {rows} different rows are too many; "
            "expected at most {most} when multiplied",
            left=left.shape[1],
            right=right.shape[1],
            rows=len(rows),
            most=_MRCV_CELLS,
        )
    zero = given.number("zero_cell", 0, 0.999, ZERO_CELL)
    small = left.shape[1] * right.shape[1] * len(rows) <= _MRCV_SMALL
    resamples = given.resamples(_MRCV_RESAMPLES if small else _MRCV_FEWER)
    sides = (left.astype(np.float64), right, times)
    found = mrcv_test(*sides, grouping=grouping, zero_cell=zero, rng=given.rng, resamples=resamples)
    plain = mrcv_test(*sides, grouping=grouping, zero_cell=0.0)
    return _as_keys(found, plain)


def _as_keys(found: MrcvTest, plain: MrcvTest) -> Found:
    out: Found = {"test": found.kind, "n": found.n, "X2_S": found.x2}
    corrected = found.rao_scott
    if found.kind == "mmi":
        out["X2_j"] = _nulls(found.cells)[0]
        out["df_each"] = found.df_cell
    else:
        out["X2_S_ij"] = _nulls(found.cells)
    out["rao_scott2"] = {
        "X2_adj": corrected.x2,
        "df_adj": corrected.df,
        "p": corrected.p,
        "p_lt": _SMALL_P if corrected.p < _SMALL_P else None,
    }
    cells = _nulls(found.p_cells)
    if found.kind == "mmi":
        out["bonferroni"] = {"p_adj": found.bonferroni, "p_j": cells[0]}
    else:
        out["bonferroni"] = {"p_adj": found.bonferroni, "p_ij": cells}
    out["bonferroni_p"] = found.bonferroni
    out["bootstrap_p_approx"] = found.bootstrap
    out["resamples"] = found.resamples
    out["zero_cell"] = found.zero_cell
    out["without_zero_cell"] = {
        "X2_S": plain.x2,
        "X2_adj": plain.rao_scott.x2,
        "df_adj": plain.rao_scott.df,
        "p": plain.rao_scott.p,
    }
    return out


def _left_size(given: Given, columns: int) -> int:
    """How many columns the first side has: as given, or by what the names begin with."""
    if columns < 2:
        raise SurveyError(
            "mrcv_columns",
            "the rows have {found} columns; a group or two options, and the options of the other "
            "side, are expected",
            found=columns,
        )
    names = given.names("columns", columns)
    if given.has("left"):
        return given.whole("left", 1, columns - 1)
    parts = [
        len(list(group))
        for _, group in groupby(names or (), key=lambda name: name.rstrip("0123456789"))
    ]
    if len(parts) != 2:
        raise SurveyError(
            "mrcv_sides",
            "the names of the columns begin in {found} ways; two are expected, one for each side, "
            "or the key left",
            found=len(parts),
        )
    return parts[0]


def _nulls(cells: FloatArray) -> list[list[float | None]]:
    return [[None if np.isnan(x) else float(x) for x in row] for row in cells]
