"""Matrices of pairwise comparisons: what they must be, gaps filled, where they contradict."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse.csgraph import connected_components

from survey.elicitation.inputs import default_names, is_number, shown, square_rows
from survey.elicitation.result import FloatArray, Message, message
from survey.errors import SurveyError

_RATIO = 1e6
_ROUNDED = 0.005 + 1e-9  # a reciprocal printed with two decimals


def checked_matrix(given: Any, labels: tuple[str, ...] | None = None) -> FloatArray:  # noqa: ANN401
    """Reciprocal matrix from what was judged, NaN where neither cell of a pair is given.

    One cell of a pair is enough. Where both are given and one is the other's reciprocal rounded
    to two decimals (0.33 beside 3), the cell of 1 or more counts.

    Raises
    ------
    SurveyError
        Not square, a cell that is no ratio, a diagonal other than 1, a pair that is not reciprocal.

    """
    rows = square_rows(given, "matrix")
    size = len(rows)
    named = default_names(size) if labels is None else labels
    matrix = np.array(
        [[_ratio(rows[i][j], named[i], named[j]) for j in range(size)] for i in range(size)]
    )
    for k in range(size):
        if not np.isnan(matrix[k, k]) and matrix[k, k] != 1:
            raise SurveyError(
                "diagonal",
                "{row} over itself is {found}; 1 is expected",
                row=named[k],
                found=f"{matrix[k, k]:g}",
            )
    return _reciprocal(matrix, named)


def _ratio(value: object, row: str, column: str) -> float:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return float("nan")
    if not is_number(value) or not 1 / _RATIO <= value <= _RATIO:  # type: ignore[operator]
        raise SurveyError(
            "ratio_expected",
            "{row} over {column} is {found}; a ratio above 0, from {low} to {high}, is expected",
            row=row,
            column=column,
            found=shown(value),
            low=f"{1 / _RATIO:f}",
            high=f"{_RATIO:.0f}",
        )
    return float(value)  # type: ignore[arg-type]


def _reciprocal(matrix: FloatArray, named: tuple[str, ...]) -> FloatArray:
    other = 1 / matrix.T
    known = ~np.isnan(matrix)
    both = known & known.T
    low, high = np.minimum(matrix, matrix.T), np.maximum(matrix, matrix.T)
    off = both & ~(np.abs(low - 1 / np.where(both, high, 1)) <= _ROUNDED)
    # Two decimals say nothing about a ratio that they round to a few units of the last.
    off |= both & ~(np.abs(np.log(np.where(both, matrix * matrix.T, 1))) <= np.log(1.1))
    if off.any():
        i, j = (int(k) for k in np.argwhere(off)[0])
        raise SurveyError(
            "not_reciprocal",
            "{row} over {column} is {found}, but {column} over {row} is {other}; "
            "{expected} is expected there, the reciprocal",
            row=named[i],
            column=named[j],
            found=f"{matrix[i, j]:.4g}",
            other=f"{matrix[j, i]:.4g}",
            expected=f"{other[j, i]:.4g}",
        )
    whole: FloatArray = np.where(known & (~known.T | (matrix >= matrix.T)), matrix, other)
    np.fill_diagonal(whole, 1.0)
    return whole


def check_connected(matrix: FloatArray, labels: tuple[str, ...]) -> None:
    """Refuse comparisons that fall into parts between which nothing was judged."""
    parts, part = connected_components(~np.isnan(matrix), directed=False)
    if parts > 1:
        raise SurveyError(
            "not_connected",
            "no comparisons lead from {first} to {second}; "
            "a chain of comparisons between any two criteria is expected",
            first=labels[0],
            second=labels[int(np.flatnonzero(part != part[0])[0])],
        )


def log_least_squares(matrix: FloatArray) -> FloatArray:
    """Weights nearest to the given judgements in logarithms; the geometric mean where none is missing.

    Bozoki, Fulop, Ronyai (2010), section 4: a system with the Laplacian of the graph of judgements.
    """
    known = ~np.isnan(matrix)
    logs = np.where(known, np.log(np.where(known, matrix, 1.0)), 0.0)
    laplacian = np.diag(known.sum(axis=1)) - known.astype(np.float64)
    # The weights are free up to a factor; a constant added to the Laplacian fixes it.
    found = np.linalg.solve(laplacian + 1.0 / len(matrix), logs.sum(axis=1))
    weights = np.exp(found - found.max())
    scaled: FloatArray = weights / weights.sum()
    return scaled


def principal(matrix: FloatArray) -> tuple[float, FloatArray]:
    """Largest eigenvalue of a positive matrix and its eigenvector, sum 1."""
    values, vectors = np.linalg.eig(matrix)
    k = int(values.real.argmax())
    vector = np.abs(vectors[:, k].real)
    return float(values[k].real), vector / vector.sum()


def complete(matrix: FloatArray) -> FloatArray:
    """Fill the gaps with what makes the largest eigenvalue least.

    It is convex in the logarithms of the gaps (Bozoki, Fulop, Ronyai, 2010), and its slope is known
    from the left and right eigenvectors.
    """
    rows, columns = np.nonzero(np.triu(np.isnan(matrix), 1))
    if not rows.size:
        return matrix
    weights = log_least_squares(matrix)
    start = np.log(weights[rows] / weights[columns])

    def filled(logs: npt.NDArray[Any]) -> FloatArray:
        whole = matrix.copy()
        whole[rows, columns], whole[columns, rows] = np.exp(logs), np.exp(-logs)
        return whole

    def value_and_slope(logs: npt.NDArray[Any]) -> tuple[float, FloatArray]:
        whole = filled(logs)
        value, right = principal(whole)
        left = principal(whole.T)[1]
        up = left[rows] * whole[rows, columns] * right[columns]
        down = left[columns] * whole[columns, rows] * right[rows]
        return value, (up - down) / float(left @ right)

    best = minimize(
        value_and_slope,
        start,
        (),
        "L-BFGS-B",
        True,  # noqa: FBT003 - SciPy's types know a function with its slope only by position
        options={"maxiter": 500, "ftol": 1e-15, "gtol": 1e-10},
    )
    return filled(best.x)


def worst_triad(
    matrix: FloatArray, labels: tuple[str, ...]
) -> tuple[dict[str, Any] | None, Message | None]:
    """Three judgements that contradict each other most, among those given, and the sentence.

    Measured by Koczkodaj's index, 1 - min(r, 1/r) with r = a_ik / (a_ij a_jk).
    """
    logs = np.log(matrix)
    worst, found = 1e-9, None
    for j in range(len(matrix)):
        gap = np.abs(logs - (logs[:, [j]] + logs[[j], :]))  # a_ik against the way over j
        gap = np.nan_to_num(np.triu(gap, 1))
        if gap.max(initial=0.0) > worst:
            worst = float(gap.max())
            i, k = (int(x) for x in np.unravel_index(gap.argmax(), gap.shape))
            found = (i, j, k)
    if found is None:
        return None, None
    # Said with ratios of 1 and above: there is always such a way through three things.
    i, j, k = max(
        permutations(sorted(found)),
        key=lambda p: (matrix[p[0], p[1]] >= 1) + (matrix[p[1], p[2]] >= 1),
    )
    first, second, direct = (float(matrix[p]) for p in ((i, j), (j, k), (i, k)))
    triad = {
        "labels": [labels[i], labels[j], labels[k]],
        "judgements": [first, second, direct],
        "implied": first * second,
        "koczkodaj_index": 1 - float(np.exp(-worst)),
    }
    cause = message(
        "{first} over {second} is {a} and {second} over {third} is {b}, "
        "which implies {implied} for {first} over {third}; {direct} was given",
        first=labels[i],
        second=labels[j],
        third=labels[k],
        a=first,
        b=second,
        implied=first * second,
        direct=direct,
    )
    return triad, cause
