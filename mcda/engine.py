"""Who computes a block of draws: NumPy, the reference, or the kernels of the extra ``fast``.

The same seed gives the same ranks and counts by either. NumPy is the default even where the extra
is installed, because the order in which a kernel adds up weights may differ in the last bit: what a
study finds must not depend on what else is installed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.problem import Array
from mcda.registry import Method, get_method, nearest
from mcda.tally import Tally

ENGINES = ("numpy", "numba")
# Cells of an array that the second-level cache holds several of.
_CELLS = 2**16


def check_engine(engine: str) -> None:
    """Refuse an engine that is not known or not installed."""
    if engine not in ENGINES:
        raise ProblemError(
            "unknown_engine",
            "engine {found} is not known; expected {nearest}",
            found=repr(engine),
            nearest=nearest(str(engine), list(ENGINES)),
        )
    if engine == "numba" and find_spec("numba") is None:
        raise ProblemError(
            "engine_missing",
            "engine numba needs the package numba, which is not installed; "
            "expected konsilium[fast], or engine numpy",
        )


def _fast() -> Any:  # noqa: ANN401 - a module; numba is loaded only when it is asked for
    return import_module("mcda.fast.plans")


def tally_of(oriented: Array, weights: Array, engine: str) -> Tally:
    """Count one block of oriented scores (draws, n) under weights (draws, m)."""
    if engine == "numba":
        quick: Tally | None = _fast().tally_scored(oriented, weights)
        if quick is not None:
            return quick
    tally = Tally.empty(oriented.shape[1], weights.shape[1])
    tally.add(oriented, weights)
    return tally


@dataclass(frozen=True, slots=True)
class Scored:
    """Work on a block for `mcda.simulate`: any model's scores, counted."""

    score: Callable[[int, np.random.Generator], tuple[Array, Array]]
    engine: str

    def __call__(self, size: int, stream: np.random.Generator) -> Tally:
        """Count one block."""
        return tally_of(*self.score(size, stream), self.engine)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Work on a block for `mcda.acceptability`: draw, score by a registered method, count."""

    draw: Callable[[int, np.random.Generator], tuple[Array, Array]]
    sense: Array
    method: str
    params: dict[str, Any]
    engine: str

    def __call__(self, size: int, stream: np.random.Generator) -> Tally:
        """Count one block."""
        values, weights = self.draw(size, stream)
        method = get_method(self.method)
        settings = method.settings(self.params)
        method.check(values, self.sense, settings)
        if self.engine == "numba":
            quick: Tally | None = _fast().tally_drawn(method, settings, values, weights, self.sense)
            if quick is not None:
                return quick
        scores = self._scores(method, settings, values, weights)
        return tally_of(scores if method.higher_is_better else -scores, weights, self.engine)

    def _scores(
        self, method: Method, settings: dict[str, Any], values: Array, weights: Array
    ) -> Array:
        """Score by NumPy; values of their own in every draw so many at a time as the cache holds."""
        draws = len(weights)
        at_once = draws if values.ndim == 2 else max(1, _CELLS // (values.size // draws))
        if at_once >= draws:
            return method.kernel(values, weights, self.sense, **settings)
        scores = np.empty((draws, values.shape[-2]))
        for start in range(0, draws, at_once):
            piece = slice(start, start + at_once)
            scores[piece] = method.kernel(values[piece], weights[piece], self.sense, **settings)
        return scores
