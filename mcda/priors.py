"""Draws of weights: what is known about them, from nothing to linear constraints.

Every prior is uniform over the weights it allows (Dirichlet apart), so that the only thing put
into the result is what was said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linprog

from mcda.errors import ProblemError
from mcda.problem import Array

WeightDraw = Callable[[int, np.random.Generator], Array]
"""Size and generator to weights of shape (size, m), each row summing to 1."""

# Steps of every chain before its draw, per dimension: enough to forget the start.
_MIXING = 30
_SLACK = 1e-9
# Where at least this share of all weights is allowed, keeping those of free draws is faster.
_PILOT, _ALLOWED = 10_000, 0.001
_BATCH = 2**16


def uniform(m: int) -> WeightDraw:
    """Uniform on the simplex: normalised exponentials."""

    def draw(size: int, rng: np.random.Generator) -> Array:
        # Criteria along the first axis: sums then run over long lanes.
        spacings = rng.standard_exponential((m, size))
        spacings /= spacings.sum(axis=0)
        return spacings.T

    return draw


def dirichlet(alpha: ArrayLike) -> WeightDraw:
    """Dirichlet with given concentrations, all above 0."""
    concentration = np.asarray(alpha, dtype=np.float64)
    if concentration.ndim != 1 or not (concentration > 0).all():
        raise ProblemError(
            "alpha",
            "alpha is {found}; expected one number above 0 per criterion",
            found=concentration.tolist(),
        )

    def draw(size: int, rng: np.random.Generator) -> Array:
        return rng.dirichlet(concentration, size)

    return draw


def ordinal(order: Sequence[int]) -> WeightDraw:
    """Uniform over weights that fall along an order of criteria, counted from 0."""
    places = list(order)
    m = len(places)
    if sorted(places) != list(range(m)):
        raise ProblemError(
            "order",
            "order is {found}; expected every criterion from 0 to {last} once, most important first",
            found=places,
            last=m - 1,
        )
    free = uniform(m)

    def draw(size: int, rng: np.random.Generator) -> Array:
        weights = np.empty((size, m))
        weights[:, places] = -np.sort(-free(size, rng), axis=1)
        return weights

    return draw


def interval(low: ArrayLike, high: ArrayLike) -> WeightDraw:
    """Uniform over weights between low and high, one of each per criterion."""
    lows, highs = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    if lows.ndim != 1 or lows.shape != highs.shape or (lows > highs).any():
        raise ProblemError(
            "interval",
            "weights from {low} to {high}; expected a low and a high not below it per criterion",
            low=lows.tolist(),
            high=highs.tolist(),
        )
    m = len(lows)
    boxed = _boxed(np.maximum(lows, 0.0), np.minimum(highs, 1.0))
    if boxed is not None:
        return boxed
    return linear(np.vstack([np.eye(m), -np.eye(m)]), np.concatenate([highs, -lows]))


@dataclass(frozen=True, slots=True, eq=False)
class _Polytope:
    """Weights w = start + basis x with A w <= b."""

    start: Array
    basis: Array
    A: Array
    b: Array


def linear(A: ArrayLike, b: ArrayLike) -> WeightDraw:
    """Uniform over weights with ``A w <= b``: by rejection, or by hit and run (Smith 1984).

    Weights are besides 0 or more and sum to 1. Where few weights are allowed every draw is the end
    of a chain of its own, so draws are independent of each other either way.

    Raises
    ------
    ProblemError
        No weights satisfy the constraints.
    """
    given, limits = np.asarray(A, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if given.ndim != 2 or limits.shape != (len(given),):
        raise ProblemError(
            "constraints",
            "constraints have shapes {a} and {b}; expected one row and one limit per constraint",
            a=given.shape,
            b=limits.shape,
        )
    m = given.shape[1]
    rows = np.vstack([given, -np.eye(m)])
    polytope = _interior(rows, np.concatenate([limits, np.zeros(m)]))
    dimension = polytope.basis.shape[1]
    pilot = uniform(m)(_PILOT, np.random.default_rng(0))
    share = float((pilot @ given.T <= limits).all(axis=1).mean())
    if dimension == m - 1 and share >= _ALLOWED:
        return _rejection(given, limits, share)

    def draw(size: int, rng: np.random.Generator) -> Array:
        weights = np.tile(polytope.start, (size, 1))
        for _ in range(_MIXING * dimension if dimension else 0):
            direction = rng.standard_normal((size, dimension)) @ polytope.basis.T
            room = polytope.b - weights @ polytope.A.T
            speed = direction @ polytope.A.T
            with np.errstate(divide="ignore", invalid="ignore"):
                reach = room / speed
            upper = np.where(speed > _SLACK, reach, np.inf).min(axis=1)
            lower = np.where(speed < -_SLACK, reach, -np.inf).max(axis=1)
            step = lower + (upper - lower) * rng.random(size)
            weights += step[:, None] * direction
        weights = np.maximum(weights, 0.0)
        total: Array = weights / weights.sum(axis=1, keepdims=True)
        return total

    return draw


def _boxed(low: Array, high: Array) -> WeightDraw | None:
    """Weights in a box by rejection, from the simplex that stands on its lows or hangs from its highs.

    What remains of 1 above the lows (or is too much below the highs) is shared out uniformly; kept
    is what stays in the box. None where too little does.
    """
    best = None
    most = _ALLOWED
    for start, room in ((low, 1 - low.sum()), (high, 1 - high.sum())):
        if (low > high).any() or (room > 0) != (start is low) or abs(room) <= _SLACK:
            continue
        cap = (high - low) / abs(room)
        pilot = uniform(len(low))(_PILOT, np.random.default_rng(0))
        share = float((pilot <= cap).all(axis=1).mean())
        if share >= most:
            best, most = (start, room, _rejection(np.eye(len(low)), cap, share)), share
    if best is None:
        return None
    start, room, parts = best

    def draw(size: int, rng: np.random.Generator) -> Array:
        weights: Array = np.clip(start + room * parts(size, rng), low, high)
        return weights

    return draw


def _rejection(A: Array, b: Array, share: float) -> WeightDraw:
    """Keep of free draws those with ``A w <= b``, about the given share."""
    m = A.shape[1]
    free = uniform(m)

    def draw(size: int, rng: np.random.Generator) -> Array:
        kept = np.empty((size, m))
        done = 0
        while done < size:
            weights = free(min(_BATCH, int(1.1 * (size - done) / share) + 64), rng)
            allowed = weights[(weights @ A.T <= b).all(axis=1)][: size - done]
            kept[done : done + len(allowed)] = allowed
            done += len(allowed)
        return kept

    return draw


def _interior(A: Array, b: Array) -> _Polytope:
    """Find a point well inside, and a basis of the directions in which there is any room."""
    m = A.shape[1]
    simplex = np.ones((1, m))
    tight = []
    for i, row in enumerate(A):
        found = linprog(row, A_ub=A, b_ub=b, A_eq=simplex, b_eq=[1.0], bounds=(None, None))
        if not found.success:
            raise ProblemError(
                "no_weights", "no weights satisfy all constraints; expected some that do"
            )
        if b[i] - found.fun <= _SLACK:
            tight.append(i)  # holds with equality everywhere: no room across it
    equal = np.vstack([simplex, A[tight]])
    loose = np.setdiff1d(np.arange(len(A)), tight)
    centre = linprog(
        np.append(np.zeros(m), -1.0),
        A_ub=np.column_stack([A[loose], np.linalg.norm(A[loose], axis=1)]),
        b_ub=b[loose],
        A_eq=np.column_stack([equal, np.zeros(len(equal))]),
        b_eq=np.append(1.0, b[tight]),
        bounds=[(None, None)] * m + [(0, 1)],
    )
    _, singular, rows = np.linalg.svd(equal)
    basis = rows[int((singular > _SLACK).sum()) :].T
    return _Polytope(np.asarray(centre.x)[:m], basis, A[loose], b[loose])
