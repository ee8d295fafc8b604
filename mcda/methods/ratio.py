"""Methods that set benefits against costs: COPRAS, OCRA, RAM."""

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

_MONOTONE = frozenset(
    {
        Property.MONOTONE_SCORE,
        Property.MONOTONE_RANK,
        Property.DOMINANCE,
        Property.UNIT,
    }
)


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
    costs, reciprocals = (fold(np.add, x, -1, keepdims=True) for x in (s_minus, reciprocal))
    relief = divide(costs * reciprocal, reciprocals)
    significance = s_plus + relief
    utility = divide(significance, fold(np.maximum, significance, -1, keepdims=True))
    if steps is not None:
        steps["normalised"] = shares
        steps |= {"S_plus": s_plus, "S_minus": s_minus, "Q": significance, "N": utility}
    return utility


def _check_minima(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    if values.min() <= 0:
        raise ProblemError(
            "not_positive",
            "OCRA divides by the smallest value of each criterion: found {found}, expected all above 0",
            found=float(values.min()),
        )


@register(
    "ocra",
    title="OCRA",
    reference="Parkan and Wu (2000)",
    variants=(Variant("linear preference ratings", {}, _MONOTONE),),
    check=_check_minima,
    degenerate="a criterion on which all are equal adds nothing",
    needs="all values above 0",
)
def ocra(
    values: Array, weights: Array, sense: Array, *, steps: dict[str, Any] | None = None
) -> Array:
    """Operational competitiveness: input and output ratings, each from its lowest; more is better."""
    low = fold(np.minimum, values, -2, keepdims=True)
    high = fold(np.maximum, values, -2, keepdims=True)
    inputs = weigh(divide(high - values, low), weights * (sense < 0))
    outputs = weigh(divide(values - low, low), weights * (sense > 0))
    i_linear = inputs - inputs.min(axis=-1, keepdims=True)
    o_linear = outputs - outputs.min(axis=-1, keepdims=True)
    total = i_linear + o_linear
    if steps is not None:
        steps |= {"I": i_linear, "O": o_linear}
    scores: Array = total - total.min(axis=-1, keepdims=True)
    return scores


def _check_sums(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    if values.min() < 0:
        raise ProblemError(
            "negative",
            "RAM takes shares of column sums: found {found}, expected all values of 0 or more",
            found=float(values.min()),
        )


@register(
    "ram",
    title="RAM",
    reference="Sotoudeh-Anvari (2023)",
    variants=(Variant("root assessment", {}, _MONOTONE),),
    check=_check_sums,
    degenerate="a column of zeros adds nothing",
    needs="values of 0 or more",
)
def ram(
    values: Array, weights: Array, sense: Array, *, steps: dict[str, Any] | None = None
) -> Array:
    """(2 + S+) to the power 1 / (2 + S-); more is better."""
    shares = divide(values, fold(np.add, values, -2, keepdims=True))
    s_plus = weigh(shares, weights * (sense > 0))
    s_minus = weigh(shares, weights * (sense < 0))
    if steps is not None:
        steps |= {"S_plus": s_plus, "S_minus": s_minus}
    assessed: Array = (2 + s_plus) ** (1 / (2 + s_minus))
    return assessed
