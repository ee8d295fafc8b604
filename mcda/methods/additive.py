"""Weighted sum and weighted product."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.methods._common import check_normalisation, normalisation_parameter, weigh
from mcda.normalisation import normalise
from mcda.problem import Array
from mcda.registry import Property, Variant, register


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
