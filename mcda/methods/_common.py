"""What several families share: weighing cells in a batch, and the check of a normalisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mcda.normalisation import normalise
from mcda.problem import Array
from mcda.registry import Parameter

NORMALISATION = "normalisation"


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
    return Parameter(NORMALISATION, default, "one of vector, minmax, max, sum, none")


def check_normalisation(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    """Try the normalisation: it refuses what it cannot take."""
    normalise(values, sense, params[NORMALISATION])
