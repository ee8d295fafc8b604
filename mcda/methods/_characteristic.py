"""Characteristic objects of COMET: their values, ratings and levels, and the inference from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mcda.lanes import fold
from mcda.normalisation import divide
from mcda.problem import Array

# Ratings, 0 to 1, that are nearer than this are one level: rounding must not make two of it.
LEVEL = 1e-9

Grid = Sequence[Sequence[float]]
Indices = NDArray[np.intp]


def characteristic_grid(values: Array, given: Grid | None) -> list[Array]:
    """Characteristic values per criterion, each (draws or 1, k)."""
    if given is not None:
        return [np.asarray(row, dtype=np.float64)[None] for row in given]
    low, high = (fold(f, values, -2) for f in (np.minimum, np.maximum))
    mean = np.clip(fold(np.add, values, -2) / values.shape[-2], low, high)
    return list(np.moveaxis(np.stack([low, mean, high], axis=-1), -2, 0))


def rated_objects(grid: list[Array], weights: Array, sense: Array, rating: str) -> Array:
    """Rate the characteristic objects, (draws, objects), 0 to 1.

    Both rules are sums over criteria, so the objects are never written out.
    """
    shares = []
    for row, s in zip(grid, sense, strict=True):
        ends = (row[:, :1], row[:, -1:])
        worst, best = ends if s > 0 else ends[::-1]
        shares.append(divide(row - worst, best - worst))
    if rating == "wsm":
        return _summed(shares, weights)
    d_plus = np.sqrt(
        _summed([(g - g.max(axis=-1, keepdims=True)) ** 2 for g in shares], weights**2)
    )
    d_minus = np.sqrt(_summed([g**2 for g in shares], weights**2))
    reach = d_plus + d_minus
    closeness: Array = np.divide(d_minus, reach, out=np.full(reach.shape, 0.5), where=reach > 0)
    return closeness


def _summed(parts: list[Array], weights: Array) -> Array:
    """Weighted sum over criteria for every combination of characteristic values."""
    total = np.zeros((len(weights), 1))
    for j, part in enumerate(parts):
        weighed = weights[:, j, None] * part
        total = (total[:, :, None] + weighed[:, None, :]).reshape(len(weights), -1)
    return total


def levels(rated: Array) -> Array:
    """P: the place of each rating among the distinct ones, 0 to 1, by sorting.

    The summed judgements rise with the rating, so the matrix of judgements is not needed.
    """
    low, high = rated.min(axis=-1, keepdims=True), rated.max(axis=-1, keepdims=True)
    shares = divide(rated - low, np.where(high - low > LEVEL, high - low, 1.0))
    order = np.argsort(shares, axis=-1)
    rises = np.diff(np.take_along_axis(shares, order, axis=-1), axis=-1, prepend=0.0) > LEVEL
    level = np.cumsum(rises, axis=-1).astype(np.float64)
    top = level[:, -1:]
    place = np.divide(level, top, out=np.full(level.shape, 0.5), where=top > 0)
    p = np.empty(rated.shape)
    np.put_along_axis(p, order, place, axis=-1)
    return p


def summed_judgements(p: Array) -> Array:
    """SJ of one problem: an object beats those below and draws with its equals and itself."""
    _, which, counts = np.unique(p, return_inverse=True, return_counts=True)
    below = np.cumsum(counts) - counts
    judged: Array = (below + counts / 2)[which]
    return judged


def inferred(values: Array, grid: list[Array], p: Array) -> Array:
    """Mix P of the objects at the corners around each alternative, (draws, n)."""
    strides = np.cumprod([1, *(row.shape[-1] for row in grid[:0:-1])])[::-1]
    base: Indices = np.zeros((1, 1), dtype=np.intp)
    upper = []
    for j, row in enumerate(grid):
        x = values[..., j]
        cell: Indices = np.zeros(x.shape, dtype=np.intp)
        for c in row.T[1:-1]:
            cell += x >= c[:, None]
        start, end = (_picked(row, cell + k) for k in (0, 1))
        upper.append(divide(x - start, end - start))
        base = base + cell * strides[j]

    def mixed(j: int, corner: Indices) -> Array:
        if j == len(grid):
            return _picked(p, corner)
        t = upper[j]
        return (1.0 - t) * mixed(j + 1, corner) + t * mixed(j + 1, corner + strides[j])

    return mixed(0, base)


def _picked(rows: Array, index: Indices) -> Array:
    """Entries of each row; one row or one set of indices serves all."""
    draws = max(len(rows), len(index))
    return np.take_along_axis(
        np.broadcast_to(rows, (draws, rows.shape[-1])),
        np.broadcast_to(index, (draws, index.shape[-1])),
        axis=-1,
    )
