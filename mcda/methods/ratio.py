"""Methods that set benefits against costs: COPRAS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.lanes import fold
from mcda.methods._common import weigh
from mcda.normalisation import divide
from mcda.problem import Array
from mcda.registry import Property, Variant, register


def _check(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    if values.min() < 0:
        raise ProblemError(
            "negative",
            "COPRAS takes shares of column sums: found {found}, expected all values of 0 or more",
            found=float(values.min()),
        )
    costs = values[..., sense < 0]
    if costs.size and (costs.sum(axis=-1) <= 0).any():
        raise ProblemError(
            "free_alternative",
            "COPRAS divides by an alternative's weighted costs: an alternative costs 0 on every cost "
            "criterion, expected at least one cost above 0",
        )


@register(
    "copras",
    title="COPRAS",
    reference="Zavadskas, Kaklauskas and Sarka (1994)",
    variants=(
        Variant(
            "utility degree",
            {},
            frozenset({Property.DOMINANCE, Property.UNIT, Property.UNIT_INTERVAL}),
        ),
    ),
    check=_check,
    degenerate="without cost criteria the sum of benefits alone decides; a column of zeros adds nothing",
    needs="values of 0 or more, every alternative with some cost above 0",
)
def copras(
    values: Array, weights: Array, sense: Array, *, steps: dict[str, Any] | None = None
) -> Array:
    """Utility degree: benefits plus the alternative's share of reciprocal costs, over the best."""
    shares = divide(values, fold(np.add, values, -2, keepdims=True))
    s_plus = weigh(shares, weights * (sense > 0))
    s_minus = weigh(shares, weights * (sense < 0))
    reciprocal = divide(np.ones_like(s_minus), s_minus)
    relief = divide(
        s_minus.sum(axis=-1, keepdims=True) * reciprocal, reciprocal.sum(axis=-1, keepdims=True)
    )
    significance = s_plus + relief
    utility = divide(significance, significance.max(axis=-1, keepdims=True))
    if steps is not None:
        steps["normalised"] = shares
        steps |= {"S_plus": s_plus, "S_minus": s_minus, "Q": significance, "N": utility}
    return utility
