"""Methods on fuzzy numbers: fuzzy TOPSIS with triangular ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.lanes import fold
from mcda.methods._common import as_floats
from mcda.normalisation import divide
from mcda.problem import Array
from mcda.registry import Parameter, Property, Variant, nearest, register

_IDEALS = ("scale", "columns")
_CRISP = frozenset(
    {
        Property.MONOTONE_SCORE,
        Property.MONOTONE_RANK,
        Property.DOMINANCE,
        Property.UNIT,
        Property.UNIT_INTERVAL,
    }
)


def _table(given: Any, shape: tuple[int, ...], name: str) -> Array:  # noqa: ANN401 - any parameter
    table = as_floats(given)
    if table is None or table.shape != shape or not np.isfinite(table).all():
        raise ProblemError(
            "fuzzy_table",
            "{name} is {found}; expected finite numbers in the shape {shape}",
            name=name,
            found=given,
            shape=" x ".join(str(length) for length in shape),
        )
    return table


def _check(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    n, m = values.shape[-2:]
    if params["ideals"] not in _IDEALS:
        raise ProblemError(
            "fuzzy_ideals",
            "ideals are {found}; expected {nearest}",
            found=repr(params["ideals"]),
            nearest=nearest(str(params["ideals"]), list(_IDEALS)),
        )
    low, high = (
        values if params[end] is None else _table(params[end], (n, m), end)
        for end in ("low", "high")
    )
    for i, j in np.argwhere(~((low <= values) & (values <= high)).reshape(-1, n, m).all(axis=0)):
        raise ProblemError(
            "fuzzy_order",
            "row {row}, criterion number {number}: the value does not lie between its low and high; "
            "expected low at most the value and the value at most high",
            row=i + 1,
            number=j + 1,
        )
    if low.min() < 0 or (low[..., sense < 0] <= 0).any():
        raise ProblemError(
            "fuzzy_ratio",
            "fuzzy TOPSIS divides by values: found {found}; expected benefits of 0 or more and costs above 0",
            found=float(low.min()),
        )
    if params["weights_low"] is not None:
        shares = _table(params["weights_low"], (m,), "weights_low")
        if shares.min() < 0 or shares.max() > 1:
            raise ProblemError(
                "fuzzy_weights",
                "weights_low is {found}; expected shares of the weight from 0 to 1",
                found=params["weights_low"],
            )
    if params["weights_high"] is not None:
        shares = _table(params["weights_high"], (m,), "weights_high")
        if shares.min() < 1:
            raise ProblemError(
                "fuzzy_weights",
                "weights_high is {found}; expected shares of the weight of 1 or more",
                found=params["weights_high"],
            )


@register(
    "fuzzy-topsis",
    title="Fuzzy TOPSIS",
    reference="Chen (2000)",
    parameters=(
        Parameter(
            "low",
            None,
            "table of the lower ends of the values; left out: the values themselves",
            per_criterion=1,
        ),
        Parameter(
            "high",
            None,
            "table of the upper ends of the values; left out: the values themselves",
            per_criterion=1,
        ),
        Parameter(
            "weights_low",
            None,
            "lower end of each weight as a share of it, 0 to 1; left out: 1",
            per_criterion=0,
        ),
        Parameter(
            "weights_high",
            None,
            "upper end of each weight as a share of it, 1 or more; left out: 1",
            per_criterion=0,
        ),
        Parameter(
            "ideals",
            "scale",
            "scale: the largest upper weight, and 0; "
            "columns: the largest and smallest end in each weighted column",
        ),
    ),
    variants=(
        Variant("ideals of the scale", {"ideals": "scale"}, _CRISP),
        Variant("ideals of the columns", {"ideals": "columns"}, _CRISP),
    ),
    check=_check,
    degenerate=(
        "without low and high the values are crisp and the order is that of the weighted sum with "
        "maximum normalisation; where nothing tells the ideals apart the closeness is 0.5"
    ),
    needs="benefits of 0 or more, costs above 0",
)
def fuzzy_topsis(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    low: Sequence[Sequence[float]] | None = None,
    high: Sequence[Sequence[float]] | None = None,
    weights_low: Sequence[float] | None = None,
    weights_high: Sequence[float] | None = None,
    ideals: str = "scale",
    steps: dict[str, Any] | None = None,
) -> Array:
    """Closeness D- / (D+ + D-) by vertex distances summed over criteria; more is better.

    Chen puts the ideals at 1 and 0 because the weightiest criterion's upper end is 1 on his scale
    of weights. Here weights sum to 1, so the ideal is the largest upper weight: the same figures.
    """
    ends = [values if end is None else np.asarray(end, dtype=np.float64) for end in (low, high)]
    triangles = [np.broadcast_to(x, values.shape) for x in (ends[0], values, ends[1])]
    top = fold(np.maximum, triangles[2], -2, keepdims=True)
    bottom = fold(np.minimum, triangles[0], -2, keepdims=True)
    normalised = [
        np.where(sense > 0, divide(gain, top), divide(bottom, cost))
        for gain, cost in zip(triangles, reversed(triangles), strict=True)
    ]
    shares = [1.0 if s is None else np.asarray(s) for s in (weights_low, None, weights_high)]
    weighted = [r * (weights * s)[..., None, :] for r, s in zip(normalised, shares, strict=True)]
    if ideals == "scale":
        upper = weights * shares[2]
        fpis = np.broadcast_to(upper.max(axis=-1, keepdims=True), upper.shape)
        fnis = np.zeros(upper.shape)
    else:
        fpis = fold(np.maximum, weighted[2], -2)
        fnis = fold(np.minimum, weighted[0], -2)
    d_plus, d_minus = (_distance(weighted, ideal[..., None, :]) for ideal in (fpis, fnis))
    span = d_plus + d_minus
    closeness: Array = np.divide(d_minus, span, out=np.full(span.shape, 0.5), where=span > 0)
    if steps is not None:
        steps["normalised"] = np.stack(normalised, axis=-1)
        steps["weighted"] = np.stack(weighted, axis=-1)
        steps |= {"fpis": fpis, "fnis": fnis, "d_plus": d_plus, "d_minus": d_minus}
    return closeness


def _distance(triangles: list[Array], ideal: Array) -> Array:
    """Sum over criteria of the vertex distance to a crisp ideal."""
    squares = [(x - ideal) ** 2 for x in triangles]
    return fold(np.add, np.sqrt((squares[0] + squares[1] + squares[2]) / 3), -1)
