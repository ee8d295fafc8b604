"""Methods that compare alternatives pair by pair: PROMETHEE II."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.lanes import fold
from mcda.methods._common import weigh
from mcda.normalisation import divide
from mcda.problem import Array
from mcda.registry import Parameter, Property, Variant, nearest, register

# Thresholds each preference function reads (Brans, Vincke and Mareschal 1986, types I to VI).
PREFERENCE_FUNCTIONS: dict[str, tuple[str, ...]] = {
    "usual": (),
    "ushape": ("q",),
    "vshape": ("p",),
    "level": ("q", "p"),
    "linear": ("q", "p"),
    "gaussian": ("s",),
}
_SCALES = ("absolute", "range")

_ALWAYS = frozenset(
    {
        Property.MONOTONE_SCORE,
        Property.DOMINANCE,
        Property.LINEAR,
        Property.ZERO_SUM,
        Property.UNIT,
        Property.SHIFT,
        Property.COMPLEMENT,
    }
)


def _per_criterion(given: Any, m: int, name: str) -> list[Any]:  # noqa: ANN401 - scalar or sequence
    if given is None or isinstance(given, (str, int, float)):
        return [given] * m
    if isinstance(given, Sequence) and len(given) == m:
        return list(given)
    raise ProblemError(
        "per_criterion",
        "PROMETHEE's {name} is {found}; expected one value, or a list with one for each of {m} criteria",
        name=name,
        found=given,
        m=m,
    )


def _check(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    m = values.shape[-1]
    if params["threshold_scale"] not in _SCALES:
        raise ProblemError(
            "threshold_scale",
            "PROMETHEE's threshold_scale is {found}; expected absolute or range",
            found=repr(params["threshold_scale"]),
        )
    shapes = _per_criterion(params["preference_functions"], m, "preference_functions")
    thresholds = {name: _per_criterion(params[name], m, name) for name in ("q", "p", "s")}
    for j, shape in enumerate(shapes):
        if shape not in PREFERENCE_FUNCTIONS:
            raise ProblemError(
                "preference_function",
                "preference function {found} is not known; expected {nearest}",
                found=repr(shape),
                nearest=nearest(str(shape), list(PREFERENCE_FUNCTIONS)),
            )
        needed = {name: thresholds[name][j] for name in PREFERENCE_FUNCTIONS[shape]}
        for name, value in needed.items():
            if not isinstance(value, (int, float)) or not np.isfinite(value) or value < 0:
                raise ProblemError(
                    "threshold",
                    "criterion number {number}: preference function {shape} needs {name} of 0 or more, "
                    "found {found}",
                    number=j + 1,
                    shape=shape,
                    name=name,
                    found=value,
                )
        if len(needed) == 2 and needed["q"] > needed["p"]:
            raise ProblemError(
                "threshold_order",
                "criterion number {number}: indifference q {q} is above preference p {p}; "
                "expected q at most p",
                number=j + 1,
                q=needed["q"],
                p=needed["p"],
            )
        if shape == "gaussian" and needed["s"] == 0:
            raise ProblemError(
                "threshold",
                "criterion number {number}: preference function {shape} needs {name} above 0, "
                "found {found}",
                number=j + 1,
                shape=shape,
                name="s",
                found=0,
            )


def preference(shape: str, gap: Array, q: float, p: float, s: float) -> Array:
    """Preference, 0 to 1, for an advantage ``gap``; nothing is preferred without an advantage.

    Types I to VI of Brans, Vincke and Mareschal (1986).
    """
    ahead = gap > 0
    if shape == "usual":
        return ahead.astype(np.float64)
    if shape == "ushape":
        return (ahead & (gap > q)).astype(np.float64)
    if shape == "level":
        return np.where(ahead, 0.5 * (gap > q) + 0.5 * (gap > p), 0.0)
    if shape == "gaussian":
        return np.where(ahead, -np.expm1(-(gap**2) / (2 * s**2)), 0.0)
    start = q if shape == "linear" else 0.0
    if p == start:
        return (ahead & (gap > start)).astype(np.float64)
    return np.where(ahead, np.clip((gap - start) / (p - start), 0.0, 1.0), 0.0)


@register(
    "promethee2",
    title="PROMETHEE II",
    reference="Brans and Vincke (1985)",
    parameters=(
        Parameter(
            "preference_functions",
            "usual",
            "one of usual, ushape, vshape, level, linear, gaussian, for all or one per criterion",
            per_criterion=0,
        ),
        Parameter(
            "q", None, "indifference threshold, for all or one per criterion", per_criterion=0
        ),
        Parameter("p", None, "preference threshold, for all or one per criterion", per_criterion=0),
        Parameter(
            "s", None, "inflection of the gaussian, for all or one per criterion", per_criterion=0
        ),
        Parameter(
            "threshold_scale",
            "absolute",
            "absolute: in the criterion's unit; range: as a share of its range",
        ),
    ),
    variants=(
        Variant(
            "usual preference function",
            {"preference_functions": "usual"},
            _ALWAYS | {Property.MONOTONE_RANK},
        ),
        Variant(
            "linear, thresholds 0.05 and 0.30 of the range",
            {"preference_functions": "linear", "q": 0.05, "p": 0.30, "threshold_scale": "range"},
            _ALWAYS,
        ),
    ),
    check=_check,
    degenerate="equal values give no preference; one alternative has net flow 0",
)
def promethee2(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    preference_functions: str | Sequence[str] = "usual",
    q: float | Sequence[float | None] | None = None,
    p: float | Sequence[float | None] | None = None,
    s: float | Sequence[float | None] | None = None,
    threshold_scale: str = "absolute",
    steps: dict[str, Any] | None = None,
) -> Array:
    """Net flow: preference over the others less preference of the others; more is better."""
    n, m = values.shape[-2:]
    shapes = _per_criterion(preference_functions, m, "preference_functions")
    thresholds = [
        [0.0 if x is None else float(x) for x in _per_criterion(given, m, name)]
        for name, given in (("q", q), ("p", p), ("s", s))
    ]
    leaving = np.empty(values.shape)
    entering = np.empty(values.shape)
    others = max(n - 1, 1)
    for j in range(m):
        column = values[..., j] * sense[j]
        gap = column[..., :, None] - column[..., None, :]
        if threshold_scale == "range":
            # Rounded, so that a threshold met exactly is met whatever the criterion's unit.
            spread = column.max(axis=-1) - column.min(axis=-1)
            gap = np.round(divide(gap, spread[..., None, None]), 12)
        preferred = preference(shapes[j], gap, *(t[j] for t in thresholds))
        leaving[..., j] = fold(np.add, preferred, -1) / others
        entering[..., j] = fold(np.add, preferred, -2) / others
    unicriterion = leaving - entering
    if steps is not None:
        steps["unicriterion_flows"] = unicriterion
        steps["phi_plus"] = weigh(leaving, weights)
        steps["phi_minus"] = weigh(entering, weights)
    return weigh(unicriterion, weights)
