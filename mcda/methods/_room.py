"""Whether a method that compares every pair of alternatives has room to do so."""

from __future__ import annotations

import math

import numpy as np

from mcda.errors import ProblemError
from mcda.problem import Array

# Cells of one table of all pairs: half a gibibyte as floats, and a method holds several tables.
ROOM = 2**26


def need_room(method: str, values: Array, weights: Array | None = None) -> None:
    """Refuse a batch whose table of all pairs of alternatives would not fit in memory.

    Raises
    ------
    ProblemError
        With the numbers of alternatives and of problems, and how many alternatives would fit.
    """
    n = values.shape[-2]
    lead = () if weights is None else weights.shape[:-1]
    batch = math.prod(np.broadcast_shapes(values.shape[:-2], lead))
    if batch * n * n > ROOM:
        raise ProblemError(
            "room",
            "{method} compares every pair: {n} alternatives in {batch} problems at once would not fit in "
            "memory; expected at most {most} alternatives",
            method=method,
            n=n,
            batch=batch,
            most=math.isqrt(ROOM // batch),
        )
