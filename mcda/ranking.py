"""Scores to ranks, for one problem or a million."""

from __future__ import annotations

import numpy as np

from mcda.errors import ProblemError
from mcda.problem import Array

# Two scores closer than this, relative to the largest, are a tie: the order of a sum's terms
# must not decide who is first.
TIE = 1e-12
# Up to this many alternatives, counting pairs beats sorting.
_PAIRWISE_LIMIT = 24


def ranks_of(scores: Array, *, higher_is_better: bool = True) -> Array:
    """Rank scores; 1 is best and ties share the mean of their ranks.

    Parameters
    ----------
    scores : array, shape (..., n)
    higher_is_better
        False where the smallest score is best.

    Returns
    -------
    array, shape (..., n)
        Each row sums to n (n + 1) / 2.

    Raises
    ------
    ProblemError
        A score that is not finite.
    """
    scores = np.asarray(scores, dtype=np.float64)
    require_finite(scores)
    oriented = scores if higher_is_better else -scores
    if oriented.shape[-1] <= _PAIRWISE_LIMIT:
        above, tied = rivals(oriented)
        return 1.0 + above + 0.5 * tied
    return _ranks_by_sorting(oriented)


def require_finite(scores: Array) -> None:
    """Refuse scores that are no numbers: they would pass for ties."""
    if not np.isfinite(scores).all():
        raise ProblemError(
            "scores_not_finite",
            "a score is {found}; expected finite numbers, for the values are too large or too small",
            found=float(scores[~np.isfinite(scores)].flat[0]),
        )


def rivals(oriented: Array) -> tuple[Array, Array]:
    """How many alternatives stand above each one, and how many are tied with it.

    Parameters
    ----------
    oriented : array, shape (..., n)
        Scores of which the highest is best.

    Returns
    -------
    above, tied : arrays, shape (..., n)
    """
    if oriented.ndim == 1:
        gap = oriented - oriented[:, None]
        slack = TIE * np.abs(oriented).max()
        better = gap > slack
        level = ~(better | (gap < -slack))
        return better.sum(axis=1) * 1.0, level.sum(axis=1) - 1.0
    # Alternatives along the first axis: every comparison is then over one long lane.
    lanes = np.ascontiguousarray(np.moveaxis(oriented, -1, 0))
    n = len(lanes)
    slack = TIE * np.abs(lanes).max(axis=0)
    above, tied = np.zeros(lanes.shape), np.zeros(lanes.shape)
    for i in range(n):
        for k in range(i + 1, n):
            gap = lanes[k] - lanes[i]
            better, worse = gap > slack, gap < -slack
            above[i] += better
            above[k] += worse
            level = ~(better | worse)
            if level.any():
                tied[i] += level
                tied[k] += level
    return np.moveaxis(above, 0, -1), np.moveaxis(tied, 0, -1)


def _ranks_by_sorting(oriented: Array) -> Array:
    """Rank by one sort; a run of neighbours closer than the slack is one tie."""
    n = oriented.shape[-1]
    rows = oriented.reshape(-1, n)
    order = np.argsort(-rows, axis=1, kind="stable")
    ordered = np.take_along_axis(rows, order, axis=1)
    slack = TIE * np.abs(rows).max(axis=1, keepdims=True)
    starts = np.ones(rows.shape, dtype=bool)
    starts[:, 1:] = ordered[:, :-1] - ordered[:, 1:] > slack
    run = np.cumsum(starts, axis=1) - 1
    key = run + n * np.arange(len(rows))[:, None]
    position = np.broadcast_to(np.arange(1, n + 1, dtype=np.float64), rows.shape)
    members = np.bincount(key.ravel(), minlength=rows.size)
    total = np.bincount(key.ravel(), weights=position.ravel(), minlength=rows.size)
    mean_rank: Array = total / np.maximum(members, 1)
    ranks = np.empty(rows.shape)
    np.put_along_axis(ranks, order, mean_rank[key], axis=1)
    return ranks.reshape(oriented.shape)
