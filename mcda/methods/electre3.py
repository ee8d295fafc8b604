"""ELECTRE III: pseudo-criteria, credibility, two distillations and where they agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.lanes import fold
from mcda.methods._credibility import (
    Thresholds,
    check_level,
    check_order,
    deficit,
    outranking,
    threshold_row,
    vetoes,
)
from mcda.methods._distillation import distil
from mcda.methods._room import need_room
from mcda.problem import Array
from mcda.ranking import ranks_of
from mcda.registry import Parameter, Property, Variant, register

_SCALES = ("absolute", "range")


def _check(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    need_room("ELECTRE III", values)
    scale = params["threshold_scale"]
    if scale not in _SCALES:
        raise ProblemError(
            "threshold_scale",
            "ELECTRE III's threshold_scale is {found}; expected absolute or range",
            found=repr(scale),
        )
    m = values.shape[-1]
    q, p, v = (threshold_row(params[name], m, name) for name in "qpv")
    check_order(q, p, v)
    for j, row in enumerate(zip(q, p, strict=True)):
        if scale == "range" and max(row) > 1:
            raise ProblemError(
                "threshold_above_range",
                "criterion number {number}: thresholds are q {q}, p {p} of the range; expected 0 to 1, or "
                "threshold_scale absolute",
                number=j + 1,
                q=row[0],
                p=row[1],
            )
    check_level("ELECTRE III", "alpha", params["alpha"], -1, 1)
    check_level("ELECTRE III", "beta", params["beta"], 0, 1)
    if params["alpha"] + params["beta"] < 0:
        raise ProblemError(
            "discrimination",
            "ELECTRE III's discrimination threshold is {threshold} at credibility 1; expected alpha and "
            "beta that add up to 0 or more",
            threshold=params["alpha"] + params["beta"],
        )


@register(
    "electre3",
    title="ELECTRE III",
    reference="Roy (1978)",
    higher_is_better=False,
    parameters=(
        Parameter(
            "q",
            0.05,
            "indifference threshold, for all or one per criterion; the default is an assumption",
            per_criterion=0,
        ),
        Parameter(
            "p",
            0.30,
            "preference threshold, for all or one per criterion; the default is an assumption",
            per_criterion=0,
        ),
        Parameter(
            "v",
            None,
            "veto threshold, for all or one per criterion; none: no veto",
            per_criterion=0,
        ),
        Parameter(
            "threshold_scale",
            "range",
            "absolute: in the criterion's unit; range: as a share of its range",
        ),
        Parameter("alpha", -0.15, "slope of the discrimination threshold"),
        Parameter("beta", 0.30, "discrimination threshold at credibility 0"),
    ),
    variants=(
        Variant(
            "thresholds 0.05 and 0.30 of the range, no veto",
            {},
            frozenset({Property.DOMINANCE, Property.UNIT, Property.SHIFT, Property.COMPLEMENT}),
        ),
        Variant(
            "thresholds 0.05 and 0.30 of the range, veto at 0.90",
            {"v": 0.90},
            frozenset({Property.DOMINANCE, Property.UNIT, Property.SHIFT, Property.COMPLEMENT}),
        ),
    ),
    check=_check,
    degenerate="equal alternatives are indifferent; a column of equal values backs every pair; "
    "incomparable alternatives are put in order by the mean of their ranks in the two distillations",
)
def electre3(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    q: float | Sequence[float] = 0.05,
    p: float | Sequence[float] = 0.30,
    v: float | Sequence[float | None] | None = None,
    threshold_scale: str = "range",
    alpha: float = -0.15,
    beta: float = 0.30,
    steps: dict[str, Any] | None = None,
) -> Array:
    """Mean of the ranks in the descending and the ascending distillation; less is better.

    The method itself ends with a partial preorder, the intersection of both, where two
    alternatives may be incomparable; the steps hold it. The mean of the ranks completes it without
    contradicting it. Constants of the discrimination threshold as in Maystre, Pictet and Simos
    (1994).
    """
    need_room("ELECTRE III", values, weights)
    m = values.shape[-1]
    unit: Array = np.ones(m)
    if threshold_scale == "range":
        unit = fold(np.maximum, values, -2) - fold(np.minimum, values, -2)
    veto = np.array(vetoes(threshold_row(v, m, "v")))
    limits = Thresholds(
        q=np.array(threshold_row(q, m, "q"), dtype=np.float64) * unit,
        p=np.array(threshold_row(p, m, "p"), dtype=np.float64) * unit,
        v=np.where(np.isfinite(veto), np.where(np.isfinite(veto), veto, 0.0) * unit, np.inf),
    )

    def gap(j: int) -> Array:
        column = values[..., j] * sense[j]
        return deficit(column, column)

    found = outranking(gap, weights, lambda t: t[..., None, None], limits)
    descending = distil(found.credibility, alpha, beta, best_first=True)
    ascending = distil(found.credibility, alpha, beta, best_first=False)
    down, up = (ranks_of(x, higher_is_better=False) for x in (descending, ascending))
    if steps is not None:
        steps["concordance"] = found.concordance
        steps["discordance"] = found.discordance
        steps["credibility"] = found.credibility
        steps["descending_distillation"] = descending
        steps["ascending_distillation"] = ascending
        steps["descending_ranks"] = down
        steps["ascending_ranks"] = up
        steps |= preorder(descending, ascending)
    return (down + up) / 2


def preorder(descending: Array, ascending: Array) -> dict[str, np.ndarray]:
    """Intersect two rankings: who is preferred, indifferent, incomparable to whom, (..., n, n)."""
    no_worse = (descending[..., :, None] <= descending[..., None, :]) & (
        ascending[..., :, None] <= ascending[..., None, :]
    )
    no_better = np.swapaxes(no_worse, -1, -2)
    return {
        "preference": no_worse & ~no_better,
        "indifference": no_worse & no_better,
        "incomparability": ~no_worse & ~no_better,
    }
