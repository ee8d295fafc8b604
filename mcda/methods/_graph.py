"""Outranking graphs, a batch of them at once: circuits, kernels, and the rankings of ELECTRE II."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mcda.problem import Array

Arcs = NDArray[np.bool_]
"""Who outranks whom, shape (..., n, n): the row the column."""


def closure(arcs: Arcs) -> Arcs:
    """Who reaches whom along arcs; each reaches itself."""
    n = arcs.shape[-1]
    reach: Arcs = arcs | np.eye(n, dtype=bool)
    while True:
        further = _product(reach, reach)
        if (further == reach).all():
            return reach
        reach = further


def circuits(arcs: Arcs) -> Arcs:
    """Who lies on a common circuit with whom; each does with itself."""
    reach = closure(arcs)
    return reach & np.swapaxes(reach, -1, -2)


def contract(arcs: Arcs, same: Arcs) -> Arcs:
    """Give all members of a class the arcs of any of them, and none within the class."""
    return _product(_product(same, arcs), same) & ~same


def kernel(arcs: Arcs) -> Arcs:
    """Members of the kernel, shape (..., n).

    No member outranks another, and whoever is outside is outranked by a member (Roy 1968). A graph
    without circuits has exactly one kernel; a circuit is first made one element, whose members
    then all belong to the kernel or none does (Figueira, Mousseau and Roy 2005).
    """
    outer = contract(arcs, circuits(arcs))
    inside = np.zeros(outer.shape[:-1], dtype=bool)
    outside = inside.copy()
    while not (inside | outside).all():
        # Whoever is outranked only by outsiders is in; those whom the newcomers outrank are out.
        rivals = (outer & ~outside[..., :, None]).any(axis=-2)
        inside |= ~outside & ~rivals
        outside |= (outer & inside[..., :, None]).any(axis=-2)
    return inside


def successive_ranking(strong: Arcs, weak: Arcs) -> Array:
    """Rank by taking away, again and again, those whom nobody left outranks (Roy and Bertier 1973).

    Of those left whom none strongly outranks, the ones are taken whom none of these weakly
    outranks. Circuits of the strong relation, and those of the weak one among the candidates, are
    one element.

    Returns
    -------
    array, shape (..., n)
        Number of the step at which each is taken, 1 on.
    """
    same = circuits(strong)
    ahead = contract(strong, same)
    near = contract(weak, same)
    looped = bool((circuits(near | same) != same).any())
    place = np.zeros(ahead.shape[:-1])
    left = np.ones(place.shape, dtype=bool)
    step = 0
    while left.any():
        step += 1
        candidates = left & ~(ahead & left[..., :, None]).any(axis=-2)
        pairs = candidates[..., :, None] & candidates[..., None, :]
        among = near & pairs
        if looped:
            reach = closure(among | (same & pairs))
            among = reach & ~np.swapaxes(reach, -1, -2)
        taken = candidates & ~among.any(axis=-2)
        place[taken] = step
        left &= ~taken
    return place


def _product(one: Arcs, other: Arcs) -> Arcs:
    counts = np.matmul(one.astype(np.float32), other.astype(np.float32))
    joined: Arcs = counts > 0.5
    return joined
