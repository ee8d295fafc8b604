"""Which weights and values are in doubt in a problem file, and how."""

from __future__ import annotations

import numpy as np

from app.commands.faults import UserError
from app.commands.robustness_params import Params, Table, checked, shown
from mcda import priors, resampled_weights, values
from mcda.priors import WeightDraw
from mcda.values import ValueDraw

# What each prior needs.
WEIGHTS: dict[str, tuple[str, ...]] = {
    "exact": (),
    "uniform": (),
    "dirichlet": ("alpha",),
    "ordinal": ("order",),
    "interval": ("weights_low", "weights_high"),
    "linear": ("constraints",),
    "draws": ("weight_draws",),
}
# Those that are uniform over what is allowed take constraints besides.
BOUNDED = [("weights_prior", k) for k in ("uniform", "ordinal", "interval", "linear")]
VALUES: dict[str, tuple[str, ...]] = {
    "exact": (),
    "draws": ("value_draws",),
    "normal": ("sd",),
    "interval": ("values_low", "values_high"),
    "triangular": ("values_low", "values_high"),
}


def weights_prior(params: Params, m: int, *, known: bool) -> tuple[str, WeightDraw | None]:
    """Take what is said of the weights: the name, and the draw (None: exact, as in the file).

    Without a prior, weights that stand in the file are exact, and those that do not are uniform;
    a prior takes the place of weights in the file.
    """
    prior = params.prior("weights_prior", WEIGHTS, "exact" if known else "uniform")
    if prior == "exact" and not known:
        raise UserError(
            "{file}: the weights are missing; weights_prior exact needs them", file=params.file
        )
    bounds, limits = np.empty((0, m)), np.empty(0)
    match prior:
        case "exact":
            return prior, None
        case "dirichlet":
            return prior, priors.dirichlet(params.table("alpha", m))
        case "draws":
            return prior, resampled_weights(_weight_draws(params, m))
        case "ordinal":
            order = [int(k) if k.is_integer() else k for k in params.table("order", m).tolist()]
            draw = priors.ordinal(order)
            ranked = np.eye(m)[order]
            bounds, limits = ranked[1:] - ranked[:-1], np.zeros(m - 1)
        case "interval":
            low, high = params.table("weights_low", m), params.table("weights_high", m)
            draw = priors.interval(low, high)
            bounds, limits = np.vstack([np.eye(m), -np.eye(m)]), np.concatenate([high, -low])
        case _:
            draw = priors.uniform(m)
    if "constraints" in params.given:
        A, b = _constraints(params, m)
        draw = priors.linear(np.vstack([bounds, A]), np.concatenate([limits, b]))
    return prior, draw


def _weight_draws(params: Params, m: int) -> Table:
    """Take draws of weights, scaled to sum 1 as weights are."""
    rows = params.table("weight_draws", None, m)
    for i, row in enumerate(rows):
        if row.min() < 0 or row.max() <= 0:
            raise UserError(
                "{file}: {key} is {found}; expected numbers of 0 or more, one of them above 0",
                file=params.file,
                key=f"params.weight_draws[{i}]",
                found=row.tolist(),
            )
    level = rows / rows.max(axis=1, keepdims=True)
    shares: Table = level / level.sum(axis=1, keepdims=True)
    return shares


def _constraints(params: Params, m: int) -> tuple[Table, Table]:
    """Take linear constraints: A w is at most b."""
    given = params.given.pop("constraints")
    if not isinstance(given, dict) or sorted(given) != ["A", "b"]:
        raise UserError(
            "{file}: params.constraints is {found}; expected A (one row per constraint) and b "
            "(one limit per constraint), for A w at most b",
            file=params.file,
            found=shown(given),
        )
    A = np.array(checked(given["A"], "params.constraints.A", params.file, (None, m)))
    b = np.array(checked(given["b"], "params.constraints.b", params.file, (len(A),)))
    return A.astype(np.float64), b.astype(np.float64)


def values_prior(
    params: Params, matrix: Table | None, m: int
) -> tuple[str, Table, ValueDraw | None]:
    """Take what is said of the values: the name, a table in their midst, the draw (None: exact).

    Without a prior it is the one whose tables are given. The matrix is the mean of normal values
    and the mode of triangular ones; for intervals and draws it may be left out.
    """
    there = [k for k, needs in VALUES.items() if any(part in params.given for part in needs)]
    prior = params.prior("values_prior", VALUES, there[0] if there else "exact")
    n = None if matrix is None else len(matrix)
    if prior == "draws":
        tables = params.table("value_draws", None, n, m)
        return prior, tables.mean(axis=0) if matrix is None else matrix, values.resampled(tables)
    if prior == "interval":
        low = params.table("values_low", n, m)
        high = params.table("values_high", len(low), m)
        draw = values.interval(low, high)
        if matrix is None:
            return prior, low + (high - low) / 2, draw
        values.triangular(low, matrix, high)  # refuses a matrix outside its own bounds
        return prior, matrix, draw
    if matrix is None:
        raise UserError(
            "{file}: the key {key} is missing; expected {keys}",
            file=params.file,
            key=repr("matrix"),
            keys="matrix, senses",
        )
    if prior == "normal":
        return prior, matrix, values.normal(matrix, params.table("sd", n, m))
    if prior == "triangular":
        low, high = params.table("values_low", n, m), params.table("values_high", n, m)
        return prior, matrix, values.triangular(low, matrix, high)
    return prior, matrix, None
