"""The MOORA family: ratio system, reference point, full multiplicative form, and all three."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.lanes import fold
from mcda.methods._common import weigh
from mcda.normalisation import divide
from mcda.problem import Array
from mcda.ranking import ranks_of
from mcda.registry import Property, Variant, register


def _cells(values: Array) -> Array:
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
    cells = _cells(values)
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
    cells = _cells(values) * sense
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
