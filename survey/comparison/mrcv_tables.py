"""Chi-squares of all pairs of items at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def crossed_chi_square(
    joint: FloatArray,
    left: FloatArray,
    right: FloatArray,
    n: float | FloatArray,
    zero_cell: float,
    *,
    grouping: bool,
) -> FloatArray:
    """Pearson's chi-square of each item of one side with each of the other.

    Parameters
    ----------
    joint
        Who chose both, shape (..., left items, right items).
    left, right
        Who chose each, shapes (..., left items) and (..., right items).
    n
        Persons, shape (...).
    zero_cell
        Put into empty cells before the table's own totals are taken.
    grouping
        The left items are groups: one table of groups by chosen or not for each right item.

    Returns
    -------
    chi2
        Shape (..., left items, right items), or (..., 1, right items) for groups; NaN where an
        item does not vary.

    """
    size = np.asarray(n, dtype=np.float64)[..., None]
    if grouping:
        tables = np.stack((joint, left[..., :, None] - joint), axis=-1)  # ..., groups, options, 2
        tables = np.moveaxis(tables, -3, -2)[..., None, :, :, :]  # ..., 1, options, groups, 2
        varies = ((right > 0) & (right < size))[..., None, :]
    else:
        one, other = left[..., :, None] - joint, right[..., None, :] - joint
        rest = size[..., None] - joint - one - other
        tables = np.stack((joint, one, other, rest), axis=-1)
        tables = tables.reshape(*joint.shape, 2, 2)
        varies = ((left > 0) & (left < size))[..., :, None] & ((right > 0) & (right < size))[
            ..., None, :
        ]
    tables = np.where(tables == 0, zero_cell, tables)
    total = tables.sum(axis=(-2, -1), keepdims=True)
    expected = tables.sum(axis=-1, keepdims=True) * tables.sum(axis=-2, keepdims=True)
    expected = np.divide(expected, total, out=np.ones_like(expected), where=total > 0)
    terms = np.divide(
        (tables - expected) ** 2, expected, out=np.zeros_like(expected), where=expected > 0
    )
    return np.where(varies, terms.sum(axis=(-2, -1)), np.nan)
