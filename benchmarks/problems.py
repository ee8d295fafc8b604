"""The problems that are measured, and the same methods by other libraries."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
import pymcdm.methods as pm
from pymcdm.normalizations import vector_normalization

from mcda import DecisionProblem, priors

ALTERNATIVES, CRITERIA = 6, 8
SEED = 1
# How far values are uncertain where they are drawn: evenly within a tenth to either side.
SPREAD = 0.1
ENGINE = "numba" if find_spec("numba") else "numpy"

Draw = Callable[[int, np.random.Generator], tuple[np.ndarray, np.ndarray]]


def matrix(n: int = ALTERNATIVES, m: int = CRITERIA) -> tuple[np.ndarray, np.ndarray]:
    """Values above 0 and senses, every third a cost."""
    values = np.random.default_rng(SEED).uniform(1, 10, (n, m))
    return values, np.where(np.arange(m) % 3 == 2, -1.0, 1.0)


def problem(n: int, m: int) -> DecisionProblem:
    values, sense = matrix(n, m)
    return DecisionProblem(values=values, senses=["max" if s > 0 else "min" for s in sense])


def weights_only(values: np.ndarray) -> Draw:
    weights = priors.uniform(values.shape[1])
    return lambda size, stream: (values, weights(size, stream))


def weights_and_values(values: np.ndarray) -> Draw:
    weights = priors.uniform(values.shape[1])
    low, width = values[..., None] * (1 - SPREAD), values[..., None] * 2 * SPREAD

    def draw(size: int, stream: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        w = weights(size, stream)
        # One cell after another, for operations over long lanes; the draws' axis comes first.
        drawn = stream.random((*values.shape, size))
        drawn *= width
        drawn += low
        return np.moveaxis(drawn, -1, 0), w

    return draw


Ranks = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def _by(method: Callable[[], object]) -> Ranks:
    made = method()
    return lambda values, weights, sense: made.rank(made(values, weights, sense))


def _promethee(values: np.ndarray, weights: np.ndarray, sense: np.ndarray) -> np.ndarray:
    # With thresholds its object survives one call only, so a loop makes a new one each time.
    method = pm.PROMETHEE_II("usual")
    return method.rank(method(values, weights, sense))


PYMCDM: dict[str, Ranks] = {
    "topsis": _by(lambda: pm.TOPSIS(vector_normalization)),
    "vikor": _by(pm.VIKOR),
    "promethee2": _promethee,
    "copras": _by(pm.COPRAS),
    "edas": _by(pm.EDAS),
    "marcos": _by(pm.MARCOS),
}
# pymcdm's COPRAS rewards cost: it is timed, but its answer is another one.
DIFFERS = {"copras"}
