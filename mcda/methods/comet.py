"""COMET: alternatives placed among characteristic objects whose order is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.methods._characteristic import (
    Grid,
    characteristic_grid,
    inferred,
    levels,
    rated_objects,
    summed_judgements,
)
from mcda.methods._common import as_floats
from mcda.normalisation import divide
from mcda.problem import Array
from mcda.registry import Parameter, Property, Variant, register

RATINGS = ("wsm", "topsis")
# Three values on each of ten criteria make 59,049 objects.
MOST_OBJECTS = 100_000
# Cells of a block of draws; memory does not grow with the number of draws.
_BLOCK = 2**20


def _check(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    grid, m = params["characteristic_values"], values.shape[-1]
    if params["rating"] not in RATINGS:
        raise ProblemError(
            "rating",
            "COMET's rating is {found}; expected wsm or topsis",
            found=repr(params["rating"]),
        )
    if grid is not None:
        _check_grid(values, grid)
    count = 3**m if grid is None else prod(len(row) for row in grid)
    if count > MOST_OBJECTS:
        raise ProblemError(
            "objects",
            "COMET would rate {count} characteristic objects; expected at most {most}: "
            "take fewer criteria or fewer characteristic values",
            count=count,
            most=MOST_OBJECTS,
        )
    given = [name for name in ("preferences", "judgements") if params[name] is not None]
    if given and (len(given) > 1 or grid is None):
        raise ProblemError(
            "judged_objects",
            "preferences or judgements of characteristic objects need their characteristic_values, "
            "and only one of the two can be given",
        )
    if "preferences" in given:
        rated = as_floats(params["preferences"])
        if rated is None or rated.shape != (count,) or not np.isfinite(rated).all():
            raise ProblemError(
                "preferences",
                "COMET's preferences are no list of {count} numbers; "
                "expected one for each characteristic object, the last criterion running fastest",
                count=count,
            )
    if "judgements" in given:
        _check_judgements(params["judgements"], count)


def _check_grid(values: Array, grid: Any) -> None:  # noqa: ANN401 - any parameter
    m = values.shape[-1]
    rows = [as_floats(row) for row in grid] if isinstance(grid, (list, tuple, np.ndarray)) else []
    if len(rows) != m:
        raise ProblemError(
            "characteristic_values",
            "characteristic values are {found}; expected a list of values for each of {m} criteria",
            found=grid,
            m=m,
        )
    for j, row in enumerate(rows):
        if (
            row is None
            or row.ndim != 1
            or len(row) < 2
            or not np.isfinite(row).all()
            or not (np.diff(row) > 0).all()
        ):
            raise ProblemError(
                "characteristic_order",
                "criterion number {number}: characteristic values are {found}; "
                "expected two or more numbers, each above the one before",
                number=j + 1,
                found=grid[j],
            )
        column = values[..., j]
        if column.min() < row[0] or column.max() > row[-1]:
            raise ProblemError(
                "outside_characteristic_values",
                "criterion number {number}: a value lies outside its characteristic values {low} to {high}",
                number=j + 1,
                low=row[0],
                high=row[-1],
            )


def _check_judgements(given: Any, count: int) -> None:  # noqa: ANN401 - any parameter
    table = as_floats(given)
    if (
        table is None
        or table.shape != (count, count)
        or not np.isin(table, (0.0, 0.5, 1.0)).all()
        or not (table + table.T == 1.0).all()
    ):
        raise ProblemError(
            "judgements",
            "COMET's judgements are no matrix of {count} rows and columns with 1 for better, 0.5 for "
            "equal and 0 for worse, each pair adding up to 1",
            count=count,
        )


_EVERYWHERE = frozenset(
    {
        Property.DOMINANCE,
        Property.UNIT,
        Property.SHIFT,
        Property.COMPLEMENT,
        Property.UNIT_INTERVAL,
    }
)


@register(
    "comet",
    title="COMET",
    reference="Salabun (2015)",
    parameters=(
        Parameter(
            "characteristic_values",
            None,
            "ascending values per criterion, in its unit; left out: least, mean, greatest of the data",
            per_criterion=0,
        ),
        Parameter(
            "rating",
            "wsm",
            "wsm or topsis (both with min-max values): rates the characteristic objects where nobody judged them",
        ),
        Parameter(
            "preferences",
            None,
            "one number per characteristic object, more is better, the last criterion running fastest",
        ),
        Parameter(
            "judgements",
            None,
            "characteristic objects compared in pairs: 1 better, 0.5 equal, 0 worse",
        ),
    ),
    variants=(
        Variant("objects rated by a weighted sum", {"rating": "wsm"}, _EVERYWHERE),
        Variant("objects rated by TOPSIS", {"rating": "topsis"}, _EVERYWHERE),
    ),
    check=_check,
    slow=True,
    degenerate=(
        "a criterion on which all are equal tells no objects apart; where all objects are rated "
        "alike each has preference 0.5"
    ),
    needs="at most 100000 characteristic objects: with three values per criterion, ten criteria",
)
def comet(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    characteristic_values: Grid | None = None,
    rating: str = "wsm",
    preferences: Sequence[float] | None = None,
    judgements: Grid | None = None,
    steps: dict[str, Any] | None = None,
) -> Array:
    """Preference P of the characteristic objects around, by triangular fuzzy rules; more is better.

    P is the level of an object's summed judgements SJ among the distinct ones, 0 to 1. Weights
    count only through the rating; judged objects need none.
    """
    n, m = values.shape[-2:]
    lead = np.broadcast_shapes(values.shape[:-2], weights.shape[:-1])
    draws = prod(lead)
    w = np.broadcast_to(weights, (*lead, m)).reshape(draws, m)
    fixed = values.ndim == 2
    x = values[None] if fixed else np.broadcast_to(values, (*lead, n, m)).reshape(draws, n, m)
    judged = None
    if preferences is not None:
        judged = np.asarray(preferences, dtype=np.float64)
    elif judgements is not None:
        judged = np.asarray(judgements, dtype=np.float64).sum(axis=1)
    objects = 3**m if characteristic_values is None else prod(map(len, characteristic_values))
    scores = np.empty((draws, n))
    size = max(1, _BLOCK // (objects + n))
    for start in range(0, draws, size):
        part = slice(start, start + size)
        some = x if fixed else x[part]
        grid = characteristic_grid(some, characteristic_values)
        if judged is None:
            rated = rated_objects(grid, w[part], sense, rating)
        else:
            rated = divide(judged - judged.min(), np.ptp(judged, keepdims=True))[None]
        p = levels(rated)
        scores[part] = inferred(some, grid, np.broadcast_to(p, (len(w[part]), objects)))
        if steps is not None:
            steps["characteristic_values"] = [row[0].tolist() for row in grid]
            steps["characteristic_objects"] = np.stack(
                np.meshgrid(*(row[0] for row in grid), indexing="ij"), axis=-1
            ).reshape(-1, m)
            steps["sj"] = summed_judgements(p[0]) if judgements is None else judged
            steps["p"] = p[0]
    return scores.reshape(*lead, n)
