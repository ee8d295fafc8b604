"""The smallest change that would tip the answer: of all weights, of one value, of what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog, minimize

from mcda.evaluation import rank_alternatives
from mcda.problem import Array, DecisionProblem
from mcda.ranking import TIE
from mcda.registry import Method, Property, get_method

# Starts of the search where scores are not linear in the weights.
_STARTS = 12


@dataclass(frozen=True, slots=True, eq=False)
class SmallestChange:
    """Nearest weights at which one alternative draws level with another.

    Attributes
    ----------
    leader, rival : str
    norm : str
        ``L1`` (weight moved, counted on both sides) or ``L2``.
    distance : float or None
        None where no weights let the rival draw level.
    weights : array or None
    exact : bool
        True where scores are linear in the weights; elsewhere the distance is an upper bound
        found by a solver from several starts.
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
    """Find the nearest weights at which a rival scores as well as a leader.

    Weights stay 0 or more and sum to 1. For methods linear in the weights the L1 distance is a
    linear programme and the L2 distance a convex one (after Wolters and Mareschal 1995).
    """
    chosen = get_method(method)
    settings = chosen.settings(params)
    chosen.check(problem.values, problem.sense, settings)
    i, k = problem.alternatives.index(leader), problem.alternatives.index(rival)
    exact = all(Property.LINEAR in v.properties for v in chosen.variants)
    if exact:
        slope = _slopes(problem, chosen, settings)
        weights = _nearest_linear(problem.weights, slope[i] - slope[k], norm)
    else:
        weights = _nearest_searched(
            problem, chosen, settings, (i, k), norm=norm, rng=rng or np.random.default_rng(0)
        )
    distance = None if weights is None else _distance(weights - problem.weights, norm)
    return SmallestChange(leader, rival, norm, distance, weights, exact)


def smallest_dethroning(
    problem: DecisionProblem,
    method: str,
    *,
    norm: str = "L1",
    rng: np.random.Generator | None = None,
    **params: Any,  # noqa: ANN401 - the method's own
) -> SmallestChange | None:
    """Find the smallest change of weights that costs the first its place; None where none does."""
    first = rank_alternatives(problem, method, **params).first[0]
    changes = [
        smallest_change(problem, method, first, other, norm=norm, rng=rng, **params)
        for other in problem.alternatives
        if other != first
    ]
    reachable = [c for c in changes if c.distance is not None]
    return min(reachable, key=lambda c: c.distance or 0.0) if reachable else None


def _slopes(problem: DecisionProblem, method: Method, settings: dict[str, Any]) -> Array:
    """Scores at each corner of the weights, higher is better: (n, m)."""
    corners = np.eye(len(problem.criteria))
    scores = method.kernel(problem.values, corners, problem.sense, **settings)
    return (scores if method.higher_is_better else -scores).T


def _distance(change: Array, norm: str) -> float:
    return float(np.abs(change).sum() if norm == "L1" else np.sqrt((change**2).sum()))


def _nearest_linear(weights: Array, lead: Array, norm: str) -> Array | None:
    """Minimise the distance to weights on which ``lead @ w <= 0``."""
    if lead @ weights <= 0:
        return weights.copy()
    if lead.min() > TIE:
        return None
    m = len(weights)
    # w = weights + up - down, with up, down >= 0: the L1 distance is their sum.
    found = linprog(
        np.ones(2 * m),
        A_ub=np.vstack([np.concatenate([lead, -lead]), np.hstack([-np.eye(m), np.eye(m)])]),
        b_ub=np.append(-lead @ weights, weights),
        A_eq=np.concatenate([np.ones(m), -np.ones(m)])[None],
        b_eq=[0.0],
    )
    moved: Array = np.asarray(found.x)
    nearest: Array = weights + moved[:m] - moved[m:]
    return nearest if norm == "L1" else _project(weights, lead)


def _project(weights: Array, lead: Array) -> Array:
    """Euclidean projection on the simplex cut by ``lead @ w <= 0``, by bisecting its multiplier."""
    low, high = 0.0, 1.0
    while lead @ _onto_simplex(weights - high * lead) > 0:
        high *= 2.0
    for _ in range(200):
        middle = 0.5 * (low + high)
        if lead @ _onto_simplex(weights - middle * lead) > 0:
            low = middle
        else:
            high = middle
    return _onto_simplex(weights - high * lead)


def _onto_simplex(point: Array) -> Array:
    """Nearest point of the simplex (Held, Wolfe and Crowder 1974)."""
    ordered = -np.sort(-point)
    excess = (np.cumsum(ordered) - 1) / np.arange(1, len(point) + 1)
    shift = excess[np.flatnonzero(ordered > excess)[-1]]
    projected: Array = np.maximum(point - shift, 0.0)
    return projected


def _nearest_searched(
    problem: DecisionProblem,
    method: Method,
    settings: dict[str, Any],
    pair: tuple[int, int],
    *,
    norm: str,
    rng: np.random.Generator,
) -> Array | None:
    """Search level weights on rays from the present weights, then polish the nearest by a solver."""
    weights, m = problem.weights, len(problem.weights)
    i, k = pair

    def lead(batch: Array) -> Array:
        scores = method.kernel(problem.values, batch, problem.sense, **settings)
        gap = scores[..., i] - scores[..., k]
        return gap if method.higher_is_better else -gap

    if lead(weights) <= 0:
        return weights.copy()
    targets = np.vstack([np.eye(m), rng.dirichlet(np.ones(m), 200 * m)])
    steps = np.linspace(0, 1, 101)[1:]
    rays = weights + steps[:, None, None] * (targets - weights)
    level = lead(rays.reshape(-1, m)).reshape(len(steps), -1) <= 0
    reached = np.flatnonzero(level.any(axis=0))
    if not reached.size:
        return None
    points = rays[level[:, reached].argmax(axis=0), reached]
    far = np.array([_distance(p - weights, norm) for p in points])
    best: Array = points[np.argmin(far)]
    for start in points[np.argsort(far)[:_STARTS]]:
        constraints: Any = [
            {"type": "eq", "fun": lambda w: w.sum() - 1},
            {"type": "ineq", "fun": lambda w: -lead(np.maximum(w, 0.0))},
        ]

        def moved(w: Any) -> float:  # noqa: ANN401 - the solver's array
            return _distance(w - weights, norm)

        found = minimize(
            moved,
            start,
            method="SLSQP",
            bounds=[(0.0, 1.0)] * m,
            constraints=constraints,
        )
        kept = np.maximum(found.x, 0.0)
        polished: Array = kept / kept.sum()
        # A solver's constraint is met to its tolerance only: step back to where it holds.
        if lead(polished) > 0:
            polished = _until_level(lead, polished, start)
        if _distance(polished - weights, norm) < _distance(best - weights, norm):
            best = polished
    return best


def _until_level(lead: Any, short: Array, beyond: Array) -> Array:  # noqa: ANN401 - function of weights
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        if lead(short + middle * (beyond - short)) > 0:
            low = middle
        else:
            high = middle
    return short + high * (beyond - short)


@dataclass(frozen=True, slots=True)
class MissingCriterion:
    """Weight that an unmeasured criterion would need to overturn the first place.

    Attributes
    ----------
    rival : str or None
        Who would take the place; None where no weight below 1 does it.
    weight : float
        Share of all weights, 1 where nothing short of it does it.
    """

    rival: str | None
    weight: float


def missing_criterion(
    problem: DecisionProblem,
    method: str,
    **params: Any,  # noqa: ANN401 - the method's own
) -> MissingCriterion:
    """Missing-criterion robustness value, after Cinelli and Hazlett (2020).

    One more criterion is added on which the leader is worst (0), a rival best (1) and the others
    in between (1/2), while the present weights keep their proportions; the smallest weight of it
    at which the rival stands above the leader is found for every rival, and the least of them
    returned.
    """
    chosen = get_method(method)
    settings = chosen.settings(params)
    result = rank_alternatives(problem, method, **params)
    i = problem.alternatives.index(result.first[0])
    n = len(problem.alternatives)
    sense = np.append(problem.sense, 1.0)
    best = MissingCriterion(None, 1.0)
    for k in range(n):
        if k == i:
            continue
        column = np.full(n, 1.5)  # 1 to 2, so that ratio methods take it
        column[i], column[k] = 1.0, 2.0
        values = np.column_stack([problem.values, column])
        chosen.check(values, sense, settings)

        def lead(share: Array, values: Array = values, k: int = k) -> Array:
            weights = np.column_stack([problem.weights * (1 - share[:, None]), share])
            scores = chosen.kernel(values, weights, sense, **settings)
            gap = scores[:, i] - scores[:, k]
            return gap if chosen.higher_is_better else -gap

        grid = np.linspace(0, 1, 2001)
        lost = np.flatnonzero(lead(grid) < 0)
        if not lost.size:
            continue
        low, high = grid[max(lost[0] - 1, 0)], grid[lost[0]]
        for _ in range(40):
            middle = 0.5 * (low + high)
            if lead(np.array([middle]))[0] < 0:
                high = middle
            else:
                low = middle
        if high < best.weight:
            best = MissingCriterion(problem.alternatives[k], float(high))
    return best
