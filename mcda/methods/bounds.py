"""Methods with a value scale that does not depend on the alternatives: SPOTIS and ESP-SPOTIS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.lanes import fold
from mcda.methods._common import as_floats, weigh
from mcda.methods._points import check_scale, per_criterion, scale_parameter
from mcda.normalisation import divide
from mcda.problem import Array
from mcda.registry import Parameter, Property, Variant, register

BOUNDS = Parameter(
    "bounds",
    None,
    "low and high per criterion, in its unit; left out: the range of the data",
    per_criterion=0,
)


def check_bounds(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    """Refuse bounds that are no ranges, and values outside them."""
    bounds, m = params["bounds"], values.shape[-1]
    if bounds is None:
        return
    table = as_floats(bounds)
    if table is None or table.shape != (m, 2) or not (table[:, 0] < table[:, 1]).all():
        raise ProblemError(
            "bounds",
            "bounds are {found}; expected a low and a higher high for each of {m} criteria",
            found=bounds,
            m=m,
        )
    outside = (values < table[:, 0]) | (values > table[:, 1])
    if outside.any():
        j = int(np.flatnonzero(outside.reshape(-1, m).any(axis=0))[0])
        raise ProblemError(
            "outside_bounds",
            "criterion number {number}: a value lies outside its bounds {low} to {high}",
            number=j + 1,
            low=table[j, 0],
            high=table[j, 1],
        )


def span(values: Array, bounds: Sequence[Sequence[float]] | None) -> tuple[Array, Array]:
    """Low and high per criterion: as given, or of the data (..., 1, m)."""
    if bounds is None:
        return (
            fold(np.minimum, values, -2, keepdims=True),
            fold(np.maximum, values, -2, keepdims=True),
        )
    table = np.asarray(bounds, dtype=np.float64)
    return table[:, 0], table[:, 1]


@register(
    "spotis",
    title="SPOTIS",
    reference="Dezert, Tchamova, Han and Tacnet (2020)",
    parameters=(BOUNDS,),
    variants=(
        Variant(
            "bounds of the data",
            {"bounds": None},
            frozenset(
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
            ),
        ),
    ),
    check=check_bounds,
    higher_is_better=False,
    degenerate="a criterion on which all are equal adds no distance when bounds are the data's",
)
def spotis(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    bounds: Sequence[Sequence[float]] | None = None,
    steps: dict[str, Any] | None = None,
) -> Array:
    """Weighted distance from the ideal bound; less is better."""
    low, high = span(values, bounds)
    distance = divide(np.abs(values - np.where(sense > 0, high, low)), high - low)
    if steps is not None:
        steps["distances"] = distance
    return weigh(distance, weights)


_EVERYWHERE = frozenset(
    {
        Property.UNIT,
        Property.SHIFT,
        Property.COMPLEMENT,
        Property.LINEAR,
        Property.UNIT_INTERVAL,
    }
)


def _check_esp(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    check_bounds(values, sense, params)
    esp, bounds, m = params["esp"], params["bounds"], values.shape[-1]
    check_scale("ESP-SPOTIS", "esp_scale", params["esp_scale"])
    if esp is None:
        return
    point = per_criterion("ESP-SPOTIS", "esp", esp, m)
    if params["esp_scale"] == "range":
        low, high = np.zeros(m), np.ones(m)
    elif bounds is None:
        raise ProblemError(
            "esp_without_bounds",
            "an expected solution in the criteria's units needs bounds; "
            "expected bounds, or esp_scale range",
        )
    else:
        low, high = np.asarray(bounds, dtype=np.float64).T
    for j in np.flatnonzero(~((point >= low) & (point <= high))):
        raise ProblemError(
            "esp_outside",
            "criterion number {number}: the expected solution is {found}; "
            "expected a number from {low} to {high}",
            number=int(j) + 1,
            found=point[j],
            low=low[j],
            high=high[j],
        )


@register(
    "esp-spotis",
    title="ESP-SPOTIS",
    reference="Dezert, Tchamova, Han and Tacnet (2020), expected solution point",
    parameters=(
        BOUNDS,
        Parameter(
            "esp",
            None,
            "expected solution, one value for all or one per criterion; left out: the best bound",
            per_criterion=0,
        ),
        scale_parameter("esp_scale"),
    ),
    variants=(
        Variant(
            "expected solution at the best bound",
            {"esp": None},
            _EVERYWHERE | {Property.MONOTONE_SCORE, Property.MONOTONE_RANK, Property.DOMINANCE},
        ),
        Variant(
            "expected solution in the middle of the bounds",
            {"esp": 0.5, "esp_scale": "range"},
            _EVERYWHERE,
        ),
    ),
    check=_check_esp,
    higher_is_better=False,
    degenerate="a criterion on which all are equal adds no distance when bounds are the data's",
)
def esp_spotis(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    bounds: Sequence[Sequence[float]] | None = None,
    esp: float | Sequence[float] | None = None,
    esp_scale: str = "absolute",
    steps: dict[str, Any] | None = None,
) -> Array:
    """Weighted distance from the solution that is expected, better or worse; less is better.

    What lies beyond the expected solution counts as far from it as what falls short, so more of a
    benefit can be worse: the method is not monotone unless the best bound is what is expected.
    """
    low, high = span(values, bounds)
    worst, best = np.where(sense > 0, low, high), np.where(sense > 0, high, low)
    point = best
    if esp is not None:
        point = per_criterion("ESP-SPOTIS", "esp", esp, values.shape[-1])
        if esp_scale == "range":
            point = worst + point * (best - worst)
    distance = divide(np.abs(values - point), high - low)
    if steps is not None:
        steps["expected_solution"] = point
        steps["distances"] = distance
    return weigh(distance, weights)
