"""The distribution of the overall statistic where the two sides have nothing to do with each other.

Left and right parts of the rows are drawn apart from one another, so that the options of one side
stay together as people chose them while nothing ties the sides.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from survey.comparison.mrcv_tables import crossed_chi_square

FloatArray = npt.NDArray[np.float64]

_BLOCK: Final = 4_000_000  # numbers drawn at a time


def bootstrap_p(
    left: FloatArray,
    right: FloatArray,
    times: FloatArray,
    observed: float,
    rng: np.random.Generator,
    *,
    zero_cell: float,
    resamples: int,
    grouping: bool,
) -> float:
    """P-value of the sum of chi-squares: (1 + resamples with as large a sum) / (1 + resamples).

    References
    ----------
    Bilder, Loughin (2004), Biometrics 60, 241-248.

    """
    n = int(times.sum())
    left_rows, left_share = _patterns(left, times)
    right_rows, right_share = _patterns(right, times)
    # Drawing how often each pair of patterns comes up costs by patterns, drawing persons by
    # persons; both give the same distribution.
    by_pattern = len(left_rows) * len(right_rows) < n
    work = min(len(left_rows) * len(right_rows), n) if by_pattern else n
    block = max(1, _BLOCK // (work * (1 if by_pattern else left.shape[1] + right.shape[1])))
    as_large = 0
    for start in range(0, resamples, block):
        size = min(block, resamples - start)
        if by_pattern:
            picked = rng.multinomial(n, left_share, size=size)
            pairs = rng.multinomial(picked, right_share).astype(np.float64)
            joint = left_rows.T @ (pairs @ right_rows)
            chose = picked @ left_rows, pairs.sum(axis=1) @ right_rows
        else:
            one = left_rows[rng.choice(len(left_rows), (size, n), p=left_share)]
            other = right_rows[rng.choice(len(right_rows), (size, n), p=right_share)]
            joint = np.swapaxes(one, 1, 2) @ other
            chose = one.sum(axis=1), other.sum(axis=1)
        cells = crossed_chi_square(joint, *chose, float(n), zero_cell, grouping=grouping)
        sums = np.nansum(cells, axis=(-2, -1))
        as_large += int((sums >= observed * (1 - 1e-9)).sum())
    return (1 + as_large) / (1 + resamples)


def _patterns(rows: FloatArray, times: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Different rows and their shares."""
    found, place = np.unique(rows, axis=0, return_inverse=True)
    share = np.bincount(place.ravel(), weights=times)
    return found, share / share.sum()
