"""A decision problem whose weights, values and method are drawn anew, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mcda.errors import ProblemError
from mcda.mixture import Mixture
from mcda.priors import WeightDraw
from mcda.problem import Array
from mcda.simulation import Acceptability, blocks, count, simulate
from mcda.values import ValueDraw, as_draws

_SUM = 1e-9  # weights that sum to 1 but for rounding


@dataclass(frozen=True, slots=True, eq=False)
class UncertainProblem:
    """Where weights and values come from: a draw, or rows taken in order.

    ``stays`` are the criteria that are kept, ``shape`` that of all values, ``piece`` the draws of
    values that are held at once.
    """

    mixture: Mixture
    weights: WeightDraw | Array
    values: ValueDraw | Array
    stays: NDArray[np.bool_]
    shape: tuple[int, int]
    piece: int
    draws: int
    seed: int
    workers: int

    def acceptability(self, progress: Callable[[int], None] | None) -> Acceptability:
        """Count ranks; in place of central weights stand the means of the marks.

        Marks are the weights, their squares, and 1 for the choice that scored the draw.
        """
        if callable(self.weights) and callable(self.values):
            return simulate(
                self._block,
                draws=self.draws,
                seed=self.seed,
                workers=self.workers,
                progress=progress,
            )
        return count(self._in_order(progress))

    def _in_order(self, progress: Callable[[int], None] | None) -> Iterator[tuple[Array, Array]]:
        done = 0
        for size, rng in blocks(self.draws, self.seed):
            yield self._block(size, rng, done)
            done += size
            if progress is not None:
                progress(done)

    def _block(self, size: int, rng: np.random.Generator, start: int = 0) -> tuple[Array, Array]:
        """Scores of one block, of which the highest is best, and their marks."""
        picked = self.mixture.pick(size, rng)
        weights = _taken(self.weights, slice(start, start + size), rng)
        _check_weights(weights, (size, int(self.stays.sum())))
        marks = np.hstack([weights, weights**2, np.eye(len(self.mixture.choices))[picked]])
        scores = []
        done = 0
        while done < size:
            rows = slice(done, min(done + self.piece, size))
            values = _taken(self.values, slice(start + rows.start, start + rows.stop), rng)
            _check_values(values, rows.stop - rows.start, self.shape)
            scores.append(self.mixture.scores(values[..., self.stays], weights[rows], picked[rows]))
            done = rows.stop
        return np.concatenate(scores), marks


def _taken(given: WeightDraw | Array, rows: slice, rng: np.random.Generator) -> Array:
    """Draw, or take the rows in order."""
    if not callable(given):
        return given[rows]
    try:
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            return given(rows.stop - rows.start, rng)
    except FloatingPointError as error:
        raise ProblemError(
            "draws_overflow",
            "the numbers are too large or too far apart to draw from; choose other units",
        ) from error


def source(
    given: WeightDraw | ArrayLike, what: str, dimensions: int, draws: int
) -> WeightDraw | Array:
    """Return a draw as it is; check rows that are to be taken in order."""
    if callable(given):
        return given
    rows = as_draws(given, what, dimensions)
    if len(rows) < draws:
        raise ProblemError(
            "draws_too_few",
            "{found} draws of {what} are given; expected {draws} or more, for they are taken in order",
            found=len(rows),
            what=what,
            draws=draws,
        )
    return rows


def resampled_weights(draws: ArrayLike) -> WeightDraw:
    """Draw weights, with replacement, from given ones of shape (count, m), such as a survey's."""
    rows = as_draws(draws, "weights", 2)
    _check_weights(rows, (len(rows), rows.shape[1]))

    def draw(size: int, rng: np.random.Generator) -> Array:
        return rows[rng.integers(len(rows), size=size)]

    return draw


def fixed(weights: Array) -> WeightDraw:
    """Weights without doubt, shape (m,), summing to 1."""

    def draw(size: int, rng: np.random.Generator) -> Array:  # noqa: ARG001 - nothing varies
        return np.broadcast_to(weights, (size, len(weights)))

    return draw


def _check_weights(weights: Array, shape: tuple[int, int]) -> None:
    if weights.shape != shape:
        raise ProblemError(
            "weights_drawn_shape",
            "the weights drawn have shape {found}; expected {expected}",
            found=weights.shape,
            expected=shape,
        )
    # Compared so that what is no number fails too.
    if not (weights.min() >= 0 and np.abs(weights.sum(axis=1) - 1).max() <= _SUM):
        raise ProblemError(
            "weights_drawn",
            "the weights drawn are not all 0 or more with the sum 1; expected weights that are",
        )


def _check_values(values: Array, size: int, shape: tuple[int, int]) -> None:
    if values.shape not in (shape, (size, *shape)):
        raise ProblemError(
            "values_drawn_shape",
            "the values drawn have shape {found}; expected {expected} in every draw",
            found=values.shape,
            expected=shape,
        )
