"""Unicriterion flows of PROMETHEE: preference over the others, and of the others, on one criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcda.methods._common import weigh
from mcda.methods._pairs import rows_at_once
from mcda.methods._sorted import SORT_ABOVE, RunningSums, reach
from mcda.methods.preference import Preference
from mcda.normalisation import divide
from mcda.problem import Array

# Decimals kept of a share of the range, so that a threshold met exactly is met in every unit.
_DECIMALS = 12


def unicriterion_flows(
    values: Array, sense: Array, chosen: Sequence[Preference], *, of_range: bool
) -> tuple[Array, Array]:
    """Leaving and entering flow of every alternative on every criterion.

    Parameters
    ----------
    values : array, shape (..., n, m)
    sense : array, shape (m,)
    chosen
        The preference function of each criterion.
    of_range
        Whether thresholds are shares of the criterion's range.

    Returns
    -------
    leaving, entering : arrays, shape (..., n, m)
        Mean preference over the others, and of the others; a single alternative has 0.
    """
    n = values.shape[-2]
    columns = np.moveaxis(values * sense, -1, 0)
    if of_range:
        columns = columns / 2  # exact, and the range of very large values stays finite
    leaving, entering = np.empty(columns.shape), np.empty(columns.shape)
    # Advantages beyond the range of numbers are infinite, and preferred as they should be.
    with np.errstate(over="ignore", invalid="ignore"):
        for preference, alike in _runs(chosen, rows_at_once(columns[0].size, n)):
            by_sorting = n > SORT_ABOVE and preference.shape != "gaussian"
            flows = _by_sorting if by_sorting else _by_pairs
            leaving[alike], entering[alike] = flows(columns[alike], preference, of_range=of_range)
    others = max(n - 1, 1)
    leaving /= others
    entering /= others
    return np.moveaxis(leaving, 0, -1), np.moveaxis(entering, 0, -1)


def _runs(chosen: Sequence[Preference], longest: int) -> Iterator[tuple[Preference, slice]]:
    """Neighbouring criteria with one preference function, so many that their pairs stay few."""
    start = 0
    for stop in range(1, len(chosen) + 1):
        full = stop - start >= longest
        if full or stop == len(chosen) or chosen[stop] != chosen[start]:
            yield chosen[start], slice(start, stop)
            start = stop


def flow_steps(leaving: Array, entering: Array, weights: Array) -> dict[str, Any]:
    """Return the flows by the names of the literature."""
    return {
        "unicriterion_flows": leaving - entering,
        "phi_plus": weigh(leaving, weights),
        "phi_minus": weigh(entering, weights),
    }


def _advantage(gap: Array, spread: Array, preference: Preference) -> Array:
    """Gap as a share of the spread; rounded where the preference would jump."""
    share = divide(gap, spread)
    return np.round(share, _DECIMALS) if preference.steps else share


def _by_pairs(columns: Array, preference: Preference, *, of_range: bool) -> tuple[Array, Array]:
    """Form every pair, so many rows at a time that memory stays bounded."""
    n = columns.shape[-1]
    # Alternatives first, for a draw is the longer axis and NumPy is quick along the last.
    lanes = np.ascontiguousarray(columns.reshape(-1, n).T)
    leaving, entering = np.empty(lanes.shape), np.zeros(lanes.shape)
    spread = lanes.max(axis=0) - lanes.min(axis=0)
    rows = rows_at_once(lanes.shape[1], n)
    for start in range(0, n, rows):
        gap = lanes[start : start + rows, None] - lanes
        if of_range:
            gap = _advantage(gap, spread, preference)
        preferred = preference.of(gap)
        leaving[start : start + rows] = preferred.sum(axis=1)
        entering += preferred.sum(axis=0)
    return leaving.T.reshape(columns.shape), entering.T.reshape(columns.shape)


def _by_sorting(column: Array, preference: Preference, *, of_range: bool) -> tuple[Array, Array]:
    """Sort each column of the batch; time n log n and memory n for each."""
    leaving, entering = np.empty(column.shape), np.empty(column.shape)
    for draw in np.ndindex(column.shape[:-1]):
        order = np.argsort(column[draw])
        ordered = column[draw][order]
        leaving[draw][order] = _preferred(ordered, preference, of_range=of_range)
        # Who is preferred to whom turns round with the sign and the order of the values.
        turned = _preferred(-ordered[::-1], preference, of_range=of_range)
        entering[draw][order] = turned[::-1]
    return leaving, entering


def _preferred(ordered: Array, preference: Preference, *, of_range: bool) -> Array:
    """Sum of each value's preference over all others; values ascending, shape (n,)."""
    spread = ordered[-1] - ordered[0]
    if spread == 0:
        return np.zeros(ordered.shape)
    unit = float(spread) if of_range else 1.0

    def beyond(place: float) -> NDArray[np.intp]:
        def far(gap: Array) -> NDArray[np.bool_]:
            advantage = _advantage(gap, spread, preference) if of_range else gap
            beyond_it: NDArray[np.bool_] = advantage > place
            return beyond_it

        return reach(ordered, far, place * unit)

    if preference.steps:
        counts = [height * beyond(place) for height, place in preference.steps]
        risen: Array = np.sum(counts, axis=0, dtype=np.float64)
        return risen
    start, end = preference.start, preference.p
    sloping, full = beyond(start), beyond(end)
    advantage = RunningSums(ordered).gaps(full, sloping) / unit
    slope: Array = (advantage - start * (sloping - full)) / (end - start)
    return full + slope
