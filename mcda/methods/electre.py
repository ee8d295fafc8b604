"""ELECTRE methods with true criteria, which know no thresholds of preference: I and II."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.lanes import fold
from mcda.methods._credibility import check_level, deficit, reached
from mcda.methods._graph import Arcs, kernel, successive_ranking
from mcda.methods._room import need_room
from mcda.normalisation import divide
from mcda.problem import Array
from mcda.registry import Parameter, Property, Role, Variant, nearest, register

_SCALES = ("range", "sum", "none")
_SCALE = Parameter(
    "discordance_scale",
    "range",
    "range: a deficit counts as a share of its criterion's range; sum: of the column's sum, none: in "
    "the criterion's unit, both against the largest range of all criteria",
)
_DOMINANCE = frozenset({Property.DOMINANCE})
_STATED_ANEW = frozenset({Property.UNIT, Property.SHIFT, Property.COMPLEMENT})


def _check_scale(values: Array, method: str, scale: Any) -> None:  # noqa: ANN401 - whatever is given
    need_room(method, values)
    if scale not in _SCALES:
        raise ProblemError(
            "discordance_scale",
            "{method}'s discordance_scale is {found}; expected {nearest}",
            method=method,
            found=repr(scale),
            nearest=nearest(str(scale), list(_SCALES)),
        )
    if scale == "sum" and values.min() < 0:
        raise ProblemError(
            "discordance_sum",
            "{method}'s discordance_scale sum divides by sums of values: it needs values of 0 or more, "
            "found {found}",
            method=method,
            found=float(values.min()),
        )


def concordance_of(values: Array, weights: Array, sense: Array) -> Array:
    """Weight of the criteria on which the row is at least as good as the column, (..., n, n)."""
    total: Array = np.zeros(())
    for j in range(values.shape[-1]):
        column = values[..., j] * sense[j]
        total = total + weights[..., j, None, None] * (deficit(column, column) <= 0)
    return np.minimum(total, 1.0)


def discordance_of(values: Array, sense: Array, scale: str) -> Array:
    """Largest deficit of the row against the column over criteria, 0 to 1, (..., n, n)."""
    if scale == "sum":
        values = divide(values, fold(np.add, values, -2, keepdims=True))
    scaled = values * sense
    spread = fold(np.maximum, scaled, -2) - fold(np.minimum, scaled, -2)
    if scale != "range":
        spread = np.broadcast_to(spread.max(axis=-1, keepdims=True), spread.shape)
    largest: Array = np.zeros(())
    for j in range(values.shape[-1]):
        column = scaled[..., j]
        gap = np.maximum(deficit(column, column), 0.0)
        largest = np.maximum(largest, divide(gap, spread[..., j, None, None]))
    return largest


def _relations(
    values: Array, weights: Array, sense: Array, scale: str, steps: dict[str, Any] | None
) -> tuple[Array, Array]:
    concordance = concordance_of(values, weights, sense)
    discordance = discordance_of(values, sense, scale)
    if steps is not None:
        steps["concordance"] = concordance
        steps["discordance"] = discordance
    return concordance, discordance


def _off_diagonal(arcs: Arcs) -> Arcs:
    return arcs & ~np.eye(arcs.shape[-1], dtype=bool)


def _check1(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    for name in ("p_concordance", "q_discordance"):
        check_level("ELECTRE I", name, params[name], 0, 1)
    _check_scale(values, "ELECTRE I", params["discordance_scale"])


@register(
    "electre1",
    title="ELECTRE I",
    reference="Roy (1968)",
    role=Role.CHOOSING,
    parameters=(
        Parameter("p_concordance", 0.65, "weight of criteria that outranking needs, 0 to 1"),
        Parameter("q_discordance", 0.35, "discordance that outranking bears, 0 to 1"),
        _SCALE,
    ),
    variants=(
        Variant(
            "discordance against the criterion's range",
            {"discordance_scale": "range"},
            _STATED_ANEW | {Property.UNIT_INTERVAL},
        ),
        Variant(
            "discordance of shares of the sum",
            {"discordance_scale": "sum"},
            frozenset({Property.UNIT, Property.UNIT_INTERVAL}),
        ),
        Variant(
            "discordance in the criteria's common unit",
            {"discordance_scale": "none"},
            frozenset({Property.SHIFT, Property.COMPLEMENT, Property.UNIT_INTERVAL}),
        ),
    ),
    check=_check1,
    degenerate="alternatives on a circuit of outranking are chosen together or not at all; a column of "
    "equal values backs every pair",
)
def electre1(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    p_concordance: float = 0.65,
    q_discordance: float = 0.35,
    discordance_scale: str = "range",
    steps: dict[str, Any] | None = None,
) -> Array:
    """Membership of the kernel of the outranking graph, 1 or 0.

    The default levels are those of Cebrian and Porcar (2009).
    """
    need_room("ELECTRE I", values, weights)
    concordance, discordance = _relations(values, weights, sense, discordance_scale, steps)
    arcs = _off_diagonal(
        reached(concordance, p_concordance) & reached(-discordance, -q_discordance)
    )
    chosen = kernel(arcs)
    if steps is not None:
        steps["outranking"] = arcs
        steps["kernel"] = chosen
    return chosen.astype(np.float64)


def _check2(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    for name in ("p0", "p1", "p2", "q0", "q1"):
        check_level("ELECTRE II", name, params[name], 0, 1)
    p0, p1, p2, q0, q1 = (params[name] for name in ("p0", "p1", "p2", "q0", "q1"))
    if not (p0 >= p1 >= p2 and q0 >= q1):
        raise ProblemError(
            "level_order",
            "ELECTRE II's levels are p0 {p0}, p1 {p1}, p2 {p2}, q0 {q0}, q1 {q1}; expected p0, p1, p2 "
            "and q0, q1 to fall",
            p0=p0,
            p1=p1,
            p2=p2,
            q0=q0,
            q1=q1,
        )
    _check_scale(values, "ELECTRE II", params["discordance_scale"])


@register(
    "electre2",
    title="ELECTRE II",
    reference="Roy and Bertier (1973)",
    higher_is_better=False,
    parameters=(
        Parameter(
            "p0",
            0.65,
            "concordance of strong outranking with discordance up to q0; the default is an assumption",
        ),
        Parameter(
            "p1",
            0.5,
            "concordance of strong outranking with discordance up to q1; the default is an assumption",
        ),
        Parameter(
            "p2",
            0.35,
            "concordance of weak outranking with discordance up to q0; the default is an assumption",
        ),
        Parameter("q0", 0.65, "larger discordance level, 0 to 1; the default is an assumption"),
        Parameter("q1", 0.35, "smaller discordance level, 0 to 1; the default is an assumption"),
        _SCALE,
    ),
    variants=(
        Variant(
            "discordance against the criterion's range",
            {"discordance_scale": "range"},
            _DOMINANCE | _STATED_ANEW,
        ),
        Variant(
            "discordance of shares of the sum",
            {"discordance_scale": "sum"},
            _DOMINANCE | {Property.UNIT},
        ),
        Variant(
            "discordance in the criteria's common unit",
            {"discordance_scale": "none"},
            _DOMINANCE | {Property.SHIFT, Property.COMPLEMENT},
        ),
    ),
    check=_check2,
    degenerate="alternatives on a circuit of strong outranking share a place; a column of equal values "
    "backs every pair",
)
def electre2(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    p0: float = 0.65,
    p1: float = 0.5,
    p2: float = 0.35,
    q0: float = 0.65,
    q1: float = 0.35,
    discordance_scale: str = "range",
    steps: dict[str, Any] | None = None,
) -> Array:
    """Mean of the places in the direct and the inverse ranking; less is better.

    An alternative outranks another strongly with concordance p0 and discordance q0, or p1 and q1,
    weakly with p2 and q0, and only where no less weight speaks for it than against.
    """
    need_room("ELECTRE II", values, weights)
    concordance, discordance = _relations(values, weights, sense, discordance_scale, steps)
    # As much weight speaks for as against.
    ahead = _off_diagonal(reached(concordance, np.swapaxes(concordance, -1, -2)))
    mild, milder = reached(-discordance, -q0), reached(-discordance, -q1)
    strong = ahead & ((reached(concordance, p0) & mild) | (reached(concordance, p1) & milder))
    weak = ahead & reached(concordance, p2) & mild & ~strong
    direct = successive_ranking(strong, weak)
    from_behind = successive_ranking(np.swapaxes(strong, -1, -2), np.swapaxes(weak, -1, -2))
    inverse = 1.0 + from_behind.max(axis=-1, keepdims=True) - from_behind
    if steps is not None:
        steps["strong_outranking"] = strong
        steps["weak_outranking"] = weak
        steps["direct_ranking"] = direct
        steps["inverse_ranking"] = inverse
    mean: Array = (direct + inverse) / 2
    return mean
