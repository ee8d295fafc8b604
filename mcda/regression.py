"""Smooth regression of several outcomes on one input, by splines and a ridge penalty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from mcda.problem import Array

# Up to this many columns get splines and all pairs of products.
_FEW = 4
_KNOTS = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
# Of more columns, the leading principal components that enter squared and in pairs too.
_LEADING = 6
_CATEGORIES = 12
_PENALTIES = 10.0 ** np.arange(-8, 7)
_ROUNDING = 1e-10


def bases(table: np.ndarray) -> tuple[Array, ...]:
    """Terms of regressions on one input, simple to rich: each (draws, terms), of deviation 1.

    Quantities enter plain. In the richer set few of them get restricted cubic splines (Stone and
    Koo 1985) with five knots at quantiles, and products of every two, plain and squared; of many,
    the leading principal components enter squared and multiplied. Categories: an indicator each,
    in the richer set also its products with the first quantities.
    """
    categories, quantities = _split(table)
    plain = [_indicators(column) for column in categories]
    shape = _standardised(quantities)
    if shape.shape[1] > _FEW:
        left, size, _ = np.linalg.svd(shape, full_matrices=False)
        leading = _standardised(left[:, size > _ROUNDING * size[0]])[:, :_LEADING]
        rich = [shape, leading**2, *_products(leading)]
    else:
        rich = [shape, *(_spline(column) for column in shape.T)]
        rich += _products(shape)
        rich += [a * b**2 for a, b in zip(*_ordered_pairs(shape), strict=True)]
    crossed = [indicators[:, :, None] * shape[:, None, :_FEW] for indicators in plain]
    return tuple(
        _standardised(np.hstack([t.reshape(len(table), -1) for t in terms]))
        for terms in ([*plain, shape], [*plain, *rich, *crossed])
    )


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A ridge regression of (draws, n) outcomes.

    Attributes
    ----------
    values : array, shape (draws, n)
        Fitted outcomes.
    terms : float
        Effective degrees of freedom, the intercept included.
    """

    values: Array
    terms: float
    _left: Array
    _shrink: Array
    _residual: Array

    def redrawn(self, times: int, rng: np.random.Generator) -> Iterator[Array]:
        """Fitted values had the residuals fallen otherwise: the wild bootstrap (Wu 1986).

        Each draw's residuals, of all outcomes together, get one random factor; so neither equal
        spread nor independent outcomes are assumed.
        """
        draws = len(self.values)
        for _ in range(times):
            other = rng.standard_normal(draws)[:, None] * self._residual
            slopes = self._shrink[:, None] * (self._left.T @ other)
            yield self.values + self._left @ slopes + other.mean(axis=0)


def fit(candidates: Sequence[Array], outcomes: Array) -> Fit:
    """Regress outcomes on the set of terms, and with the penalty, that predict best.

    Both are chosen by generalised cross-validation (Golub, Heath and Wahba 1979), summed over
    outcomes in their own deviations. The intercept is not shrunk.
    """
    draws = len(outcomes)
    mean = outcomes.mean(axis=0)
    centred = outcomes - mean
    tried = [_cross_validated(terms, centred) for terms in candidates]
    _, left, shrink = min(tried, key=lambda one: one[0])
    fitted = left @ (shrink[:, None] * (left.T @ centred))
    freedom = max(draws - 1 - float(shrink.sum()), 1.0)
    return Fit(
        values=fitted + mean,
        terms=1 + float(shrink.sum()),
        _left=left,
        _shrink=shrink,
        _residual=(centred - fitted) * np.sqrt(draws / freedom),
    )


def _cross_validated(terms: Array, centred: Array) -> tuple[float, Array, Array]:
    """Least criterion over the penalties, the directions of the terms, and how far each is kept."""
    draws = len(centred)
    left, size, _ = np.linalg.svd(terms, full_matrices=False)
    kept = size > _ROUNDING * max(float(size.max(initial=0.0)), 1.0)
    left, size = left[:, kept], size[kept]
    projected = left.T @ centred
    total = (centred**2).sum(axis=0)
    own = np.where(total > 0, total, 1.0)
    best, shrink = np.inf, np.zeros(len(size))
    for penalty in _PENALTIES:
        factor = size**2 / (size**2 + penalty * draws)
        freedom = 1 - (1 + factor.sum()) / draws
        if freedom <= 0:
            continue
        missed = total - ((2 * factor - factor**2)[:, None] * projected**2).sum(axis=0)
        criterion = float((missed / own).sum()) / freedom**2
        if criterion < best:
            best, shrink = criterion, factor
    return best, left, shrink


def _split(table: np.ndarray) -> tuple[list[np.ndarray], Array]:
    """Columns of categories, and the quantities as numbers."""
    categories = []
    quantities = []
    for column in table.T:
        different = np.unique(column.astype(str) if column.dtype.kind == "O" else column)
        whole = column.dtype.kind in "iu" and len(different) <= _CATEGORIES
        if whole or column.dtype.kind in "bUSO":
            categories.append(np.asarray(column.astype(str)))
        else:
            quantities.append(column.astype(np.float64))
    numbers = np.column_stack(quantities) if quantities else np.empty((len(table), 0))
    return categories, numbers


def _standardised(columns: Array) -> Array:
    """Centre, and divide by the deviation; columns without any are dropped."""
    centred = columns - columns.mean(axis=0)
    size = centred.std(axis=0)
    varies = size > _ROUNDING * np.maximum(np.abs(columns).max(axis=0, initial=0.0), 1e-300)
    scaled: Array = centred[:, varies] / size[varies]
    return scaled


def _indicators(column: np.ndarray) -> Array:
    member: Array = (column[:, None] == np.unique(column)[None, 1:]).astype(np.float64)
    return member


def _spline(column: Array) -> Array:
    """Bends of a restricted cubic spline, straight beyond the outer knots; a square where knots fall together."""
    knots = np.unique(np.quantile(column, _KNOTS))
    if len(knots) < 3:
        return column[:, None] ** 2

    def cube(knot: float) -> Array:
        raised: Array = np.maximum(column - knot, 0.0) ** 3
        return raised

    last, before = knots[-1], knots[-2]
    bent = [
        cube(k)
        - cube(before) * (last - k) / (last - before)
        + cube(last) * (before - k) / (last - before)
        for k in knots[:-2]
    ]
    return np.column_stack(bent)


def _products(columns: Array) -> list[Array]:
    return [columns[:, i] * columns[:, k] for i, k in combinations(range(columns.shape[1]), 2)]


def _ordered_pairs(columns: Array) -> tuple[list[Array], list[Array]]:
    k = columns.shape[1]
    pairs = [(i, j) for i in range(k) for j in range(k) if i != j]
    return [columns[:, i] for i, _ in pairs], [columns[:, j] for _, j in pairs]
