"""A model whose method is itself in doubt: every draw is scored by one of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mcda.equivalence import Candidate
from mcda.errors import ProblemError
from mcda.evaluation import of_kept_criteria
from mcda.problem import Array, DecisionProblem
from mcda.registry import Method, Role, get_method

Picks = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Methods with their settings and chances.

    Attributes
    ----------
    choices : tuple of Candidate
    chances : array, one per choice
        They sum to 1.
    sense : array
        Of the criteria that are kept.
    """

    choices: tuple[Candidate, ...]
    chances: Array
    sense: Array
    _methods: tuple[Method, ...]
    _settings: tuple[dict[str, Any], ...]

    @classmethod
    def of(
        cls,
        methods: str | Candidate | Sequence[str | Candidate],
        chances: ArrayLike | None,
        problem: DecisionProblem,
        kept: DecisionProblem,
    ) -> Mixture:
        """Settle the methods for a problem of which some criteria may have been dropped.

        Raises
        ------
        ProblemError
            An unknown method or parameter, a method that does not rank, impossible chances.
        """
        given = [methods] if isinstance(methods, (str, Candidate)) else list(methods)
        choices = tuple(c if isinstance(c, Candidate) else Candidate(c, c) for c in given)
        chosen = tuple(get_method(c.method) for c in choices)
        for method in chosen:
            if method.role is not Role.RANKING:
                raise ProblemError(
                    "no_ranking_method",
                    "method {method} does not put alternatives in order; expected one that does",
                    method=method.name,
                )
        return cls(
            choices=choices,
            chances=_chances(chances, len(choices)),
            sense=kept.sense,
            _methods=chosen,
            _settings=tuple(
                of_kept_criteria(method, method.settings(c.params), problem, kept)
                for method, c in zip(chosen, choices, strict=True)
            ),
        )

    def pick(self, size: int, rng: np.random.Generator) -> Picks:
        """Draw which choice scores each of `size` draws."""
        if len(self.choices) == 1:
            return np.zeros(size, dtype=np.int64)
        return rng.choice(len(self.choices), size=size, p=self.chances)

    def scores(self, values: Array, weights: Array, picked: Picks) -> Array:
        """Score draws, each by the choice picked for it; the highest is best.

        Parameters
        ----------
        values : array, shape (n, m) or (draws, n, m)
        weights : array, shape (draws, m)
        picked : array of int, shape (draws,)

        Returns
        -------
        array, shape (draws, n)

        Raises
        ------
        ProblemError
            Values that the method cannot take, or numbers beyond the range of floats.
        """
        oriented = np.empty((len(weights), values.shape[-2]))
        for k in range(len(self.choices)):
            rows = np.flatnonzero(picked == k)
            if len(rows) == len(picked):
                return self._one(k, values, weights)
            if len(rows):
                taken = values if values.ndim == 2 else values[rows]
                oriented[rows] = self._one(k, taken, weights[rows])
        return oriented

    def _one(self, k: int, values: Array, weights: Array) -> Array:
        method = self._methods[k]
        try:
            with np.errstate(over="raise", invalid="raise", divide="raise"):
                scores = method.scores(values, weights, self.sense, **self._settings[k])
        except FloatingPointError as error:
            raise ProblemError(
                "overflow",
                "the numbers are too large or too far apart for {method} to compute with; "
                "choose other units",
                method=method.name,
            ) from error
        return scores if method.higher_is_better else -scores


def _chances(given: ArrayLike | None, count: int) -> Array:
    if count == 0:
        raise ProblemError("no_methods", "no method is given; expected at least one")
    if given is None:
        return np.full(count, 1 / count)
    chances = np.asarray(given, dtype=np.float64)
    if chances.shape != (count,) or not (np.isfinite(chances) & (chances > 0)).all():
        raise ProblemError(
            "chances",
            "the chances of the methods are {found}; expected {count} numbers above 0",
            found=chances.tolist(),
            count=count,
        )
    level = chances / chances.max()  # first by the largest: the sum of large ones would overflow
    shares: Array = level / level.sum()
    return shares
