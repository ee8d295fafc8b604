"""CODAS: pairwise advantages in two distances from the negative ideal."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcda.errors import ProblemError
from mcda.lanes import fold
from mcda.methods._common import lowest, weigh
from mcda.methods._pairs import MATRIX_LIMIT, rows_at_once
from mcda.methods._sorted import SORT_ABOVE, RunningSums, reach
from mcda.normalisation import maximum
from mcda.problem import Array
from mcda.registry import Parameter, Property, Variant, register


def _check(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    tau = params["tau"]
    if isinstance(tau, bool) or not isinstance(tau, (int, float)) or not 0 <= tau < math.inf:
        raise ProblemError(
            "tau", "the threshold tau is {found}; expected a number of 0 or more", found=tau
        )
    maximum(lowest(values), sense)


@register(
    "codas",
    title="CODAS",
    reference="Keshavarz Ghorabaee, Zavadskas, Turskis and Antucheviciene (2016)",
    parameters=(
        Parameter("tau", 0.02, "Euclidean difference above which the taxicab distance counts too"),
    ),
    variants=(Variant("tau 0.02", {"tau": 0.02}, frozenset({Property.UNIT, Property.ZERO_SUM})),),
    check=_check,
    degenerate="a criterion on which all are equal adds no distance; one alternative has 0",
    needs="benefits of 0 or more, costs above 0",
)
def codas(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    tau: float = 0.02,
    steps: dict[str, Any] | None = None,
) -> Array:
    """Sum of pairwise advantages in distance from the negative ideal; more is better.

    The matrix of advantages (Ra) is among the steps up to `MATRIX_LIMIT` alternatives.
    """
    n = values.shape[-2]
    normalised = maximum(values, sense)
    gap = normalised - fold(np.minimum, normalised, -2, keepdims=True)
    euclidean = np.sqrt(weigh(gap**2, weights**2))
    taxicab = weigh(gap, weights)
    if steps is not None:
        steps |= {"normalised": normalised, "E": euclidean, "T": taxicab}
        if n <= MATRIX_LIMIT:
            steps["Ra"] = _assessment(euclidean, taxicab, tau)
    total = _total_by_sorting if n > SORT_ABOVE else _total_by_pairs
    return total(euclidean, taxicab, tau)


def _assessment(euclidean: Array, taxicab: Array, tau: float) -> Array:
    """Advantage of each alternative over each other, shape (..., n, n)."""
    e = euclidean[..., :, None] - euclidean[..., None, :]
    t = taxicab[..., :, None] - taxicab[..., None, :]
    advantage: Array = e + (np.abs(e) >= tau) * t
    return advantage


def _total_by_pairs(euclidean: Array, taxicab: Array, tau: float) -> Array:
    """Sum of each row of the assessment, so many rows at a time that memory stays bounded."""
    n = euclidean.shape[-1]
    e, t = (np.ascontiguousarray(d.reshape(-1, n).T) for d in (euclidean, taxicab))
    total = np.empty(e.shape)
    rows = rows_at_once(e.shape[1], n)
    for start in range(0, n, rows):
        these = slice(start, start + rows)
        apart = e[these, None] - e
        total[these] = (apart + (np.abs(apart) >= tau) * (t[these, None] - t)).sum(axis=1)
    return total.T.reshape(euclidean.shape)


def _total_by_sorting(euclidean: Array, taxicab: Array, tau: float) -> Array:
    """Sum of each row of the assessment without forming it; time n log n, memory n."""
    total = np.empty(euclidean.shape)
    n = euclidean.shape[-1]
    none, everyone = np.zeros(n, dtype=np.intp), np.full(n, n)

    def far(gap: Array) -> NDArray[np.bool_]:
        apart: NDArray[np.bool_] = gap >= tau
        return apart

    for draw in np.ndindex(euclidean.shape[:-1]):
        order = np.argsort(euclidean[draw])
        ordered = euclidean[draw][order]
        other = RunningSums(taxicab[draw][order])
        below = reach(ordered, far, tau)
        # Who is far above turns round with the sign and the order of the distances.
        above = n - reach(-ordered[::-1], far, tau)[::-1]
        if tau == 0:  # equal distances count from both sides: once is enough
            below = above
        summed = RunningSums(ordered).gaps(none, everyone)
        total[draw][order] = summed + other.gaps(none, below) + other.gaps(above, everyone)
    return total
