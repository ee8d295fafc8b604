"""Methods that measure against the average, a border or a reference point of the field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.lanes import fold
from mcda.methods._common import weigh
from mcda.normalisation import divide, minmax
from mcda.problem import Array
from mcda.registry import Parameter, Property, Variant, register

_RANGE_SCALED = frozenset({Property.DOMINANCE, Property.UNIT, Property.SHIFT, Property.COMPLEMENT})


def _check_average(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    if (fold(np.add, values, -2) <= 0).any():
        raise ProblemError(
            "average",
            "EDAS divides by the average of each criterion; expected every average above 0",
        )


@register(
    "edas",
    title="EDAS",
    reference="Keshavarz Ghorabaee, Zavadskas, Olfat and Turskis (2015)",
    variants=(
        Variant(
            "distance from average",
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
    check=_check_average,
    degenerate="where nobody is better (or worse) than the average that half is 0 (or 1) for all",
    needs="averages above 0",
)
def edas(
    values: Array, weights: Array, sense: Array, *, steps: dict[str, Any] | None = None
) -> Array:
    """Mean of the scaled positive and one minus the scaled negative distance from the average."""
    n = values.shape[-2]
    average = fold(np.add, values, -2, keepdims=True) / n
    distance = divide((values - average) * sense, average)
    sp = weigh(np.maximum(distance, 0.0), weights)
    sn = weigh(np.maximum(-distance, 0.0), weights)
    nsp = divide(sp, fold(np.maximum, sp, -1, keepdims=True))
    nsn = 1 - divide(sn, fold(np.maximum, sn, -1, keepdims=True))
    if steps is not None:
        steps |= {"average": average[..., 0, :], "SP": sp, "SN": sn, "NSP": nsp, "NSN": nsn}
    return (nsp + nsn) / 2


@register(
    "mabac",
    title="MABAC",
    reference="Pamucar and Cirovic (2015)",
    variants=(
        Variant(
            "border approximation area",
            {},
            _RANGE_SCALED | {Property.MONOTONE_SCORE, Property.MONOTONE_RANK, Property.LINEAR},
        ),
    ),
    degenerate="a criterion on which all are equal lies on the border for all",
)
def mabac(
    values: Array, weights: Array, sense: Array, *, steps: dict[str, Any] | None = None
) -> Array:
    """Distance from the geometric mean of the weighted field; more is better."""
    n = values.shape[-2]
    lifted = minmax(values, sense) + 1
    # The border of a criterion is w times the geometric mean of its lifted column.
    mean = np.exp(fold(np.add, np.log(lifted), -2, keepdims=True) / n)
    if steps is not None:
        steps["border_approximation_area"] = weights * mean[..., 0, :]
        steps["weighted"] = lifted * weights[..., None, :]
    return weigh(lifted - mean, weights)


@register(
    "mairca",
    title="MAIRCA",
    reference="Gigovic, Pamucar, Bajic and Milicevic (2016)",
    variants=(
        Variant(
            "equal preference of alternatives",
            {},
            _RANGE_SCALED
            | {
                Property.MONOTONE_SCORE,
                Property.MONOTONE_RANK,
                Property.LINEAR,
                Property.UNIT_INTERVAL,
            },
        ),
    ),
    higher_is_better=False,
    degenerate="a criterion on which all are equal leaves the same gap for all",
)
def mairca(
    values: Array, weights: Array, sense: Array, *, steps: dict[str, Any] | None = None
) -> Array:
    """Total gap between theoretical and real ratings; less is better."""
    n = values.shape[-2]
    gap = (1 - minmax(values, sense)) / n
    if steps is not None:
        steps["gaps"] = gap * weights[..., None, :]
    return weigh(gap, weights)


def _check_zeta(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    zeta = params["zeta"]
    if not isinstance(zeta, (int, float)) or not 0 < zeta <= 1:
        raise ProblemError(
            "zeta",
            "the distinguishing coefficient zeta is {found}; expected a number above 0 and at most 1",
            found=zeta,
        )


@register(
    "gra",
    title="Grey relational analysis",
    reference="Deng (1982)",
    parameters=(Parameter("zeta", 0.5, "distinguishing coefficient, above 0 and at most 1"),),
    variants=(
        Variant(
            "zeta 0.5",
            {"zeta": 0.5},
            _RANGE_SCALED
            | {
                Property.MONOTONE_SCORE,
                Property.MONOTONE_RANK,
                Property.LINEAR,
                Property.UNIT_INTERVAL,
            },
        ),
    ),
    check=_check_zeta,
    degenerate="a criterion on which all are equal has the same grade for all",
)
def gra(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    zeta: float = 0.5,
    steps: dict[str, Any] | None = None,
) -> Array:
    """Weighted mean of grey relational coefficients to the ideal; more is better."""
    deviation = 1 - minmax(values, sense)
    coefficient = zeta / (deviation + zeta)
    if steps is not None:
        steps |= {"deviation": deviation, "coefficient": coefficient}
    return weigh(coefficient, weights)
