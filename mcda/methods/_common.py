"""What several families share: weighing cells in a batch, and the check of a normalisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mcda.normalisation import NORMALISATIONS, normalise
from mcda.problem import Array
from mcda.registry import Parameter

NORMALISATION = "normalisation"
_WIDE = 1024


def weigh(cells: Array, weights: Array) -> Array:
    """Weighted sums over criteria: ``(..., n, m)`` and ``(..., m)`` give ``(..., n)``.

    One matrix under many weight vectors is a single matrix product.
    """
    if cells.ndim == 2:
        product: Array = weights @ cells.T
        return product
    summed: Array = np.matmul(cells, weights[..., None])[..., 0]
    return summed


def normalisation_parameter(default: str) -> Parameter:
    """Describe the parameter that chooses a normalisation."""
    return Parameter(NORMALISATION, default, "one of " + ", ".join(NORMALISATIONS))


def check_normalisation(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    """Try the normalisation: it refuses what it cannot take."""
    normalise(lowest(values), sense, params[NORMALISATION])


def lowest(values: Array) -> Array:
    """Return the smallest of each cell over all draws, shape (n, m).

    What divides by values refuses by the smallest ones, which are far fewer than the draws.
    """
    if values.ndim == 2:
        return values
    if not values.flags.c_contiguous:
        plain: Array = values.min(axis=tuple(range(values.ndim - 2)))
        return plain
    n, m = values.shape[-2:]
    # Many draws side by side: a minimum over rows as short as one matrix takes five times as long.
    flat = values.reshape(-1, n * m)
    beside = max(1, _WIDE // (n * m))
    whole = len(flat) - len(flat) % beside
    smallest: Array = flat[whole:].min(axis=0, initial=np.inf)
    if whole:
        wide = flat[:whole].reshape(-1, beside * n * m).min(axis=0)
        smallest = np.minimum(smallest, wide.reshape(beside, n * m).min(axis=0))
    cells: Array = smallest.reshape(n, m)
    return cells


def as_floats(given: Any) -> Array | None:  # noqa: ANN401 - any parameter
    """Return given numbers, nested lists of one shape, as an array; None where they are not."""
    if not numeric(given):
        return None
    try:
        return np.array(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return None


def numeric(given: Any) -> bool:  # noqa: ANN401 - any parameter
    """Whether something holds numbers only, in lists of any depth; a text of digits is none."""
    if isinstance(given, np.ndarray):
        return bool(np.issubdtype(given.dtype, np.number))
    if isinstance(given, (list, tuple)):
        return all(numeric(x) for x in given)
    return isinstance(given, (int, float, np.number)) and not isinstance(given, bool)
