"""Methods that relate each alternative to an ideal row: ARAS, MARCOS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mcda.lanes import fold
from mcda.methods._common import lowest, weigh
from mcda.normalisation import divide, maximum
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


def _check_ratio(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    maximum(lowest(values), sense)


@register(
    "aras",
    title="ARAS",
    reference="Zavadskas and Turskis (2010)",
    variants=(
        Variant(
            "ideal row of the best values",
            {},
            _MONOTONE | {Property.UNIT_INTERVAL},
        ),
    ),
    check=_check_ratio,
    degenerate="a criterion on which all are equal adds the same to all",
    needs="benefits of 0 or more, costs above 0",
)
def aras(
    values: Array, weights: Array, sense: Array, *, steps: dict[str, Any] | None = None
) -> Array:
    """Utility against the ideal row, which takes part in the normalisation; more is better."""
    oriented = np.where(sense > 0, values, divide(np.ones_like(values), values))
    ideal = fold(np.maximum, oriented, -2, keepdims=True)
    total = fold(np.add, oriented, -2, keepdims=True) + ideal
    scores = weigh(divide(oriented, total), weights)
    best = weigh(divide(ideal, total), weights)
    if steps is not None:
        steps |= {"S": scores, "S0": best[..., 0]}
    return divide(scores, best)


@register(
    "marcos",
    title="MARCOS",
    reference="Stevic, Pamucar, Puska and Chatterjee (2020)",
    variants=(
        Variant(
            "ideal and anti-ideal rows",
            {},
            _MONOTONE | {Property.UNIT_INTERVAL},
        ),
    ),
    check=_check_ratio,
    degenerate="a criterion on which all are equal adds the same to all",
    needs="benefits of 0 or more, costs above 0",
)
def marcos(
    values: Array, weights: Array, sense: Array, *, steps: dict[str, Any] | None = None
) -> Array:
    """Utility function of the compromise between ideal and anti-ideal; more is better."""
    normalised = maximum(values, sense)
    S = weigh(normalised, weights)
    worst = fold(np.minimum, normalised, -2, keepdims=True)
    s_anti = weigh(worst, weights)
    s_ideal = weights.sum(axis=-1)[..., None]
    k_minus, k_plus = divide(S, s_anti), divide(S, s_ideal)
    # f(K+) = K- / (K+ + K-) and f(K-) = K+ / (K+ + K-); where the anti-ideal row is all zero the
    # ratio of the two does not exist and K+ alone is the limit.
    both = k_plus + k_minus
    f_plus, f_minus = divide(k_minus, both), divide(k_plus, both)
    denominator = 1 + divide(1 - f_plus, f_plus) + divide(1 - f_minus, f_minus)
    utility = divide(both, denominator)
    utility = np.where(s_anti > 0, utility, k_plus)
    if steps is not None:
        steps |= {"S": S, "K_minus": k_minus, "K_plus": k_plus}
    return utility
