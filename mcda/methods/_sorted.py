"""Sums over pairs of alternatives by sorting, exact: O(n log n) time and O(n) memory.

Whether a pair counts is decided by the same comparison of the same difference as when every pair
is formed, so that thresholds met exactly are met here too.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from mcda.problem import Array

# Up to this many alternatives forming every pair is faster than sorting.
SORT_ABOVE = 100
# Bits of the significand of a double.
_BITS = 53

Counts = NDArray[np.intp]
Far = Callable[[Array], NDArray[np.bool_]]


def reach(ordered: Array, far: Far, distance: float) -> Counts:
    """How many values lie far below each one.

    Parameters
    ----------
    ordered : array, shape (n,)
        Ascending.
    far
        Tells of a gap whether it counts; the larger the gap the sooner.
    distance
        About the gap from which it counts: where the search begins.

    Returns
    -------
    array, shape (n,)
        The values far below the i-th are the first so many.
    """
    n = len(ordered)
    counts = np.searchsorted(ordered, ordered - distance)
    inside = (counts == 0) | far(ordered - ordered[counts - 1])
    outside = (counts == n) | ~far(ordered - ordered[np.minimum(counts, n - 1)])
    # A difference rounds otherwise than a bound does: such rows are searched by the difference.
    amiss = np.flatnonzero(~(inside & outside))
    if amiss.size:
        counts[amiss] = _bisect(ordered, ordered[amiss], far)
    return counts


def _bisect(ordered: Array, values: Array, far: Far) -> Counts:
    low = np.zeros(len(values), dtype=np.intp)
    high = np.full(len(values), len(ordered), dtype=np.intp)
    while (unsure := low < high).any():
        middle = np.minimum((low + high) // 2, len(ordered) - 1)
        beyond = far(values - ordered[middle])
        low = np.where(unsure & beyond, middle + 1, low)
        high = np.where(unsure & ~beyond, middle, high)
    return low


class RunningSums:
    """Sums of differences over runs of a list, without the cancellation of running totals.

    Each value is split into a coarse part, of which totals are exact, and a fine rest.
    """

    def __init__(self, values: Array) -> None:
        _, exponent = math.frexp(float(np.abs(values).max()))
        smallest = math.ulp(0.0)
        unit = max(math.ldexp(1.0, exponent + len(values).bit_length() - (_BITS - 1)), smallest)
        self._coarse = np.rint(values / unit) * unit
        self._fine = values - self._coarse
        self._coarse_total = np.append(0.0, np.cumsum(self._coarse))
        self._fine_total = np.append(0.0, np.cumsum(self._fine))

    def gaps(self, low: Counts, high: Counts) -> Array:
        """Sum of each value's differences to the values at places low to high, high left out."""
        members = high - low
        coarse = self._coarse_total[high] - self._coarse_total[low]
        fine = self._fine_total[high] - self._fine_total[low]
        total: Array = (members * self._coarse - coarse) + (members * self._fine - fine)
        return total
