"""Normalisations: raw values to comparable ones of which more is better.

Every function takes ``values (..., n, m)`` and ``sense (m,)`` (+1 or -1) and returns an array of
the same shape in which larger is better on every criterion. A column that cannot separate the
alternatives (all values equal, or all zero where a sum divides) is given one value for all, so it
never decides anything. How a cost is turned is part of the definition and stated with each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from mcda.errors import ProblemError
from mcda.lanes import fold
from mcda.problem import Array

Normalisation = Callable[[Array, Array], Array]


def divide(numerator: Array, denominator: Array) -> Array:
    """Divide where the denominator is not zero; elsewhere 0."""
    shape = np.broadcast_shapes(numerator.shape, denominator.shape)
    return np.divide(numerator, denominator, out=np.zeros(shape), where=denominator != 0)


def minmax(values: Array, sense: Array) -> Array:
    """(x - min) / (max - min); a cost is 1 minus that. Equal values: 0 for all."""
    low = fold(np.minimum, values, -2, keepdims=True)
    high = fold(np.maximum, values, -2, keepdims=True)
    worst, best = np.where(sense > 0, low, high), np.where(sense > 0, high, low)
    return divide(values - worst, best - worst)


def vector(values: Array, sense: Array) -> Array:
    """Divide by the norm: x / sqrt(sum of x**2); a cost is 1 minus that."""
    # First by the largest: squares of very small or large values would leave the numbers' range.
    level = divide(values, fold(np.maximum, np.abs(values), -2, keepdims=True))
    share = divide(level, np.sqrt(fold(np.add, level**2, -2, keepdims=True)))
    return np.where(sense > 0, share, 1 - share)


def maximum(values: Array, sense: Array) -> Array:
    """Divide by the largest: x / max; a cost is min / x. Values of 0 or more, costs above 0."""
    _need_ratio_scale(values, sense, "max")
    benefit = divide(values, fold(np.maximum, values, -2, keepdims=True))
    cost = divide(fold(np.minimum, values, -2, keepdims=True), values)
    return np.where(sense > 0, benefit, cost)


def total(values: Array, sense: Array) -> Array:
    """Divide by the sum: x / sum of x; a cost is (1/x) / sum of (1/x). Values of 0 or more, costs above 0."""
    _need_ratio_scale(values, sense, "sum")
    inverse = divide(np.ones_like(values), values)
    benefit = divide(values, fold(np.add, values, -2, keepdims=True))
    cost = divide(inverse, fold(np.add, inverse, -2, keepdims=True))
    return np.where(sense > 0, benefit, cost)


def none(values: Array, sense: Array) -> Array:
    """Values as they are; a cost changes its sign."""
    return values * sense


NORMALISATIONS: Mapping[str, Normalisation] = MappingProxyType(
    {"vector": vector, "minmax": minmax, "max": maximum, "sum": total, "none": none}
)


def normalise(values: Array, sense: Array, name: str) -> Array:
    """Normalise by name.

    Raises
    ------
    ProblemError
        Unknown name, or values that the normalisation cannot take.
    """
    if name not in NORMALISATIONS:
        raise ProblemError(
            "unknown_normalisation",
            "normalisation {found} is not known; expected one of {known}",
            found=repr(name),
            known=", ".join(NORMALISATIONS),
        )
    return NORMALISATIONS[name](values, sense)


def _need_ratio_scale(values: Array, sense: Array, name: str) -> None:
    costs = values[..., sense < 0]
    if values.min() < 0 or (costs.size and costs.min() <= 0):
        raise ProblemError(
            "ratio_scale",
            "normalisation {name} divides by values: it needs benefits of 0 or more and costs above 0",
            name=name,
        )
