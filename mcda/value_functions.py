"""Piecewise-linear value functions, one a criterion (Keeney and Raiffa 1976)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.problem import Array


def read_breakpoints(given: object, sense: Array) -> tuple[Array, ...]:
    """Turn lists of breakpoints, one a criterion from worst to best, into arrays.

    Raises
    ------
    ProblemError
        Not one list a criterion; fewer than two numbers; an order that is not from worst to best.
    """
    m = len(sense)
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) != m:
        raise ProblemError(
            "breakpoints",
            "breakpoints are {found}; expected a list of them for each of {m} criteria",
            found=given,
            m=m,
        )
    rows = []
    for j, row in enumerate(given):
        points = numbers(row)
        if len(points) < 2 or not (np.diff(points) * sense[j] > 0).all():
            raise ProblemError(
                "breakpoint_order",
                "criterion number {number}: breakpoints are {found}; expected two or more finite numbers "
                "from the worst to the best",
                number=j + 1,
                found=row,
            )
        rows.append(points)
    return tuple(rows)


def numbers(given: object) -> Array:
    """Return a list of finite numbers as an array; anything else is empty."""
    if isinstance(given, np.ndarray):
        given = given.tolist()
    if not isinstance(given, Sequence) or isinstance(given, str):
        return np.empty(0)
    if not all(is_finite(x) for x in given):
        return np.empty(0)
    return np.array(given, dtype=np.float64)


def is_finite(given: Any) -> bool:  # noqa: ANN401 - any parameter
    """Whether something is a number within the range of floats."""
    known = isinstance(given, (int, float, np.integer, np.floating))
    return known and not isinstance(given, bool) and bool(abs(given) <= sys.float_info.max)


def value_at(values: Array, points: Array, heights: Array) -> Array:
    """Interpolate between breakpoints given from worst to best; flat beyond both ends."""
    direction = 1.0 if points[-1] >= points[0] else -1.0
    found: Array = np.interp(values * direction, points * direction, heights)
    return found
