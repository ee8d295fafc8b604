"""Additive value with given value functions, linear between breakpoints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.methods._common import weigh
from mcda.normalisation import minmax
from mcda.problem import Array
from mcda.registry import Parameter, Property, Variant, register
from mcda.value_functions import is_finite, numbers, read_breakpoints, value_at

_STRAIGHT = 0.5
# Who worsens the range's end gains nothing by it and all others gain, whatever the function.
_MONOTONE = frozenset(
    {
        Property.MONOTONE_SCORE,
        Property.MONOTONE_RANK,
        Property.DOMINANCE,
        Property.UNIT,
        Property.SHIFT,
        Property.COMPLEMENT,
        Property.LINEAR,
        Property.UNIT_INTERVAL,
    }
)


def _check(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    m = values.shape[-1]
    points, heights = params["breakpoints"], params["marginal_values"]
    midvalues = _midvalues(params["midvalue"], m)
    if (points is None) != (heights is None):
        raise ProblemError(
            "value_function",
            "breakpoints are {breakpoints} and marginal_values are {marginal_values}; expected both or "
            "neither",
            breakpoints=points,
            marginal_values=heights,
        )
    if points is None:
        return
    if (midvalues != _STRAIGHT).any():
        raise ProblemError(
            "value_function_twice",
            "breakpoints and a midvalue of {found} are given; expected one of the two",
            found=params["midvalue"],
        )
    rows = heights if isinstance(heights, Sequence) and len(heights) == m else [None] * m
    for j, (row, at) in enumerate(zip(rows, read_breakpoints(points, sense), strict=True)):
        found = numbers(row)
        rising = len(found) == len(at) and (np.diff(found) >= 0).all()
        if not rising or found[0] != 0 or found[-1] != 1:
            raise ProblemError(
                "marginal_values",
                "criterion number {number}: marginal values are {found}; expected {count} numbers that "
                "rise from 0 to 1, one at each breakpoint",
                number=j + 1,
                found=row,
                count=len(at),
            )


def _midvalues(given: object, m: int) -> Array:
    read = numbers([given] * m if is_finite(given) else given)
    if len(read) != m or read.min() <= 0 or read.max() >= 1:
        raise ProblemError(
            "midvalue",
            "midvalue is {found}; expected a number between 0 and 1, or a list with one for each of {m} "
            "criteria",
            found=given,
            m=m,
        )
    return read


@register(
    "additive",
    title="Additive value",
    reference="Keeney and Raiffa (1976)",
    parameters=(
        Parameter(
            "breakpoints",
            None,
            "list per criterion, in its unit, from the worst to the best; left out: the range of the data",
            per_criterion=0,
        ),
        Parameter(
            "marginal_values",
            None,
            "list per criterion of the value at each breakpoint, rising from 0 to 1",
            per_criterion=0,
        ),
        Parameter(
            "midvalue",
            _STRAIGHT,
            "where half the value is reached, as a share of the way from the worst of the data to the "
            "best, for all or one per criterion; 0.5 is a straight line; without breakpoints only",
            per_criterion=0,
        ),
    ),
    variants=(
        Variant("straight line over the range of the data", {"midvalue": _STRAIGHT}, _MONOTONE),
        Variant("midvalue 0.3", {"midvalue": 0.3}, _MONOTONE),
    ),
    check=_check,
    degenerate=(
        "a criterion on which all are equal adds 0 when the range is the data's; beyond the outermost "
        "breakpoints the value stays what it is there"
    ),
)
def additive(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    breakpoints: Sequence[Sequence[float]] | None = None,
    marginal_values: Sequence[Sequence[float]] | None = None,
    midvalue: float | Sequence[float] = _STRAIGHT,
    steps: dict[str, Any] | None = None,
) -> Array:
    """Weighted sum of piecewise-linear marginal values; more is better.

    Without breakpoints each function has one bend at its midvalue, the first point that midvalue
    splitting asks for.
    """
    m = values.shape[-1]
    if breakpoints is None or marginal_values is None:
        reached = minmax(values, sense)
        bends = _midvalues(midvalue, m)
        points = [np.array([0.0, bend, 1.0]) for bend in bends]
        heights = [np.array([0.0, 0.5, 1.0])] * m
    else:
        reached = values
        points, heights = (
            [np.asarray(row, dtype=np.float64) for row in rows]
            for rows in (breakpoints, marginal_values)
        )
    marginal = np.stack(
        [value_at(reached[..., j], points[j], heights[j]) for j in range(m)], axis=-1
    )
    if steps is not None:
        steps["marginal_values"] = marginal
        steps["weighted"] = marginal * weights[..., None, :]
    return weigh(marginal, weights)
