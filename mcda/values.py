"""Draws of values: what is known about a measurement, from the number itself to its draws.

Cells are drawn independently of each other; draws that hang together come as draws. Nothing is
clipped: a method that cannot take a value drawn refuses it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from mcda.errors import ProblemError
from mcda.problem import Array

ValueDraw = Callable[[int, np.random.Generator], Array]
"""Size and generator to values of shape (size, n, m), or (n, m) where they do not vary."""


def exact(values: ArrayLike) -> ValueDraw:
    """Values without doubt, shape (n, m)."""
    table = _table(values, "values")

    def draw(size: int, rng: np.random.Generator) -> Array:  # noqa: ARG001 - nothing varies
        return table

    return draw


def interval(low: ArrayLike, high: ArrayLike) -> ValueDraw:
    """Uniform between low and high, shapes (n, m)."""
    lows, highs = _tables(low=low, high=high)
    _in_order(lows, highs, "low", "high")

    def draw(size: int, rng: np.random.Generator) -> Array:
        values = rng.random((size, *lows.shape))
        values *= highs - lows
        values += lows
        return values

    return draw


def triangular(low: ArrayLike, mode: ArrayLike, high: ArrayLike) -> ValueDraw:
    """Triangular from low over the likeliest (mode) to high, shapes (n, m)."""
    lows, modes, highs = _tables(low=low, mode=mode, high=high)
    _in_order(lows, modes, "low", "mode")
    _in_order(modes, highs, "mode", "high")
    width = highs - lows
    share = np.divide(modes - lows, width, out=np.zeros_like(width), where=width > 0)

    def draw(size: int, rng: np.random.Generator) -> Array:
        # By the inverse of the distribution: numpy's own does not take a width of zero.
        u = rng.random((size, *lows.shape))
        rising = np.sqrt(u * share)
        falling = 1 - np.sqrt((1 - u) * (1 - share))
        drawn: Array = lows + width * np.where(u < share, rising, falling)
        return drawn

    return draw


def normal(mean: ArrayLike, sd: ArrayLike) -> ValueDraw:
    """Normal with mean and standard deviation, shapes (n, m)."""
    means, sds = _tables(mean=mean, sd=sd)
    for i, j in np.argwhere(sds < 0):
        raise ProblemError(
            "values_sd",
            "row {row}, column {column}: found a standard deviation of {found}, expected 0 or more",
            row=i + 1,
            column=j + 1,
            found=float(sds[i, j]),
        )

    def draw(size: int, rng: np.random.Generator) -> Array:
        values = rng.standard_normal((size, *means.shape))
        values *= sds
        values += means
        return values

    return draw


def resampled(draws: ArrayLike) -> ValueDraw:
    """Draw whole tables, with replacement, from given ones of shape (count, n, m)."""
    tables = as_draws(draws, "values", 3)

    def draw(size: int, rng: np.random.Generator) -> Array:
        return tables[rng.integers(len(tables), size=size)]

    return draw


def as_draws(given: ArrayLike, what: str, dimensions: int) -> Array:
    """Check draws given as one array; the first axis counts the draws."""
    draws = _numbers(given, what)
    if draws.ndim != dimensions or 0 in draws.shape:
        raise ProblemError(
            "draws_shape",
            "the draws of {what} have shape {shape}; expected {dimensions} dimensions, "
            "the first of which counts the draws",
            what=what,
            shape=draws.shape,
            dimensions=dimensions,
        )
    return draws


def _tables(**given: ArrayLike) -> tuple[Array, ...]:
    tables = tuple(_table(each, what) for what, each in given.items())
    first = tables[0]
    for what, table in zip(given, tables, strict=True):
        if table.shape != first.shape:
            raise ProblemError(
                "values_shapes",
                "the table {what} has shape {found}, but {other} has {expected}; expected one shape",
                what=what,
                found=table.shape,
                other=next(iter(given)),
                expected=first.shape,
            )
    return tables


def _table(given: ArrayLike, what: str) -> Array:
    table = _numbers(given, what)
    if table.ndim != 2 or 0 in table.shape:
        raise ProblemError(
            "values_shape",
            "the table {what} has shape {shape}; expected one row per alternative and one column "
            "per criterion",
            what=what,
            shape=table.shape,
        )
    return table


def _numbers(given: ArrayLike, what: str) -> Array:
    try:
        numbers = np.array(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ProblemError(
            "not_numbers",
            "the {what} are not a table of numbers with rows of one length: {reason}",
            what=what,
            reason=str(error),
        ) from error
    if not np.isfinite(numbers).all():
        raise ProblemError(
            "values_not_finite",
            "the table {what} holds {found}; expected finite numbers",
            what=what,
            found=float(numbers[~np.isfinite(numbers)].flat[0]),
        )
    numbers.setflags(write=False)
    return numbers


def _in_order(lower: Array, upper: Array, low: str, high: str) -> None:
    for i, j in np.argwhere(lower > upper):
        raise ProblemError(
            "values_order",
            "row {row}, column {column}: {low} is {lower}, above {high}, which is {upper}; "
            "expected it not above",
            row=i + 1,
            column=j + 1,
            low=low,
            lower=float(lower[i, j]),
            high=high,
            upper=float(upper[i, j]),
        )
