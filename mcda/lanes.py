"""Reductions over a short axis of a long batch.

NumPy reduces a short inner axis one small row at a time, which costs an order of magnitude against
combining whole slices; a batch of draws has exactly that shape.
"""

from __future__ import annotations

import numpy as np

from mcda.problem import Array

_SHORT = 32
# Fewer rows than this are sooner reduced in one call.
_BATCH = 64


def fold(operation: np.ufunc, values: Array, axis: int, *, keepdims: bool = False) -> Array:
    """Reduce `values` by a binary ufunc along `axis`, as ``operation.reduce`` does."""
    length = values.shape[axis]
    if not 0 < length <= _SHORT or values.size < _BATCH * length:
        plain: Array = operation.reduce(values, axis=axis, keepdims=keepdims)
        return plain
    slices = np.moveaxis(values, axis, 0)
    total = slices[0].copy()
    for part in slices[1:]:
        operation(total, part, out=total)
    return np.expand_dims(total, axis) if keepdims else total
