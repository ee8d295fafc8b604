"""Methods that measure how far an alternative lies from the ideal: TOPSIS, VIKOR."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.lanes import fold
from mcda.methods._common import check_normalisation, normalisation_parameter, weigh
from mcda.normalisation import divide, minmax, normalise
from mcda.problem import Array
from mcda.registry import Parameter, Property, Variant, register

# With vector and sum normalisation, lowering one value moves everybody's distances through the
# column's norm: a rival can lose more than the one that was worsened, so ranks are not monotone.
_TOPSIS_SHARED = frozenset(
    {Property.MONOTONE_SCORE, Property.DOMINANCE, Property.UNIT, Property.UNIT_INTERVAL}
)


@register(
    "topsis",
    title="TOPSIS",
    reference="Hwang and Yoon (1981)",
    parameters=(normalisation_parameter("vector"),),
    variants=(
        Variant("vector normalisation", {"normalisation": "vector"}, _TOPSIS_SHARED),
        Variant(
            "min-max normalisation",
            {"normalisation": "minmax"},
            _TOPSIS_SHARED | {Property.MONOTONE_RANK, Property.SHIFT, Property.COMPLEMENT},
        ),
        Variant(
            "maximum normalisation",
            {"normalisation": "max"},
            _TOPSIS_SHARED | {Property.MONOTONE_RANK},
        ),
        Variant("sum normalisation", {"normalisation": "sum"}, _TOPSIS_SHARED),
    ),
    check=check_normalisation,
    degenerate=(
        "a criterion on which all are equal adds no distance; where all alternatives are equal "
        "(or there is one) each is as near the ideal as the anti-ideal: 0.5"
    ),
    needs="maximum and sum normalisation: benefits of 0 or more, costs above 0",
)
def topsis(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    normalisation: str = "vector",
    steps: dict[str, Any] | None = None,
) -> Array:
    """Relative closeness D- / (D+ + D-) to the ideal among the alternatives; more is better."""
    normalised = normalise(values, sense, normalisation)
    # Distances are taken before weighing, so that many weight vectors cost one matrix product.
    to_ideal = (normalised - fold(np.maximum, normalised, -2, keepdims=True)) ** 2
    to_anti = (normalised - fold(np.minimum, normalised, -2, keepdims=True)) ** 2
    squares = weights**2
    d_plus, d_minus = weigh(to_ideal, squares), weigh(to_anti, squares)
    np.sqrt(d_plus, out=d_plus)
    np.sqrt(d_minus, out=d_minus)
    span = d_plus + d_minus
    closeness: Array
    if span.all():
        closeness = d_minus / span
    else:
        closeness = np.divide(d_minus, span, out=np.full(span.shape, 0.5), where=span > 0)
    if steps is not None:
        weighted = normalised * weights[..., None, :]
        steps["normalised"] = normalised
        steps["weighted"] = weighted
        steps["ideal"] = weighted.max(axis=-2)
        steps["anti_ideal"] = weighted.min(axis=-2)
        steps["d_plus"] = d_plus
        steps["d_minus"] = d_minus
    return closeness


def _check_v(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    v = params["v"]
    if not isinstance(v, (int, float)) or not 0 <= v <= 1:
        raise ProblemError("v", "VIKOR's v is {found}; expected a number from 0 to 1", found=v)


@register(
    "vikor",
    title="VIKOR",
    reference="Opricovic and Tzeng (2004)",
    parameters=(Parameter("v", 0.5, "weight of group utility against individual regret, 0 to 1"),),
    variants=(
        Variant(
            "v 0.5",
            {"v": 0.5},
            frozenset(
                {
                    Property.MONOTONE_SCORE,
                    Property.DOMINANCE,
                    Property.UNIT,
                    Property.SHIFT,
                    Property.COMPLEMENT,
                    Property.UNIT_INTERVAL,
                }
            ),
        ),
    ),
    check=_check_v,
    higher_is_better=False,
    degenerate=(
        "a criterion on which all are equal causes no regret; where all S (or all R) are equal "
        "that half of Q is 0"
    ),
)
def vikor(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    v: float = 0.5,
    steps: dict[str, Any] | None = None,
) -> Array:
    """Q = v S* + (1 - v) R* of group utility S and individual regret R; less is better."""
    gaps = _regret(values, sense)
    S = weigh(gaps, weights)
    R = _largest(gaps, weights)
    Q = v * _stretched(S) + (1 - v) * _stretched(R)
    if steps is not None:
        steps |= {"S": S, "R": R, "Q": Q}
        if Q.ndim == 1:
            steps |= _compromise(S, R, Q)
    return Q


def _regret(values: Array, sense: Array) -> Array:
    """Distance from the best as a share of the range; no range, no regret."""
    low, high = (fold(f, values, -2, keepdims=True) for f in (np.minimum, np.maximum))
    spread = high > low
    return np.where(spread, 1 - minmax(values, sense), 0.0)


def _largest(gaps: Array, weights: Array) -> Array:
    """Largest weighted regret of each alternative; a batch one criterion at a time."""
    if gaps.ndim == 2 and weights.ndim == 1:
        single: Array = (gaps * weights).max(axis=-1)
        return single
    largest = gaps[..., 0] * weights[..., :1]
    for j in range(1, gaps.shape[-1]):
        np.maximum(largest, gaps[..., j] * weights[..., j : j + 1], out=largest)
    return largest


def _stretched(x: Array) -> Array:
    low, high = (fold(f, x, -1, keepdims=True) for f in (np.minimum, np.maximum))
    return divide(x - low, high - low)


def _compromise(S: Array, R: Array, Q: Array) -> dict[str, Any]:
    """Apply the two acceptance conditions of Opricovic and Tzeng (2004) and give their set."""
    n = len(Q)
    order = np.argsort(Q, kind="stable")
    first = order[0]
    if n == 1:
        return {"acceptable_advantage": True, "acceptable_stability": True, "compromise_set": [0]}
    needed = 1 / (n - 1)
    slack = 1e-12
    advantage = bool(Q[order[1]] - Q[first] >= needed - slack)
    stability = bool(S[first] <= S.min() + slack or R[first] <= R.min() + slack)
    if not advantage:
        chosen = [int(i) for i in order if Q[i] - Q[first] < needed - slack]
    elif not stability:
        chosen = [int(i) for i in order[:2]]
    else:
        chosen = [int(first)]
    return {
        "acceptable_advantage": advantage,
        "acceptable_stability": stability,
        "compromise_set": sorted(chosen),
    }
