"""Weighted sums, weighted products, and their mixes: WSM, WPM, WASPAS, CoCoSo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.lanes import fold
from mcda.methods._common import check_normalisation, normalisation_parameter, weigh
from mcda.normalisation import divide, maximum, minmax, normalise
from mcda.problem import Array
from mcda.registry import Parameter, Property, Variant, register


@register(
    "wsm",
    title="Weighted sum",
    reference="Fishburn (1967); MacCrimmon (1968)",
    parameters=(normalisation_parameter("minmax"),),
    variants=(
        Variant(
            "min-max normalisation",
            {"normalisation": "minmax"},
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
        Variant(
            "maximum normalisation",
            {"normalisation": "max"},
            frozenset(
                {
                    Property.MONOTONE_SCORE,
                    Property.MONOTONE_RANK,
                    Property.DOMINANCE,
                    Property.UNIT,
                    Property.LINEAR,
                    Property.UNIT_INTERVAL,
                }
            ),
        ),
        Variant(
            "vector normalisation",
            {"normalisation": "vector"},
            frozenset(
                {
                    Property.MONOTONE_SCORE,
                    Property.MONOTONE_RANK,
                    Property.DOMINANCE,
                    Property.UNIT,
                    Property.LINEAR,
                    Property.UNIT_INTERVAL,
                }
            ),
        ),
        Variant(
            "sum normalisation",
            {"normalisation": "sum"},
            frozenset(
                {
                    Property.MONOTONE_SCORE,
                    Property.MONOTONE_RANK,
                    Property.DOMINANCE,
                    Property.UNIT,
                    Property.LINEAR,
                    Property.UNIT_INTERVAL,
                }
            ),
        ),
        Variant(
            "no normalisation",
            {"normalisation": "none"},
            frozenset(
                {
                    Property.MONOTONE_SCORE,
                    Property.MONOTONE_RANK,
                    Property.DOMINANCE,
                    Property.SHIFT,
                    Property.COMPLEMENT,
                    Property.INDEPENDENCE,
                    Property.LINEAR,
                }
            ),
        ),
    ),
    check=check_normalisation,
    degenerate="a criterion on which all are equal adds the same to all; one alternative ranks first",
    needs="maximum and sum normalisation: benefits of 0 or more, costs above 0",
)
def wsm(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    normalisation: str = "minmax",
    steps: dict[str, Any] | None = None,
) -> Array:
    """Sum of weighted normalised values; more is better."""
    normalised = normalise(values, sense, normalisation)
    if steps is not None:
        steps["normalised"] = normalised
        steps["weighted"] = normalised * weights[..., None, :]
    return weigh(normalised, weights)


def _need_positive(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    if values.min() <= 0:
        raise ProblemError(
            "not_positive",
            "the weighted product multiplies values: found {found}, expected all values above 0",
            found=float(values.min()),
        )


@register(
    "wpm",
    title="Weighted product",
    reference="Bridgman (1922); Miller and Starr (1969)",
    variants=(
        Variant(
            "raw ratios, costs with negative exponent",
            {},
            frozenset(
                {
                    Property.MONOTONE_SCORE,
                    Property.MONOTONE_RANK,
                    Property.DOMINANCE,
                    Property.UNIT,
                    Property.INDEPENDENCE,
                }
            ),
        ),
    ),
    check=_need_positive,
    degenerate="a criterion on which all are equal multiplies all alike; one alternative ranks first",
    needs="all values above 0",
)
def wpm(
    values: Array, weights: Array, sense: Array, *, steps: dict[str, Any] | None = None
) -> Array:
    """Product of values to the power of their weights, costs to the negative power."""
    logarithms = np.log(values) * sense
    if steps is not None:
        steps["powers"] = np.exp(logarithms * weights[..., None, :])
    return np.exp(weigh(logarithms, weights))


def _need_share(share: object) -> None:
    if not isinstance(share, (int, float)) or not 0 <= share <= 1:
        raise ProblemError(
            "lambda", "lambda is {found}; expected a number from 0 to 1", found=share
        )


def _check_waspas(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    _need_share(params["lambda"])
    maximum(values, sense)


@register(
    "waspas",
    title="WASPAS",
    reference="Zavadskas, Turskis, Antucheviciene and Zakarevicius (2012)",
    parameters=(Parameter("lambda", 0.5, "share of the weighted sum against the product, 0 to 1"),),
    variants=(
        Variant(
            "lambda 0.5",
            {"lambda": 0.5},
            frozenset(
                {
                    Property.MONOTONE_SCORE,
                    Property.MONOTONE_RANK,
                    Property.DOMINANCE,
                    Property.UNIT,
                    Property.UNIT_INTERVAL,
                }
            ),
        ),
    ),
    check=_check_waspas,
    degenerate="a criterion on which all are equal adds and multiplies the same for all",
    needs="benefits of 0 or more, costs above 0",
)
def waspas(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    steps: dict[str, Any] | None = None,
    **params: Any,  # noqa: ANN401 - lambda is a word of the language
) -> Array:
    """Mix of weighted sum and weighted product of maximum-normalised values; more is better."""
    share = params.get("lambda", 0.5)
    normalised = maximum(values, sense)
    total = weigh(normalised, weights)
    # Powers, not logarithms: a benefit of 0 makes the product exactly 0, unless its weight is 0.
    product = fold(np.multiply, normalised ** weights[..., None, :], -1)
    if steps is not None:
        steps |= {"normalised": normalised, "wsm": total, "wpm": product}
    mixed: Array = share * total + (1 - share) * product
    return mixed


def _check_cocoso(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    _need_share(params["lambda"])
    if values.shape[-2] > 1 and (minmax(values, sense).max(axis=-1) == 0).any():
        raise ProblemError(
            "worst_everywhere",
            "CoCoSo divides by the smallest sum: an alternative is worst on every criterion, "
            "expected none",
        )


@register(
    "cocoso",
    title="CoCoSo",
    reference="Yazdani, Zarate, Zavadskas and Turskis (2019)",
    parameters=(Parameter("lambda", 0.5, "share of the sum against the powers, 0 to 1"),),
    variants=(
        Variant(
            "lambda 0.5",
            {"lambda": 0.5},
            frozenset(
                {
                    Property.MONOTONE_SCORE,
                    Property.DOMINANCE,
                    Property.UNIT,
                    Property.SHIFT,
                    Property.COMPLEMENT,
                }
            ),
        ),
    ),
    check=_check_cocoso,
    degenerate="one alternative has score 0",
    needs="no alternative that is worst on every criterion",
)
def cocoso(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    steps: dict[str, Any] | None = None,
    **params: Any,  # noqa: ANN401 - lambda is a word of the language
) -> Array:
    """Combined compromise of three strategies; more is better."""
    share = params.get("lambda", 0.5)
    r = minmax(values, sense)
    S = weigh(r, weights)
    P = fold(np.add, np.where(r > 0, r, 0.0) ** weights[..., None, :], -1)
    ka = divide(S + P, fold(np.add, (S + P)[..., None], -2))
    kb = divide(S, S.min(axis=-1, keepdims=True)) + divide(P, P.min(axis=-1, keepdims=True))
    top = share * S.max(axis=-1, keepdims=True) + (1 - share) * P.max(axis=-1, keepdims=True)
    kc = divide(share * S + (1 - share) * P, top)
    if steps is not None:
        steps |= {"S": S, "P": P, "ka": ka, "kb": kb, "kc": kc}
    return np.cbrt(ka * kb * kc) + (ka + kb + kc) / 3
