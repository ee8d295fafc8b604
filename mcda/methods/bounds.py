"""Methods with a value scale that does not depend on the alternatives: SPOTIS and kin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.lanes import fold
from mcda.methods._common import weigh
from mcda.normalisation import divide
from mcda.problem import Array
from mcda.registry import Parameter, Property, Variant, register

_BOUNDS = Parameter(
    "bounds",
    None,
    "low and high per criterion, in its unit; left out: the range of the data",
    per_criterion=0,
)


def _check_bounds(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    bounds, m = params["bounds"], values.shape[-1]
    if bounds is None:
        return
    table = np.asarray(bounds, dtype=np.float64)
    if table.shape != (m, 2) or not (table[:, 0] < table[:, 1]).all():
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


def _span(values: Array, bounds: Sequence[Sequence[float]] | None) -> tuple[Array, Array]:
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
    parameters=(_BOUNDS,),
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
    check=_check_bounds,
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
    low, high = _span(values, bounds)
    distance = divide(np.abs(values - np.where(sense > 0, high, low)), high - low)
    if steps is not None:
        steps["distances"] = distance
    return weigh(distance, weights)
