"""Raking: weights that reproduce margins given from outside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from survey.dataset import Remark, remark
from survey.errors import SurveyError
from survey.experts.effective import as_numbers
from survey.frames import first_cell

FloatArray = npt.NDArray[np.float64]

# Words of their own, so that a sentence about them can be translated whole.
_ROW, _COLUMN = remark("axis_row", "row"), remark("axis_column", "column")
_SUMS_AGREE = 1e-6  # parts of the total; margins are printed rounded


@dataclass(frozen=True, slots=True, eq=False)
class Raked:
    """Table with the margins asked for and the odds ratios of the seed.

    `fitted`: shape of the seed; `iterations`: rounds of rows and columns; `gap`: largest
    difference left to a margin, in parts of the total.
    """

    fitted: FloatArray
    iterations: int
    gap: float


def rake(
    seed: npt.ArrayLike,
    row_targets: npt.ArrayLike,
    col_targets: npt.ArrayLike,
    *,
    tolerance: float = 1e-10,
    max_iterations: int = 10_000,
) -> Raked:
    """Scale rows and columns in turn until the table has the margins (iterative proportional fit).

    Parameters
    ----------
    seed
        Shape (rows, columns), 0 or more; a 0 stays 0.
    row_targets, col_targets
        Sums wanted; both lists have the same total.
    tolerance
        Largest difference to a margin at the end, in parts of the total.
    max_iterations
        After so many rounds it is said that the fit does not settle.

    Raises
    ------
    SurveyError
        Totals that differ, a row or column of zeros with a target, margins that no table with the
        seed's zeros can have.

    References
    ----------
    Deming, Stephan (1940), Ann. Math. Stat. 11, 427-444; Fienberg (1970), Ann. Math. Stat. 41,
    907-917 (convergence).

    """
    table = as_numbers(seed)
    rows, columns = targets_of(row_targets, _ROW), targets_of(col_targets, _COLUMN)
    if table.shape != (len(rows), len(columns)):
        raise SurveyError(
            "seed_shape",
            "the table to rake has shape {found}; {expected} is expected by the targets",
            found=table.shape,
            expected=(len(rows), len(columns)),
        )
    if (cell := first_cell(~((table >= 0) & (table < np.inf)))) is not None:
        raise SurveyError(
            "seed_invalid",
            "the table to rake has {found} in row {row}, column {column}; a number from 0 up is "
            "expected",
            found=float(table[cell]),
            row=cell[0] + 1,
            column=cell[1] + 1,
        )
    total = rows.sum()
    if abs(total - columns.sum()) > _SUMS_AGREE * total:
        raise SurveyError(
            "targets_differ",
            "the row targets sum to {rows} and the column targets to {columns}; the same total is "
            "expected",
            rows=float(total),
            columns=float(columns.sum()),
        )
    support = table > 0
    if support.any():
        table /= table.max()  # only proportions count; sums of huge numbers would overflow
    _check_reachable(table, rows, columns)
    columns *= total / columns.sum()
    for iteration in range(1, max_iterations + 1):
        table *= factors(rows, table.sum(axis=1))[:, None]
        table *= factors(columns, table.sum(axis=0))
        gap = float(np.abs(table.sum(axis=1) - rows).max() / total)
        if gap <= tolerance:
            return Raked(table, iteration, gap)
    raise _refusal(support, rows, columns, gap, max_iterations)


def targets_of(values: npt.ArrayLike, axis: Remark | str) -> FloatArray:
    """Sums wanted of one axis, checked."""
    targets = as_numbers(values)
    if targets.ndim != 1 or not targets.size:
        raise SurveyError(
            "targets_shape",
            "the {axis} targets have shape {found}; a list of numbers is expected",
            axis=axis,
            found=targets.shape,
        )
    if (cell := first_cell(~((targets >= 0) & (targets < np.inf)))) is not None:
        raise SurveyError(
            "target_invalid",
            "the {axis} target number {place} is {found}; a number from 0 up is expected",
            axis=axis,
            place=cell[0] + 1,
            found=float(targets[cell]),
        )
    if not targets.any():
        raise SurveyError(
            "targets_zero", "all {axis} targets are 0; a total above 0 is expected", axis=axis
        )
    return targets


def _check_reachable(table: FloatArray, rows: FloatArray, columns: FloatArray) -> None:
    for axis, targets, sums in (
        (_ROW, rows, table.sum(axis=1)),
        (_COLUMN, columns, table.sum(axis=0)),
    ):
        if (cell := first_cell((targets > 0) & (sums == 0))) is not None:
            raise SurveyError(
                "target_of_nobody",
                "the {axis} number {place} is to have {target}, but nobody stands in it; a target of 0 "
                "or somebody in it is expected",
                axis=axis,
                place=cell[0] + 1,
                target=float(targets[cell]),
            )


def factors(wanted: FloatArray, found: FloatArray) -> FloatArray:
    """What takes sums to those wanted; 0 where nobody stands."""
    factors: FloatArray = np.divide(wanted, found, out=np.zeros_like(wanted), where=found > 0)
    return factors


def _refusal(
    support: npt.NDArray[np.bool_], rows: FloatArray, columns: FloatArray, gap: float, rounds: int
) -> SurveyError:
    # It takes a while to load and is needed only when something is wrong.
    from scipy.optimize import linprog  # noqa: PLC0415

    at_row, at_column = np.nonzero(support)
    sums = np.vstack(
        [
            at_row[None, :] == np.arange(len(rows))[:, None],
            at_column[None, :] == np.arange(len(columns))[:, None],
        ]
    ).astype(np.float64)
    found = linprog(np.zeros(len(at_row)), A_eq=sums, b_eq=np.concatenate([rows, columns]))
    if not found.success:
        return SurveyError(
            "margins_impossible",
            "no table with zeros where the given one has them can have these margins; other "
            "margins or merged categories are expected",
        )
    return SurveyError(
        "raking_unsettled",
        "after {rounds} rounds a margin is still missed by {gap} of the total; margins that "
        "leave every cell above 0 are expected",
        rounds=rounds,
        gap=f"{gap:.1e}",
    )
