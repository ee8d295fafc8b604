"""ELECTRE TRI-B: each alternative into an ordered class, by comparing it with the classes' borders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.methods._common import as_floats
from mcda.methods._credibility import (
    Thresholds,
    check_level,
    check_order,
    deficit,
    outranking,
    reached,
    vetoes,
)
from mcda.problem import Array
from mcda.registry import REQUIRED, Parameter, Property, Role, Variant, nearest, register

_ASSIGNMENTS = ("pessimistic", "optimistic")
_ALWAYS = frozenset(
    {
        Property.MONOTONE_SCORE,
        Property.MONOTONE_RANK,
        Property.DOMINANCE,
        Property.INDEPENDENCE,
    }
)
_ROWS = "one for all, or rows with one per criterion: one row for all profiles or a row for each"


def _suited(values: Array, weights: Array, sense: Array) -> Mapping[str, Any]:
    """Borders at a third and two thirds of each criterion's range: three classes."""
    oriented = values * sense
    low, high = oriented.min(axis=0), oriented.max(axis=0)
    return {
        "profiles": [((low + share * (high - low)) * sense).tolist() for share in (1 / 3, 2 / 3)]
    }


def _profiles(given: Any, m: int) -> Array:  # noqa: ANN401 - whatever is given
    table = as_floats(given)
    if table is None or table.ndim != 2 or table.shape[1] != m or not np.isfinite(table).all():
        raise ProblemError(
            "profiles",
            "ELECTRE TRI's profiles are {found}; expected a list of rows from the worst border of "
            "classes to the best, one number for each of {m} criteria",
            found=given,
            m=m,
        )
    return table


def _table(given: Any, rows: int, m: int, name: str) -> list[list[Any]]:  # noqa: ANN401 - scalar or rows
    """Spread a threshold over profiles and criteria."""
    if given is None or isinstance(given, (str, int, float)):
        return [[given] * m] * rows
    if (
        isinstance(given, Sequence)
        and len(given) in {1, rows}
        and all(isinstance(row, Sequence) and len(row) == m for row in given)
    ):
        table = [list(row) for row in given]
        return table * rows if len(table) == 1 else table
    raise ProblemError(
        "per_profile",
        "ELECTRE TRI's {name} is {found}; expected one value, or a list of rows: one for all {rows} "
        "profiles or one for each, with one value for each of {m} criteria",
        name=name,
        found=given,
        rows=rows,
        m=m,
    )


def _check(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    m = values.shape[-1]
    profiles = _profiles(params["profiles"], m)
    for h, j in np.argwhere(np.diff(profiles, axis=0) * sense < 0):
        raise ProblemError(
            "profile_order",
            "profile number {profile} is worse than the one before on criterion number {number}; "
            "expected profiles from the worst to the best",
            profile=int(h) + 2,
            number=int(j) + 1,
        )
    for rows in zip(*(_table(params[t], len(profiles), m, t) for t in "qpv"), strict=True):
        check_order(*rows)
    check_level("ELECTRE TRI", "lambda", params["lambda"], 0.5, 1)
    if params["assignment"] not in _ASSIGNMENTS:
        raise ProblemError(
            "assignment",
            "ELECTRE TRI's assignment is {found}; expected {nearest}",
            found=repr(params["assignment"]),
            nearest=nearest(str(params["assignment"]), list(_ASSIGNMENTS)),
        )


@register(
    "electre-tri",
    title="ELECTRE TRI-B",
    reference="Yu (1992)",
    role=Role.SORTING,
    parameters=(
        Parameter(
            "profiles",
            REQUIRED,
            "borders between neighbouring classes, from the worst to the best, a row of one number for "
            "each criterion",
            per_criterion=1,
        ),
        Parameter(
            "q", 0.0, f"indifference threshold in the criterion's unit: {_ROWS}", per_criterion=1
        ),
        Parameter(
            "p", 0.0, f"preference threshold in the criterion's unit: {_ROWS}", per_criterion=1
        ),
        Parameter(
            "v",
            None,
            f"veto threshold in the criterion's unit: {_ROWS}; none: no veto",
            per_criterion=1,
        ),
        Parameter(
            "lambda",
            0.75,
            "cutting level, 0.5 to 1: credibility that outranking needs; the default is an assumption",
        ),
        Parameter(
            "assignment",
            "pessimistic",
            "pessimistic: the best class whose lower border the alternative outranks; optimistic: the "
            "worst class whose upper border is preferred to it",
        ),
    ),
    variants=(
        Variant("pessimistic assignment", {"assignment": "pessimistic"}, _ALWAYS, _suited),
        Variant("optimistic assignment", {"assignment": "optimistic"}, _ALWAYS, _suited),
    ),
    needs="profiles that separate the classes",
    check=_check,
    degenerate="an alternative's class depends on no other alternative; one that equals a border "
    "belongs to the class above it",
)
def electre_tri(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    profiles: Sequence[Sequence[float]],
    q: float | Sequence[Sequence[float]] = 0.0,
    p: float | Sequence[Sequence[float]] = 0.0,
    v: float | Sequence[Sequence[float | None]] | None = None,
    assignment: str = "pessimistic",
    steps: dict[str, Any] | None = None,
    **params: Any,  # noqa: ANN401 - lambda is a word of the language
) -> Array:
    """Number of the class, 1 worst: k profiles separate k + 1 classes.

    Thresholds stay in the criterion's unit: were they shares of the range, an alternative's class
    would depend on the others.
    """
    cut = params.get("lambda", 0.75)
    m = values.shape[-1]
    borders = np.array(profiles, dtype=np.float64)
    k = len(borders)
    limits = Thresholds(
        q=np.array(_table(q, k, m, "q"), dtype=np.float64),
        p=np.array(_table(p, k, m, "p"), dtype=np.float64),
        v=np.array([vetoes(row) for row in _table(v, k, m, "v")]),
    )

    def short(j: int) -> Array:
        return deficit(values[..., j] * sense[j], borders[:, j] * sense[j])

    def ahead(j: int) -> Array:
        return -short(j)

    # Profiles run along the last axis of the deficits, and so do their thresholds.
    over_profile = outranking(short, weights, lambda t: t, limits)
    under_profile = outranking(ahead, weights, lambda t: t, limits)
    outranks = reached(over_profile.credibility, cut)
    preferred = reached(under_profile.credibility, cut) & ~outranks
    # Pessimistic: down from the best profile to the first outranked; optimistic: up from the worst
    # to the first that is preferred.
    numbers = np.arange(1, k + 1)
    pessimistic = 1.0 + np.where(outranks, numbers, 0).max(axis=-1)
    optimistic = np.where(preferred, numbers, k + 1.0).min(axis=-1)
    if steps is not None:
        steps["concordance"] = over_profile.concordance
        steps["concordance_of_profile"] = under_profile.concordance
        steps["credibility"] = over_profile.credibility
        steps["credibility_of_profile"] = under_profile.credibility
        steps["pessimistic"] = pessimistic
        steps["optimistic"] = optimistic
    assigned: Array = pessimistic if assignment == "pessimistic" else optimistic
    return assigned
