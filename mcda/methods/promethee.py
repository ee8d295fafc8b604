"""PROMETHEE: a partial preorder from two flows (I), and an order from their difference (II)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mcda.methods._common import weigh
from mcda.methods._pairs import MATRIX_LIMIT, need_time
from mcda.methods.flows import flow_steps, unicriterion_flows
from mcda.methods.preference import PARAMETERS, check_preferences, preferences
from mcda.problem import Array
from mcda.ranking import TIE
from mcda.registry import Property, Variant, register

_Thresholds = float | Sequence[float | None] | None

_USUAL = ("usual preference function", {"preference_functions": "usual"})
_LINEAR = (
    "linear, thresholds 0.05 and 0.30 of the range",
    {"preference_functions": "linear", "q": 0.05, "p": 0.30, "threshold_scale": "range"},
)
_ALWAYS = frozenset(
    {
        Property.DOMINANCE,
        Property.ZERO_SUM,
        Property.UNIT,
        Property.SHIFT,
        Property.COMPLEMENT,
    }
)
_NET = _ALWAYS | {Property.MONOTONE_SCORE, Property.LINEAR}
# Relation of the row's alternative to the column's, by the sign of its advantage on both flows.
PREFERRED, OUTRANKED, INDIFFERENT, INCOMPARABLE = "P+", "P-", "I", "R"


def _check_relation(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    check_preferences(values, sense, params)
    need_time("PROMETHEE I", values.shape[-2])


@register(
    "promethee1",
    title="PROMETHEE I",
    reference="Brans and Vincke (1985)",
    parameters=PARAMETERS,
    variants=(
        Variant(*_USUAL, _ALWAYS | {Property.MONOTONE_SCORE}),
        Variant(*_LINEAR, _ALWAYS),
    ),
    check=_check_relation,
    degenerate="equal flows are indifferent; flows that disagree make two alternatives incomparable",
)
def promethee1(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    preference_functions: str | Sequence[str] = "usual",
    q: _Thresholds = None,
    p: _Thresholds = None,
    s: _Thresholds = None,
    threshold_scale: str = "absolute",
    steps: dict[str, Any] | None = None,
) -> Array:
    """How many alternatives each is preferred to, less how many are preferred to it.

    One alternative is preferred to another where it leaves no less and enters no more, one of
    them strictly; where the two flows disagree the pair is incomparable, and counts for neither.
    The relation (row to column: P+ preferred, P- the other preferred, I indifferent, R
    incomparable) is among the steps up to `MATRIX_LIMIT` alternatives.
    """
    chosen = preferences(values.shape[-1], preference_functions=preference_functions, q=q, p=p, s=s)
    leaving, entering = unicriterion_flows(
        values, sense, chosen, of_range=threshold_scale == "range"
    )
    flows = flow_steps(leaving, entering, weights)
    scores, relation = _partial_preorder(
        flows["phi_plus"], flows["phi_minus"], keep=steps is not None
    )
    if steps is not None:
        steps |= flows
        if relation is not None:
            apart = np.argwhere(relation == INCOMPARABLE)
            steps["relation"] = relation
            steps["incomparable"] = apart[apart[:, -2] < apart[:, -1]]
    return scores


def _partial_preorder(
    phi_plus: Array, phi_minus: Array, *, keep: bool
) -> tuple[Array, np.ndarray | None]:
    """Score every alternative against all others, one row of the relation at a time."""
    n = phi_plus.shape[-1]
    slack = TIE * np.maximum(phi_plus.max(axis=-1), phi_minus.max(axis=-1))[..., None]
    scores = np.empty(phi_plus.shape)
    relation = None
    if keep and n <= MATRIX_LIMIT:
        relation = np.full((*phi_plus.shape, n), INDIFFERENT, dtype="<U2")
    for i in range(n):
        more = phi_plus[..., i, None] - phi_plus
        less = phi_minus - phi_minus[..., i, None]
        ahead = (more > slack) | (less > slack)
        behind = (more < -slack) | (less < -slack)
        scores[..., i] = (ahead & ~behind).sum(axis=-1) - (behind & ~ahead).sum(axis=-1)
        if relation is not None:
            row = relation[..., i, :]
            row[ahead & ~behind] = PREFERRED
            row[behind & ~ahead] = OUTRANKED
            row[ahead & behind] = INCOMPARABLE
    return scores, relation


@register(
    "promethee2",
    title="PROMETHEE II",
    reference="Brans and Vincke (1985)",
    parameters=PARAMETERS,
    variants=(
        Variant(*_USUAL, _NET | {Property.MONOTONE_RANK}),
        Variant(*_LINEAR, _NET),
    ),
    check=check_preferences,
    degenerate="equal values give no preference; one alternative has net flow 0",
)
def promethee2(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    preference_functions: str | Sequence[str] = "usual",
    q: _Thresholds = None,
    p: _Thresholds = None,
    s: _Thresholds = None,
    threshold_scale: str = "absolute",
    steps: dict[str, Any] | None = None,
) -> Array:
    """Net flow: preference over the others less preference of the others; more is better."""
    chosen = preferences(values.shape[-1], preference_functions=preference_functions, q=q, p=p, s=s)
    leaving, entering = unicriterion_flows(
        values, sense, chosen, of_range=threshold_scale == "range"
    )
    if steps is not None:
        steps |= flow_steps(leaving, entering, weights)
    return weigh(leaving - entering, weights)
