"""What would change the answer: how far one weight can move before another alternative is first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mcda.evaluation import obstacle, of_kept_criteria, rank_alternatives
from mcda.problem import Array, DecisionProblem
from mcda.ranking import TIE
from mcda.registry import Method, Property, get_method

# Where scores are not linear in the weights: the grid that looks for a change, and the bisections
# that place it (2**-40 of a grid step).
GRID = 2001
BISECTIONS = 40

_Oriented = Callable[[Array], Array]


@dataclass(frozen=True, slots=True)
class StabilityInterval:
    """Weights of one criterion for which the first place stays as it is.

    Attributes
    ----------
    criterion : str
    weight : float
        The present weight, as a share of all.
    low, high : float
        The interval around it, within 0 to 1; the other weights keep their proportions.
    below, above : str or None
        Who takes the first place beyond each end; None where the end is 0 or 1.
    exact : bool
        True where scores are linear in the weights; elsewhere the ends are found on a grid of
        1/2000 and bisected, and a change that comes and goes within one step is not seen.
    """

    criterion: str
    weight: float
    low: float
    high: float
    below: str | None
    above: str | None
    exact: bool


def weight_stability(
    problem: DecisionProblem,
    method: str,
    **params: Any,  # noqa: ANN401 - the method's own
) -> tuple[StabilityInterval, ...]:
    """Weight-stability interval of the first place for each criterion (Mareschal 1988).

    Criterion j's weight t runs from 0 to 1 while the others share 1 - t in their present
    proportions. With one criterion, or where all weight lies on one, the proportions of the others
    are equal. A first place shared by several is kept while one of them still has it alone or
    shared.

    Returns
    -------
    tuple of StabilityInterval
        In the order of the criteria; those of weight zero that the method cannot take are left
        out.
    """
    chosen = get_method(method)
    settings = chosen.settings(params)
    first = rank_alternatives(problem, method, **params).first
    leaders = np.array([a in first for a in problem.alternatives])
    if obstacle(problem, method, all_criteria=True, **params) is not None:
        # A criterion of weight zero that the method cannot take has no weight to move.
        kept = problem.without_idle_criteria()
        settings = of_kept_criteria(chosen, settings, problem, kept)
        problem = kept
    m = len(problem.criteria)
    if m == 1:
        only = problem.criteria[0]
        return (StabilityInterval(only, 1.0, 0.0, 1.0, None, None, exact=True),)
    linear = _is_linear(chosen)
    return tuple(_interval(problem, chosen, settings, j, leaders, exact=linear) for j in range(m))


def _is_linear(method: Method) -> bool:
    """Linear in the weights whatever the parameters: all of the method's variants declare it."""
    return all(Property.LINEAR in variant.properties for variant in method.variants)


def _interval(
    problem: DecisionProblem,
    method: Method,
    settings: dict[str, Any],
    j: int,
    leaders: np.ndarray,
    *,
    exact: bool,
) -> StabilityInterval:
    weights = problem.weights
    others = weights.copy()
    others[j] = 0.0
    if others.sum() == 0:
        others = np.ones_like(weights)
        others[j] = 0.0
    others /= others.sum()
    corner = np.eye(len(weights))[j]

    def oriented(t: Array) -> Array:
        mixed = t[:, None] * corner + (1 - t)[:, None] * others
        scores = method.kernel(problem.values, mixed, problem.sense, **settings)
        return scores if method.higher_is_better else -scores

    now = float(weights[j])
    search = _exact_end if exact else _searched_end
    low, below = search(oriented, leaders, now, 0.0)
    high, above = search(oriented, leaders, now, 1.0)
    name = problem.alternatives
    return StabilityInterval(
        criterion=problem.criteria[j],
        weight=now,
        low=low,
        high=high,
        below=None if below is None else name[below],
        above=None if above is None else name[above],
        exact=exact,
    )


def _lead(scores: Array, leaders: np.ndarray) -> Array:
    """By how much the best leader is ahead of the best of the others, rounding set to 0."""
    lead = scores[:, leaders].max(axis=1) - scores[:, ~leaders].max(axis=1)
    return np.where(np.abs(lead) <= TIE * np.abs(scores).max(axis=1), 0.0, lead)


def _exact_end(
    oriented: _Oriented, leaders: np.ndarray, now: float, end: float
) -> tuple[float, int | None]:
    """Intersect the lines of scores: the nearest point at which no leader is best any more."""
    if leaders.all() or now == end:
        return end, None
    here, there = oriented(np.array([now, end]))
    # A leader stays first while some leader is at or above every rival: follow the upper envelope
    # of the leaders, which at the present weight are all equal.
    crossing, rival = end, None
    for k in np.flatnonzero(~leaders):
        stays = -1.0
        for i in np.flatnonzero(leaders):
            gap_here, gap_there = here[i] - here[k], there[i] - there[k]
            slack = TIE * max(np.abs(here).max(), np.abs(there).max())
            share = 1.0 if gap_there >= -slack else gap_here / (gap_here - gap_there)
            stays = max(stays, share)
        if stays < 1.0:
            point = now + stays * (end - now)
            nearer = abs(point - now) - abs(crossing - now)
            # Rivals that catch up at one point: beyond it the one that rises fastest is first.
            level = abs(nearer) <= TIE and rival is not None and there[k] > there[rival]
            if rival is None or nearer < -TIE or level:
                crossing, rival = point, int(k)
    return float(crossing), rival


def _searched_end(
    oriented: _Oriented, leaders: np.ndarray, now: float, end: float
) -> tuple[float, int | None]:
    """Walk a grid towards the end until the lead is lost, then bisect the step."""
    if leaders.all() or now == end:
        return end, None
    path = np.linspace(now, end, GRID)
    lost = np.flatnonzero(_lead(oriented(path), leaders) < 0)
    if not lost.size:
        return end, None
    inside, outside = path[lost[0] - 1], path[lost[0]]
    for _ in range(BISECTIONS):
        middle = 0.5 * (inside + outside)
        if _lead(oriented(np.array([middle])), leaders)[0] < 0:
            outside = middle
        else:
            inside = middle
    scores = oriented(np.array([outside]))[0]
    return float(inside), int(np.argmax(np.where(leaders, -np.inf, scores)))
