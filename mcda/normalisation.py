"""Normalisations: raw values to comparable ones of which more is better.

Every function takes ``values (..., n, m)`` and ``sense (m,)`` (+1 or -1) and returns an array of
the same shape in which larger is better on every criterion. A column that cannot separate the
alternatives (all values equal, or all zero where a sum divides) is given one value for all, so it
never decides anything. How a cost is turned is part of the definition and stated with each.
Names differ between books and libraries; the formula and the source decide here.
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
    if denominator.all():
        plain: Array = numerator / denominator
        return plain
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
    return (sense < 0) + sense * share  # a selection takes several times as long in a batch


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


def linear_max(values: Array, sense: Array) -> Array:
    """Linear: x / max; a cost is 1 - x / max (Jahan and Edwards 2015). Values of 0 or more."""
    _need_at_least_zero(values, "linear-max")
    share = divide(values, fold(np.maximum, values, -2, keepdims=True))
    return np.where(sense > 0, share, 1 - share)


def logarithmic(values: Array, sense: Array) -> Array:
    """Logarithms: ln x / ln(product of x); a cost is (1 - that) / (n - 1) (Zavadskas and Turskis 2008). Values above 0, their product above 1."""
    _need_positive(values, "logarithmic")
    n = values.shape[-2]
    logs = np.log(values)
    sums = fold(np.add, logs, -2, keepdims=True)
    flat = fold(np.minimum, values, -2, keepdims=True) == fold(
        np.maximum, values, -2, keepdims=True
    )
    if (sums <= 0)[~flat].any():
        raise ProblemError(
            "product",
            "normalisation logarithmic turns the order round where a criterion's product is 1 or less; "
            "expected a product above 1: take a smaller unit",
        )
    share = np.where(flat, 1 / n, divide(logs, sums))
    return np.where(sense > 0, share, (1 - share) / (n - 1) if n > 1 else share)


def nonlinear(values: Array, sense: Array) -> Array:
    """(x / max) ** 2; a cost is (min / x) ** 3 (Peldschus, Vaigauskas and Zavadskas 1983). Values of 0 or more, costs above 0."""
    _need_ratio_scale(values, sense, "nonlinear")
    share = maximum(values, sense)
    return np.where(sense > 0, share**2, share**3)


def enhanced_accuracy(values: Array, sense: Array) -> Array:
    """1 - (max - x) / sum of (max - x); a cost is 1 - (x - min) / sum of (x - min) (Zeng, Li and Yang 2013). Equal values: 1 for all."""
    low = fold(np.minimum, values, -2, keepdims=True)
    high = fold(np.maximum, values, -2, keepdims=True)
    gaps = np.abs(values - np.where(sense > 0, high, low))
    return 1 - divide(gaps, fold(np.add, gaps, -2, keepdims=True))


def juttler_korth(values: Array, sense: Array) -> Array:
    """1 - |max - x| / max; a cost is 1 - |min - x| / min (Juttler 1966, Korth 1969). Values of 0 or more, costs above 0."""
    _need_ratio_scale(values, sense, "juttler-korth")
    best = np.where(
        sense > 0,
        fold(np.maximum, values, -2, keepdims=True),
        fold(np.minimum, values, -2, keepdims=True),
    )
    return 1 - divide(np.abs(best - values), best)


def zscore(values: Array, sense: Array) -> Array:
    """(x - mean) / standard deviation over n; a cost changes its sign. Equal values: 0 for all."""
    n = values.shape[-2]
    low = fold(np.minimum, values, -2, keepdims=True)
    high = fold(np.maximum, values, -2, keepdims=True)
    # In shares of the range: squares of very small or large values would leave the numbers' range.
    share = divide(values - low, high - low)
    gaps = share - fold(np.add, share, -2, keepdims=True) / n
    spread = np.sqrt(fold(np.add, gaps**2, -2, keepdims=True) / n)
    return sense * divide(gaps, spread)


NORMALISATIONS: Mapping[str, Normalisation] = MappingProxyType(
    {
        "vector": vector,
        "minmax": minmax,
        "max": maximum,
        "sum": total,
        "none": none,
        "linear-max": linear_max,
        "logarithmic": logarithmic,
        "nonlinear": nonlinear,
        "enhanced-accuracy": enhanced_accuracy,
        "juttler-korth": juttler_korth,
        "zscore": zscore,
    }
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


def _need_at_least_zero(values: Array, name: str) -> None:
    if values.min() < 0:
        raise ProblemError(
            "below_zero",
            "normalisation {name} needs values of 0 or more, found {found}",
            name=name,
            found=float(values.min()),
        )


def _need_positive(values: Array, name: str) -> None:
    if values.min() <= 0:
        raise ProblemError(
            "not_above_zero",
            "normalisation {name} needs values above 0, found {found}",
            name=name,
            found=float(values.min()),
        )
