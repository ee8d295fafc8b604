"""Does a method keep a promise on a given problem? One check for each declared property.

A property holds for a method when no problem breaks it; a single problem that does is its
counterexample. The same checks serve the tests and a user who asks what a method does to their
own problem.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from mcda.problem import DecisionProblem
from mcda.ranking import ranks_of
from mcda.registry import Method, Property

Params = Mapping[str, Any]
# Differences below this are rounding, relative to the scores' size.
ROUNDING = 1e-9


def keeps(
    promise: Property,
    method: Method,
    params: Params,
    problem: DecisionProblem,
    rng: np.random.Generator,
) -> bool:
    """Try a property on one problem; whatever must be chosen (which cell, how far) is random.

    Parameters
    ----------
    promise
        The property to try.
    method, params
        What ranks.
    problem
        Values above zero, so that every method can take it and its restatements.
    rng
        Chooses the cell, the amount, the criterion.

    Returns
    -------
    bool
        False when the problem is a counterexample.
    """
    return _CHECKS[promise](method, params, problem, rng)


def _scores(method: Method, params: Params, problem: DecisionProblem) -> np.ndarray:
    """Score so that higher is better."""
    scores = method.scores(problem.values, problem.weights, problem.sense, **params)
    return scores if method.higher_is_better else -scores


def _ranks(method: Method, params: Params, problem: DecisionProblem) -> np.ndarray:
    return steady_ranks(_scores(method, params, problem))


def steady_ranks(scores: np.ndarray) -> np.ndarray:
    """Rank scores, higher first, after rounding: a restatement's rounding must not split a tie."""
    size = max(float(np.abs(scores).max()), 1e-300)
    return ranks_of(np.round(scores / size, 9))


def _worsened(problem: DecisionProblem, rng: np.random.Generator) -> tuple[int, DecisionProblem]:
    """Worsen one random cell within (and somewhat beyond) the range of its column."""
    i = int(rng.integers(len(problem.alternatives)))
    j = int(rng.integers(len(problem.criteria)))
    values = problem.values.copy()
    if problem.senses[j] == "max":
        values[i, j] *= rng.uniform(0.05, 1.0)
    else:
        values[i, j] *= rng.uniform(1.0, 4.0)
    return i, problem.replace(values=values)


def _monotone_score(
    m: Method, p: Params, problem: DecisionProblem, rng: np.random.Generator
) -> bool:
    i, worse = _worsened(problem, rng)
    before, after = _scores(m, p, problem), _scores(m, p, worse)
    return bool(after[i] <= before[i] + ROUNDING * np.abs(before).max())


def _monotone_rank(
    m: Method, p: Params, problem: DecisionProblem, rng: np.random.Generator
) -> bool:
    i, worse = _worsened(problem, rng)
    return bool(_ranks(m, p, worse)[i] >= _ranks(m, p, problem)[i])


def _dominance(m: Method, p: Params, problem: DecisionProblem, rng: np.random.Generator) -> bool:
    """Try every dominating pair; one is made where there is none."""
    i, worse = _worsened(problem, rng)
    k = (i + 1) % len(problem.alternatives)
    values = problem.values.copy()
    values[k] = worse.values[i]
    made = problem.replace(values=values)
    ranks = _ranks(m, p, made)
    oriented = made.values * made.sense
    as_good = (oriented[:, None, :] >= oriented[None, :, :]).all(axis=2)
    return bool((ranks[:, None] <= ranks[None, :])[as_good].all())


def _restated(
    restate: Callable[[np.ndarray, np.random.Generator], np.ndarray], *, turn: bool = False
) -> Callable[[Method, Params, DecisionProblem, np.random.Generator], bool]:
    """Compare ranks before and after one column is restated (and its sense turned)."""

    def check(m: Method, p: Params, problem: DecisionProblem, rng: np.random.Generator) -> bool:
        j = int(rng.integers(len(problem.criteria)))
        values = problem.values.copy()
        values[:, j] = restate(values[:, j], rng)
        senses = list(problem.senses)
        if turn:
            senses[j] = "min" if senses[j] == "max" else "max"
        other = problem.replace(values=values, senses=tuple(senses))
        return bool((_ranks(m, p, problem) == _ranks(m, p, other)).all())

    return check


def _independence(m: Method, p: Params, problem: DecisionProblem, rng: np.random.Generator) -> bool:
    """Remove the last-ranked alternative and compare the order of the others."""
    if len(problem.alternatives) < 3:
        return True
    scores = _scores(m, p, problem)
    stay = np.arange(len(scores)) != int(np.argmin(scores))
    fewer = problem.replace(
        values=problem.values[stay],
        alternatives=tuple(a for a, s in zip(problem.alternatives, stay, strict=True) if s),
    )
    return bool((steady_ranks(scores[stay]) == _ranks(m, p, fewer)).all())


def _linear(m: Method, p: Params, problem: DecisionProblem, rng: np.random.Generator) -> bool:
    """Score a mix of two weight vectors and compare with the mix of the scores."""
    other = rng.dirichlet(np.ones(len(problem.criteria)))
    t = rng.uniform()
    mixed = t * problem.weights + (1 - t) * other
    a, b, c = (_scores(m, p, problem.replace(weights=w)) for w in (problem.weights, other, mixed))
    return bool(np.allclose(c, t * a + (1 - t) * b, atol=ROUNDING * max(np.abs(c).max(), 1)))


def _zero_sum(m: Method, p: Params, problem: DecisionProblem, rng: np.random.Generator) -> bool:
    return bool(abs(_scores(m, p, problem).sum()) < ROUNDING)


def _unit_interval(
    m: Method, p: Params, problem: DecisionProblem, rng: np.random.Generator
) -> bool:
    scores = m.scores(problem.values, problem.weights, problem.sense, **p)
    return bool((scores >= -ROUNDING).all() and (scores <= 1 + ROUNDING).all())


_CHECKS: dict[Property, Callable[[Method, Params, DecisionProblem, np.random.Generator], bool]] = {
    Property.MONOTONE_SCORE: _monotone_score,
    Property.MONOTONE_RANK: _monotone_rank,
    Property.DOMINANCE: _dominance,
    Property.UNIT: _restated(lambda x, rng: x * rng.uniform(0.01, 100)),
    Property.SHIFT: _restated(lambda x, rng: x + rng.uniform(0, 10 * x.max())),
    Property.COMPLEMENT: _restated(
        lambda x, rng: x.max() * (1 + rng.uniform(0.01, 3)) - x, turn=True
    ),
    Property.INDEPENDENCE: _independence,
    Property.LINEAR: _linear,
    Property.ZERO_SUM: _zero_sum,
    Property.UNIT_INTERVAL: _unit_interval,
}
