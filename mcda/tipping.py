"""The smallest change of all weights at once that swaps two alternatives."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcda.errors import ProblemError
from mcda.evaluation import rank_alternatives
from mcda.nearest import distance_of, nearest_weights
from mcda.problem import Array, DecisionProblem
from mcda.ranking import TIE
from mcda.registry import Property
from mcda.scoring import Scoring, bind

# Where scores are not linear in the weights: rays that are walked for a first swap, the steps on
# each, how many of the nearest are then refined, and for how long.
_RAYS = 200
_STEPS = 100
_STARTS = 6
_ROUNDS = 12
_NUDGE = 1e-6
# Where on the way to a point, and how far beyond it, the swap is looked for; then that section is
# cut into as many again, so often that it is narrower than rounding.
_SECTIONS = 65
_BEYOND = np.linspace(0.0, 2.0, _SECTIONS)
_NARROWINGS = 9


@dataclass(frozen=True, slots=True, eq=False)
class SmallestChange:
    """Nearest weights beyond which one alternative stands above another.

    Attributes
    ----------
    leader, rival : str
        Who stands above now (or is level), and who would.
    norm : str
        ``L1`` (weight moved, counted on both sides) or ``L2``.
    distance : float or None
        In shares of all weight; None where no weights put the rival above.
    weights : array, shape (m,), or None
        The two are level at them, or the rival is just above.
    exact : bool
        True where scores are linear in the weights; elsewhere the distance is an upper bound, and
        None says that no swap was found.
    """

    leader: str
    rival: str
    norm: str
    distance: float | None
    weights: Array | None
    exact: bool


def smallest_change(
    problem: DecisionProblem,
    method: str,
    leader: str,
    rival: str,
    *,
    norm: str = "L1",
    rng: np.random.Generator | None = None,
    **params: Any,  # noqa: ANN401 - the method's own
) -> SmallestChange:
    """Find the nearest weights beyond which a rival stands above a leader.

    Weights stay 0 or more and sum to 1. For methods linear in the weights the nearest ones are
    found exactly (the question of Wolters and Mareschal 1995). Elsewhere rays from the present
    weights are walked to the first swap, and the nearest of these refined by projecting on the
    linearised boundary again and again (Rackwitz and Fiessler 1978), each point being checked with
    the method itself.

    Parameters
    ----------
    rng
        Chooses the rays where scores are not linear; left out: a fixed stream.

    Raises
    ------
    ProblemError
        Unknown alternative, norm, method or parameter; values that the method does not take.
    """
    _check_norm(norm)
    scoring = bind(problem, method, params, idle_too=True)
    pair = _index(problem, leader), _index(problem, rival)
    return _swaps(scoring, problem, [pair], norm, rng)[0]


def smallest_dethroning(
    problem: DecisionProblem,
    method: str,
    *,
    norm: str = "L1",
    rng: np.random.Generator | None = None,
    **params: Any,  # noqa: ANN401 - the method's own
) -> SmallestChange | None:
    """Find the smallest change of weights that costs the first its place; None where none does."""
    _check_norm(norm)
    scoring = bind(problem, method, params, idle_too=True)
    first = _index(problem, rank_alternatives(problem, method, **params).first[0])
    pairs = [(first, k) for k in range(len(problem.alternatives)) if k != first]
    changes = _swaps(scoring, problem, pairs, norm, rng)
    reachable = [c for c in changes if c.distance is not None]
    return min(reachable, key=lambda c: c.distance or 0.0) if reachable else None


def smallest_swaps(
    problem: DecisionProblem,
    method: str,
    *,
    norm: str = "L1",
    rng: np.random.Generator | None = None,
    **params: Any,  # noqa: ANN401 - the method's own
) -> tuple[SmallestChange, ...]:
    """Find the smallest change of weights that swaps each pair of alternatives.

    Returns
    -------
    tuple of SmallestChange
        One for every pair, nearest first, pairs that cannot be swapped last.
    """
    _check_norm(norm)
    scoring = bind(problem, method, params, idle_too=True)
    ranks = rank_alternatives(problem, method, **params).ranks
    order = [int(i) for i in np.argsort(ranks, kind="stable")]
    changes = _swaps(scoring, problem, list(combinations(order, 2)), norm, rng)
    return tuple(sorted(changes, key=lambda c: np.inf if c.distance is None else c.distance))


def _check_norm(norm: str) -> None:
    if norm not in ("L1", "L2"):
        raise ProblemError("norm", "norm is {found}; expected L1 or L2", found=repr(norm))


def _index(problem: DecisionProblem, name: str) -> int:
    if name not in problem.alternatives:
        raise ProblemError(
            "unknown_alternative",
            "alternative {found} is not in the problem; expected one of {known}",
            found=repr(name),
            known=", ".join(problem.alternatives),
        )
    return problem.alternatives.index(name)


def _swaps(
    scoring: Scoring,
    problem: DecisionProblem,
    pairs: list[tuple[int, int]],
    norm: str,
    rng: np.random.Generator | None,
) -> list[SmallestChange]:
    exact = scoring.has(Property.LINEAR)
    if exact:
        slopes = scoring.by_weights(np.eye(len(scoring.problem.criteria))).T
        slack = TIE * np.abs(slopes).max()
        present = scoring.problem.weights
        found = [nearest_weights(present, slopes[i] - slopes[k], norm, slack) for i, k in pairs]
    else:
        rays = _walk(scoring, np.random.default_rng(0) if rng is None else rng)
        found = [_searched(scoring, pair, norm, rays) for pair in pairs]
    name = problem.alternatives
    return [
        SmallestChange(
            leader=name[i],
            rival=name[k],
            norm=norm,
            distance=None if w is None else distance_of(w - scoring.problem.weights, norm),
            weights=None if w is None else _in_full(w, scoring.problem, problem),
            exact=exact,
        )
        for (i, k), w in zip(pairs, found, strict=True)
    ]


def _in_full(weights: Array, kept: DecisionProblem, problem: DecisionProblem) -> Array:
    full = np.zeros(len(problem.criteria))
    full[[c in set(kept.criteria) for c in problem.criteria]] = weights
    return full


def _walk(scoring: Scoring, rng: np.random.Generator) -> tuple[Array, Array]:
    """Points on rays from the present weights to the border, (steps, rays, m), and their scores."""
    now = scoring.problem.weights
    m = len(now)
    # Rays to the corners, to the opposite faces, and anywhere.
    faces = np.array([np.where(np.arange(m) == j, 0.0, now) for j in range(m)])
    faces = faces[faces.sum(axis=1) > 0]
    targets = np.vstack(
        [
            np.eye(m),
            faces / faces.sum(axis=1, keepdims=True),
            rng.dirichlet(np.ones(m), _RAYS),
            rng.dirichlet(np.full(m, 0.3), _RAYS),
        ]
    )
    share = np.linspace(0, 1, _STEPS + 1)[:, None, None]
    points = now + share * (targets - now)
    scores = scoring.by_weights(points.reshape(-1, m))
    return points, scores.reshape(*points.shape[:2], -1)


def _searched(
    scoring: Scoring, pair: tuple[int, int], norm: str, rays: tuple[Array, Array]
) -> Array | None:
    """Refine the nearest swaps seen on the rays."""
    points, scores = rays
    now = scoring.problem.weights
    swapped = _gap(scores, pair) < 0
    reached = np.flatnonzero(swapped.any(axis=0))
    if not reached.size:
        return None
    if swapped[0].any():
        return now.copy()
    seen = points[swapped[:, reached].argmax(axis=0), reached]
    far = np.array([distance_of(p - now, norm) for p in seen])
    best: Array = seen[np.argmin(far)]
    heads = seen[np.argsort(far, kind="stable")[:_STARTS]]
    # All starts go on together: a method scores many weights at once nearly as fast as a few.
    found: list[list[Array]] = [[] for _ in heads]
    going = np.arange(len(heads))
    for _ in range(_ROUNDS):
        here, met = _until_swapped(scoring, pair, heads[going])
        here, going = here[met], going[met]
        if not going.size:
            break
        lines = _linearised(scoring, pair, here)
        go_on = np.zeros(len(going), dtype=bool)
        for k, start in enumerate(going):
            found[start].append(here[k])
            towards = nearest_weights(now, lines[k], norm, _NUDGE)
            if towards is None or distance_of(towards - heads[start], "L2") < _NUDGE**2:
                continue
            heads[start] = towards
            go_on[k] = True
        going = going[go_on]
        if not going.size:
            break
    return min((best, *chain.from_iterable(found)), key=lambda w: distance_of(w - now, norm))


def _gap(scores: Array, pair: tuple[int, int]) -> Array:
    """How far the leader is above the rival, rounding set to 0."""
    gap = scores[..., pair[0]] - scores[..., pair[1]]
    return np.where(np.abs(gap) <= TIE * np.abs(scores).max(axis=-1), 0.0, gap)


def _until_swapped(
    scoring: Scoring, pair: tuple[int, int], points: Array
) -> tuple[Array, NDArray[np.bool_]]:
    """Nearest swapped point on the ray through each of (k, m) points, and which rays have one.

    It is the first one seen, narrowed down.
    """
    now = scoring.problem.weights
    rays = np.arange(len(points))
    # Beyond the border of the simplex the path goes on along its face.
    along = np.maximum(now + _BEYOND[:, None] * (points[:, None] - now), 0.0)
    along /= along.sum(axis=-1, keepdims=True)
    reached = np.ones(len(points), dtype=bool)
    for _ in range(_NARROWINGS):
        scores = scoring.by_weights(along.reshape(-1, len(now)))
        swapped = _gap(scores.reshape(*along.shape[:2], -1), pair) < 0
        reached &= swapped.any(axis=1)
        first = swapped.argmax(axis=1)
        inside = along[rays, np.maximum(first - 1, 0)]
        outside: Array = along[rays, first]
        along = (
            inside[:, None] + np.linspace(0, 1, _SECTIONS)[:, None] * (outside - inside)[:, None]
        )
        along[:, -1] = outside
    return outside, reached


def _linearised(scoring: Scoring, pair: tuple[int, int], points: Array) -> Array:
    """Linear functions of weights summing to 1 with the gap's value and slope at (k, m) points."""
    m = points.shape[1]
    step = _NUDGE * (np.eye(m) - points[:, None])  # towards each corner: the sum stays 1
    weights = np.concatenate([points[:, None], points[:, None] + step], axis=1)
    scores = scoring.by_weights(weights.reshape(-1, m)).reshape(len(points), m + 1, -1)
    gap = scores[..., pair[0]] - scores[..., pair[1]]
    # Along e_j - point the gap changes by c_j - c @ point, and c @ point is the gap itself.
    linear: Array = (gap[:, 1:] - gap[:, :1]) / _NUDGE + gap[:, :1]
    return linear
