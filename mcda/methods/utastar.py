"""Additive value inferred from a ranking of reference alternatives: UTASTAR."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mcda.correlation import kendall_tau_b
from mcda.disaggregation import Disaggregation, even_breakpoints, infer
from mcda.errors import ProblemError
from mcda.methods._common import as_floats
from mcda.methods._room import ROOM
from mcda.normalisation import minmax
from mcda.problem import Array
from mcda.ranking import ranks_of
from mcda.registry import REQUIRED, Parameter, Property, Variant, register
from mcda.value_functions import numbers, read_breakpoints


def _references(values: Array, given: Any) -> Array:  # noqa: ANN401 - any parameter
    if given is None:
        return values
    table, m = as_floats(given), values.shape[-1]
    if (
        table is None
        or table.ndim != 2
        or table.shape[1] != m
        or not len(table)
        or not np.isfinite(table).all()
    ):
        raise ProblemError(
            "references",
            "references are {found}; expected rows of {m} finite numbers, one a criterion",
            found=given,
            m=m,
        )
    return table


def _check(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    references = _references(values, params["references"])
    ranks = numbers(params["ranks"])
    if len(ranks) != references.shape[-2]:
        raise ProblemError(
            "utastar_ranks",
            "ranks are {found}; expected {count} finite numbers, 1 the best, one for each reference",
            found=params["ranks"],
            count=references.shape[-2],
        )
    points, delta = params["breakpoints"], params["delta"]
    if isinstance(points, bool) or (isinstance(points, (int, float)) and not _counts(points)):
        raise ProblemError(
            "breakpoint_count",
            "the number of breakpoints is {found}; expected a whole number of 2 or more",
            found=points,
        )
    widths = (
        [points - 1] * len(sense)
        if isinstance(points, int)
        else [len(row) - 1 for row in read_breakpoints(points, sense)]
    )
    unknowns = sum(widths) + 2 * len(ranks)
    if unknowns**2 > ROOM:
        raise ProblemError(
            "utastar_room",
            "UTASTAR would have to find {found} numbers; expected at most {most}, with fewer references or "
            "breakpoints",
            found=unknowns,
            most=math.isqrt(ROOM),
        )
    if isinstance(delta, bool) or not isinstance(delta, (int, float)) or not 0 < delta <= 1:
        raise ProblemError(
            "delta",
            "UTASTAR's delta is {found}; expected a number above 0 and at most 1",
            found=delta,
        )


def _counts(points: float) -> bool:
    return isinstance(points, int) and points >= 2


def _ranks_by_equal_weights(values: Array, weights: Array, sense: Array) -> dict[str, Any]:
    """Make up a ranking of the alternatives themselves: by the sum of what they reach."""
    reached = minmax(values, sense).sum(axis=-1)
    return {"references": values.tolist(), "ranks": ranks_of(np.round(reached, 6)).tolist()}


@register(
    "utastar",
    title="UTASTAR",
    reference="Siskos and Yannacopoulos (1985)",
    parameters=(
        Parameter(
            "ranks",
            REQUIRED,
            "rank of each reference alternative, 1 the best, equal ranks for ties",
        ),
        Parameter(
            "references",
            None,
            "values of the reference alternatives, one row each; left out: the alternatives themselves",
            per_criterion=1,
        ),
        Parameter(
            "breakpoints",
            3,
            "number of evenly spaced breakpoints over the range of the references, or list per criterion "
            "from the worst to the best",
            per_criterion=0,
        ),
        Parameter("delta", 0.05, "least difference in value between neighbouring ranks, 0 to 1"),
    ),
    variants=(
        # With references of its own the value function does not move with the alternatives.
        Variant(
            "three breakpoints, delta 0.05",
            {"breakpoints": 3, "delta": 0.05},
            frozenset(
                {
                    Property.MONOTONE_SCORE,
                    Property.MONOTONE_RANK,
                    Property.DOMINANCE,
                    Property.INDEPENDENCE,
                    Property.LINEAR,
                    Property.UNIT_INTERVAL,
                }
            ),
            suited=_ranks_by_equal_weights,
        ),
    ),
    check=_check,
    degenerate=(
        "weights are inferred, those of the problem are not used; a criterion on which the references are "
        "equal adds 0; beyond the outermost breakpoints the value stays what it is there; the "
        "properties hold where references are given"
    ),
)
def utastar(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    ranks: Sequence[float],
    references: Sequence[Sequence[float]] | None = None,
    breakpoints: int | Sequence[Sequence[float]] = 3,
    delta: float = 0.05,
    steps: dict[str, Any] | None = None,
) -> Array:
    """Value of each alternative by the function that best restores a given ranking.

    Where the alternatives are their own references and vary from draw to draw, every draw has its
    own linear programmes; with references there is one for all.
    """

    def inferred(table: Array) -> Disaggregation:
        points = (
            even_breakpoints(table, sense, breakpoints)
            if isinstance(breakpoints, int)
            else read_breakpoints(breakpoints, sense)
        )
        return infer(table, np.asarray(ranks, dtype=np.float64), points, delta)

    own = references is None
    tables = (values if own else np.asarray(references, dtype=np.float64)).reshape(
        -1, len(ranks), values.shape[-1]
    )
    found = [inferred(table) for table in tables]
    scores: Array = (
        np.stack([f.value(t) for f, t in zip(found, tables, strict=True)]).reshape(
            values.shape[:-1]
        )
        if own
        else found[0].value(values)
    )
    if steps is not None:
        steps |= _told(found[0], tables[0], np.asarray(ranks, dtype=np.float64))
    lead = np.broadcast_shapes(scores.shape[:-1], weights.shape[:-1])
    return np.broadcast_to(scores, (*lead, scores.shape[-1])).copy()


def _told(found: Disaggregation, references: Array, ranks: Array) -> dict[str, Any]:
    restored = ranks_of(found.value(references))
    return {
        "lp_objective": found.lp_objective,
        "overestimation": found.overestimation,
        "underestimation": found.underestimation,
        "breakpoints": list(found.breakpoints),
        "marginal_values": list(found.marginal_values),
        "weights": found.weights,
        "largest_weights": found.largest_weights,
        "kendall_tau": kendall_tau_b(ranks, restored) if len(ranks) > 1 else None,
    }
