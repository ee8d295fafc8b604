"""Methods that relate each alternative to an ideal row: ARAS, MARCOS, MOORA, WASPAS and kin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.lanes import fold
from mcda.methods._common import weigh
from mcda.normalisation import divide, maximum, minmax
from mcda.problem import Array
from mcda.ranking import ranks_of
from mcda.registry import Parameter, Property, Variant, register

_MONOTONE = frozenset(
    {
        Property.MONOTONE_SCORE,
        Property.MONOTONE_RANK,
        Property.DOMINANCE,
        Property.UNIT,
    }
)


def _check_ratio(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    maximum(values, sense)


def _check_lambda(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    share = params["lambda"]
    if not isinstance(share, (int, float)) or not 0 <= share <= 1:
        raise ProblemError(
            "lambda", "lambda is {found}; expected a number from 0 to 1", found=share
        )
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
    check=_check_lambda,
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
    # A zero benefit makes the product zero, unless its weight is zero.
    with np.errstate(divide="ignore"):
        logarithms = np.maximum(np.log(normalised), -700.0)
    product = np.exp(weigh(logarithms, weights))
    if steps is not None:
        steps |= {"normalised": normalised, "wsm": total, "wpm": product}
    mixed: Array = share * total + (1 - share) * product
    return mixed


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
    f_plus, f_minus = divide(k_minus, k_plus + k_minus), divide(k_plus, k_plus + k_minus)
    denominator = 1 + divide(1 - f_plus, f_plus) + divide(1 - f_minus, f_minus)
    utility = divide(k_plus + k_minus, denominator)
    utility = np.where(s_anti > 0, utility, k_plus)
    if steps is not None:
        steps |= {"S": S, "K_minus": k_minus, "K_plus": k_plus}
    return utility


def _moora_cells(values: Array) -> Array:
    return divide(values, np.sqrt(fold(np.add, values**2, -2, keepdims=True)))


@register(
    "moora",
    title="MOORA, ratio system",
    reference="Brauers and Zavadskas (2006)",
    variants=(
        Variant(
            "vector normalisation",
            {},
            frozenset(
                {
                    Property.MONOTONE_SCORE,
                    Property.MONOTONE_RANK,
                    Property.DOMINANCE,
                    Property.UNIT,
                    Property.LINEAR,
                }
            ),
        ),
    ),
    degenerate="a column of zeros adds nothing",
)
def moora(
    values: Array, weights: Array, sense: Array, *, steps: dict[str, Any] | None = None
) -> Array:
    """Weighted benefits less weighted costs of vector-normalised values; more is better."""
    cells = _moora_cells(values)
    if steps is not None:
        steps["normalised"] = cells
    return weigh(cells, weights * sense)


@register(
    "moora-reference",
    title="MOORA, reference point",
    reference="Brauers and Zavadskas (2006)",
    variants=(
        Variant(
            "Tchebycheff distance",
            {},
            frozenset(
                {
                    Property.MONOTONE_SCORE,
                    Property.DOMINANCE,
                    Property.UNIT,
                    Property.UNIT_INTERVAL,
                }
            ),
        ),
    ),
    higher_is_better=False,
    degenerate="a criterion on which all are equal adds no distance",
)
def moora_reference(
    values: Array, weights: Array, sense: Array, *, steps: dict[str, Any] | None = None
) -> Array:
    """Largest weighted distance from the best value of a criterion; less is better."""
    cells = _moora_cells(values) * sense
    distance = fold(np.maximum, cells, -2, keepdims=True) - cells
    weighted = distance * weights[..., None, :]
    if steps is not None:
        steps["distances"] = weighted
    return fold(np.maximum, weighted, -1)


def _check_positive(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    if values.min() <= 0:
        raise ProblemError(
            "not_positive",
            "the full multiplicative form multiplies values: found {found}, expected all above 0",
            found=float(values.min()),
        )


@register(
    "multimoora",
    title="MULTIMOORA",
    reference="Brauers and Zavadskas (2010, 2011)",
    variants=(
        Variant(
            "dominance of three rankings by majority",
            {},
            frozenset({Property.DOMINANCE, Property.UNIT}),
        ),
    ),
    check=_check_positive,
    degenerate="criteria on which all are equal decide nothing",
    needs="all values above 0",
)
def multimoora(
    values: Array, weights: Array, sense: Array, *, steps: dict[str, Any] | None = None
) -> Array:
    """Duels won by majority of ratio system, reference point and full multiplicative form."""
    ratio = moora(values, weights, sense)
    reference = moora_reference(values, weights, sense)
    multiplicative = weigh(np.log(values) * sense, weights)
    rankings = [
        ranks_of(ratio),
        ranks_of(reference, higher_is_better=False),
        ranks_of(multiplicative),
    ]
    if steps is not None:
        steps |= {
            "ratio": ratio,
            "reference_point": reference,
            "multiplicative": np.exp(multiplicative),
            "ranks": np.stack(rankings),
        }
    support = np.zeros((*ratio.shape, ratio.shape[-1]))
    for ranks in rankings:
        support += np.sign(ranks[..., None, :] - ranks[..., :, None])
    # Every alternative draws with itself, which is no duel.
    return fold(np.add, np.where(support == 0, 0.5, support > 0), -1) - 0.5


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


def _check_cocoso(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    share = params["lambda"]
    if not isinstance(share, (int, float)) or not 0 <= share <= 1:
        raise ProblemError(
            "lambda", "lambda is {found}; expected a number from 0 to 1", found=share
        )
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
