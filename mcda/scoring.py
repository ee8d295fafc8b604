"""A problem bound to a method: oriented scores of many weights, or of many values, at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcda.errors import ProblemError
from mcda.evaluation import obstacle, of_kept_criteria
from mcda.problem import Array, DecisionProblem
from mcda.ranking import TIE
from mcda.registry import Method, Property, Variant, get_method

# Numbers of one batch, so that memory stays in the tens of megabytes.
_BATCH = 2**20


@dataclass(frozen=True, slots=True, eq=False)
class Scoring:
    """What a method makes of one problem.

    Attributes
    ----------
    problem : DecisionProblem
        With the criteria that the method looks at.
    method : Method
    settings : dict
        All parameters, those per criterion matching `problem`.
    """

    problem: DecisionProblem
    method: Method
    settings: dict[str, Any]

    def by_weights(self, weights: Array) -> Array:
        """Score (k, m) weights: (k, n), more is better."""
        parts = [
            self._oriented(self.problem.values, weights[part])
            for part in _parts(len(weights), self.problem.values.size)
        ]
        return np.concatenate(parts)

    def by_values(self, values: Array) -> Array:
        """Score (k, n, m) values under the present weights: (k, n), more is better."""
        parts = [
            self._oriented(
                values[part],
                np.broadcast_to(self.problem.weights, (len(values[part]), values.shape[-1])),
            )
            for part in _parts(len(values), values[0].size)
        ]
        return np.concatenate(parts)

    def taken(self, values: Array) -> NDArray[np.bool_]:
        """Tell which of (k, n, m) values the method takes: (k,)."""
        if self._takes(values):
            return np.ones(len(values), dtype=bool)
        return np.array([self._takes(one) for one in values])

    def has(self, promise: Property) -> bool:
        """Whether the variant that the parameters make promises a property, or else all do."""
        return all(promise in v.properties for v in variants_of(self.method, self.settings))

    def _takes(self, values: Array) -> bool:
        try:
            self.method.check(values, self.problem.sense, self.settings)
        except ProblemError:
            return False
        return True

    def _oriented(self, values: Array, weights: Array) -> Array:
        scores = self.method.kernel(values, weights, self.problem.sense, **self.settings)
        return scores if self.method.higher_is_better else -scores


def bind(
    problem: DecisionProblem,
    method: str,
    params: dict[str, Any],
    *,
    idle_too: bool = False,
) -> Scoring:
    """Bind a problem to a method.

    Criteria of weight zero are dropped; with ``idle_too`` they stay where the method takes them,
    for a search that may give them weight.

    Raises
    ------
    ProblemError
        The method does not take the problem.
    """
    chosen = get_method(method)
    settings = chosen.settings(params)
    kept = problem.without_idle_criteria()
    if idle_too and obstacle(problem, method, all_criteria=True, **params) is None:
        kept = problem
    settings = of_kept_criteria(chosen, settings, problem, kept)
    chosen.check(kept.values, kept.sense, settings)
    return Scoring(kept, chosen, settings)


def variants_of(method: Method, params: Mapping[str, Any]) -> tuple[Variant, ...]:
    """Return the registered variant that parameters make, or all where they make none of them."""
    name = method.describe(params)
    return tuple(v for v in method.variants if v.name == name) or method.variants


def leads(scores: Array, leaders: NDArray[np.bool_]) -> Array:
    """By how much the best leader is ahead of the best other; rounding set to 0. (k, n) to (k,)."""
    lead = scores[:, leaders].max(axis=1) - scores[:, ~leaders].max(axis=1)
    return np.where(np.abs(lead) <= TIE * np.abs(scores).max(axis=1), 0.0, lead)


def _parts(count: int, size: int) -> Iterator[slice]:
    step = max(1, _BATCH // max(size, 1))
    for start in range(0, count, step):
        yield slice(start, start + step)
