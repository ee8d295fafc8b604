"""Aggregation by a capacity, where criteria may support or replace one another: Choquet, OWA."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mcda.capacities import (
    interaction_indices,
    need_monotone_pairs,
    read_capacity,
    read_interaction,
    shapley_values,
)
from mcda.errors import ProblemError
from mcda.methods._common import check_normalisation, normalisation_parameter, weigh
from mcda.normalisation import normalise
from mcda.problem import Array
from mcda.registry import Parameter, Property, Variant, register
from mcda.value_functions import is_finite

# A capacity is a monotone function of what is reached on a range of 0 to 1: whoever worsens a
# value loses by it, and where that moves the range all others gain.
_MONOTONE = frozenset(
    {
        Property.MONOTONE_SCORE,
        Property.MONOTONE_RANK,
        Property.DOMINANCE,
        Property.UNIT,
        Property.SHIFT,
        Property.COMPLEMENT,
        Property.UNIT_INTERVAL,
    }
)


def _check_choquet(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    check_normalisation(values, sense, params)
    m = values.shape[-1]
    if params["capacity"] is not None and params["interaction"] is not None:
        raise ProblemError(
            "capacity_twice",
            "a capacity and an interaction are given; expected one of the two",
        )
    if params["capacity"] is not None:
        read_capacity(params["capacity"], m)
    if params["interaction"] is not None:
        read_interaction(params["interaction"], np.full(m, 1 / m))


@register(
    "choquet",
    title="Choquet integral",
    reference="Grabisch (1996)",
    parameters=(
        normalisation_parameter("minmax"),
        Parameter(
            "capacity",
            None,
            "weight of every set of criteria by their numbers, such as 1 or 1,3, up to 1 for all; "
            "used in place of the weights; left out: the sum of the weights",
        ),
        Parameter(
            "interaction",
            None,
            "2-additive capacity with the weights as Shapley values: interaction index of every pair "
            "such as 1,2, or one number from -1 to 1 for all pairs, a share of the most that the "
            "weights allow",
        ),
    ),
    variants=(
        Variant("additive capacity", {"interaction": None}, _MONOTONE | {Property.LINEAR}),
        Variant("2-additive capacity, interaction 0.5", {"interaction": 0.5}, _MONOTONE),
    ),
    check=_check_choquet,
    degenerate=(
        "without capacity and interaction it is the weighted sum; normalisation none takes values "
        "that are already on one scale"
    ),
)
def choquet(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    normalisation: str = "minmax",
    capacity: Mapping[str, float] | None = None,
    interaction: Mapping[str, float] | float | None = None,
    steps: dict[str, Any] | None = None,
) -> Array:
    """Choquet integral of normalised values with respect to a capacity; more is better.

    A 2-additive capacity has the closed form: sum of Shapley value times value, less half of every
    pair's interaction times the pair's distance (Grabisch 1997).
    """
    x = normalise(values, sense, normalisation)
    m = x.shape[-1]
    if steps is not None:
        steps["normalised"] = x
    if capacity is not None:
        mu = read_capacity(capacity, m)
        if steps is not None:
            steps |= {"shapley": shapley_values(mu), "interaction": interaction_indices(mu)}
        scores = _integral(x, mu)
        lead = np.broadcast_shapes(scores.shape[:-1], weights.shape[:-1])
        return np.broadcast_to(scores, (*lead, scores.shape[-1])).copy()
    if interaction is None:
        if steps is not None:
            steps |= {"shapley": weights, "interaction": np.zeros((m, m))}
        return weigh(x, weights)
    first, second = np.triu_indices(m, 1)
    pairs = read_interaction(interaction, weights)
    need_monotone_pairs(pairs, weights)
    if steps is not None:
        table = np.zeros((m, m))
        table[first, second] = table[second, first] = pairs
        steps |= {"shapley": weights, "interaction": table}
    return weigh(x, weights) - weigh(np.abs(x[..., first] - x[..., second]), pairs) / 2


def _integral(x: Array, mu: Array) -> Array:
    """Sum over the ordered values of each rise times the capacity of those that reach it."""
    order = np.argsort(x, axis=-1, kind="stable")
    ascending = np.take_along_axis(x, order, axis=-1)
    rises = np.diff(ascending, axis=-1, prepend=0.0)
    # Bit j of a set's number stands for criterion j.
    reached = np.cumsum((1 << order)[..., ::-1], axis=-1)[..., ::-1]
    total: Array = (rises * mu[reached]).sum(axis=-1)
    return total


def _check_owa(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    check_normalisation(values, sense, params)
    alpha = params["alpha"]
    if not is_finite(alpha) or alpha <= 0:
        raise ProblemError(
            "alpha", "OWA's alpha is {found}; expected a number above 0", found=alpha
        )


@register(
    "owa",
    title="OWA",
    reference="Yager (1996)",
    parameters=(
        normalisation_parameter("minmax"),
        Parameter(
            "alpha",
            2.0,
            "exponent of the quantifier Q(r) = r**alpha: 2 asks that most criteria be met, "
            "1 is the weighted sum, near 0 any one criterion is enough",
        ),
    ),
    variants=(
        Variant("alpha 2", {"alpha": 2.0}, _MONOTONE),
        Variant("alpha 0.5", {"alpha": 0.5}, _MONOTONE),
    ),
    check=_check_owa,
    degenerate="equal values share their weights in any order; one alternative has score 0",
)
def owa(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    normalisation: str = "minmax",
    alpha: float = 2.0,
    steps: dict[str, Any] | None = None,
) -> Array:
    """Ordered weighted average guided by a quantifier, with importances; more is better."""
    x = normalise(values, sense, normalisation)
    order = np.argsort(-x, axis=-1, kind="stable")
    descending = np.take_along_axis(x, order, axis=-1)
    lead = np.broadcast_shapes(order.shape[:-2], weights.shape[:-1])
    order = np.broadcast_to(order, (*lead, *order.shape[-2:]))
    importance = np.take_along_axis(
        np.broadcast_to(weights[..., None, :], order.shape), order, axis=-1
    )
    # The quantifier of what is reached so far; the last sum is 1 but for rounding.
    reached = np.minimum(np.cumsum(importance, axis=-1), 1.0) ** alpha
    order_weights = np.diff(reached, axis=-1, prepend=0.0)
    if steps is not None:
        steps["normalised"] = x
        steps["ordered"] = descending
        steps["order_weights"] = order_weights
        steps["orness"] = 1 / (1 + alpha)
    scores: Array = (descending * order_weights).sum(axis=-1)
    return scores
