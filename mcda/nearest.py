"""Nearest weights on the far side of a plane: exact, in the L1 and in the L2 norm."""

from __future__ import annotations

import numpy as np

from mcda.problem import Array


def distance_of(change: Array, norm: str) -> float:
    """Length of a change of weights: ``L1`` sums what is moved, ``L2`` is Euclid's."""
    return float(np.abs(change).sum() if norm == "L1" else np.sqrt((change**2).sum()))


def nearest_weights(weights: Array, lead: Array, norm: str, slack: float) -> Array | None:
    """Nearest weights with ``lead @ w <= 0``, 0 or more and summing to 1.

    Parameters
    ----------
    weights, lead : arrays, shape (m,)
    norm : {"L1", "L2"}
    slack : float
        A lead above ``-slack`` at every corner is taken for one that is nowhere negative.

    Returns
    -------
    array or None
        None where no weights make the lead negative.
    """
    if lead.min() >= -slack:
        return None
    if lead @ weights <= 0:
        return weights.copy()
    return _moved(weights, lead) if norm == "L1" else _project(weights, lead)


def _moved(weights: Array, lead: Array) -> Array:
    """Move weight to where the lead is least, taken from where it is largest first.

    Every share moved lowers the lead by the difference of the two coefficients, so the least
    movement takes the largest differences: the fractional knapsack (Dantzig 1957).
    """
    sink = int(np.argmin(lead))
    gain = lead - lead[sink]
    nearest: Array = weights.copy()
    missing = float(lead @ weights)
    for j in np.argsort(-gain, kind="stable"):
        if gain[j] <= 0:
            break
        share = min(nearest[j], missing / gain[j])
        nearest[j] -= share
        nearest[sink] += share
        missing -= share * gain[j]
        if missing <= 0:
            break
    return nearest


def _project(weights: Array, lead: Array) -> Array:
    """Euclidean projection on the simplex cut by ``lead @ w <= 0``, by bisecting its multiplier."""
    low, high = 0.0, 1.0 / np.abs(lead).max()
    while lead @ _onto_simplex(weights - high * lead) > 0:
        low, high = high, 2.0 * high
    for _ in range(80):
        middle = 0.5 * (low + high)
        if lead @ _onto_simplex(weights - middle * lead) > 0:
            low = middle
        else:
            high = middle
    return _onto_simplex(weights - high * lead)


def _onto_simplex(point: Array) -> Array:
    """Nearest point of the simplex (Held, Wolfe and Crowder 1974)."""
    ordered = -np.sort(-point)
    excess = (np.cumsum(ordered) - 1) / np.arange(1, len(point) + 1)
    shift = excess[np.flatnonzero(ordered > excess)[-1]]
    projected: Array = np.maximum(point - shift, 0.0)
    return projected
