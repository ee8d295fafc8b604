"""Objective weights: what the table of values itself says about the criteria.

Such weights measure how a criterion spreads the alternatives, not how much it matters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.normalisation import minmax
from mcda.problem import Array, DecisionProblem
from mcda.registry import nearest

Steps = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Weights of the criteria, summing to 1, and every intermediate."""

    method: str
    variant: str
    reference: str
    weights: Array
    steps: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weighting:
    """A registered way to find weights."""

    name: str
    title: str
    variant: str
    reference: str
    kernel: Callable[..., Array]
    parameters: Mapping[str, Any]
    degenerate: str


_WEIGHTINGS: dict[str, Weighting] = {}
WEIGHTINGS: Mapping[str, Weighting] = MappingProxyType(_WEIGHTINGS)


def _register(
    name: str,
    title: str,
    variant: str,
    reference: str,
    degenerate: str,
    **parameters: Any,  # noqa: ANN401 - each has its own
) -> Callable[[Callable[..., Array]], Callable[..., Array]]:
    def add(kernel: Callable[..., Array]) -> Callable[..., Array]:
        _WEIGHTINGS[name] = Weighting(
            name, title, variant, reference, kernel, parameters, degenerate
        )
        return kernel

    return add


def objective_weights(problem: DecisionProblem, method: str, **params: Any) -> Weights:  # noqa: ANN401
    """Find weights from the values of a problem; its own weights are not looked at.

    Raises
    ------
    ProblemError
        Unknown method or parameter, or values that the method cannot take.
    """
    if method not in _WEIGHTINGS:
        raise ProblemError(
            "unknown_method",
            "method {found} is not known; expected {nearest}",
            found=repr(method),
            nearest=nearest(method, list(_WEIGHTINGS)),
        )
    chosen = _WEIGHTINGS[method]
    for name in params:
        if name not in chosen.parameters:
            raise ProblemError(
                "unknown_parameter",
                "method {method} has no parameter {found}; expected {nearest}",
                method=method,
                found=repr(name),
                nearest=nearest(name, list(chosen.parameters)),
            )
    if len(problem.alternatives) < 2:
        raise ProblemError(
            "one_alternative",
            "one alternative has no spread to weigh criteria by; expected two or more",
        )
    steps: Steps = {}
    raw = chosen.kernel(problem.values, problem.sense, steps, **(dict(chosen.parameters) | params))
    if not raw.sum() > 0:
        raise ProblemError(
            "no_spread",
            "method {method} finds no spread in any criterion; expected one on which alternatives differ",
            method=method,
        )
    return Weights(
        method, chosen.variant, chosen.reference, raw / raw.sum(), MappingProxyType(steps)
    )


def _need(condition: bool, method: str, expected: str) -> None:
    if not condition:
        raise ProblemError(
            "values",
            "method {method} cannot take these values; expected {expected}",
            method=method,
            expected=expected,
        )


@_register(
    "entropy",
    "Entropy",
    "shares of column sums, direction-blind",
    "Shannon (1948); Hwang and Yoon (1981)",
    "a criterion on which all are equal has weight 0",
)
def entropy(values: Array, sense: Array, steps: Steps) -> Array:
    """One minus the normalised entropy of each column's shares; 0 log 0 is 0."""
    _need(
        values.min() >= 0 and bool((values.sum(axis=0) > 0).all()),
        "entropy",
        "values of 0 or more, no column of zeros",
    )
    share = values / values.sum(axis=0)
    logs = np.log(share, out=np.zeros_like(share), where=share > 0)
    steps["entropy"] = -(share * logs).sum(axis=0) / np.log(len(values))
    divergence: Array = np.maximum(1 - steps["entropy"], 0.0)
    spread: Array = np.where(np.ptp(values, axis=0) > 0, divergence, 0.0)
    return spread


def _critic(normalised: Array, steps: Steps) -> Array:
    spread = normalised.std(axis=0, ddof=1)
    varies = spread > 0
    correlation = np.zeros((len(spread), len(spread)))
    if varies.any():
        correlation[np.ix_(varies, varies)] = np.atleast_2d(np.corrcoef(normalised[:, varies].T))
    steps["std"], steps["correlation"] = spread, correlation
    conflict = (1 - correlation)[:, varies].sum(axis=1)
    # A lone varying criterion conflicts with nothing, yet is all there is.
    information: Array = spread * (conflict if varies.sum() > 1 else np.ones_like(spread))
    return information


@_register(
    "critic",
    "CRITIC",
    "min-max by direction, sample deviation",
    "Diakoulaki, Mavrotas and Papayannakis (1995)",
    "a criterion on which all are equal has weight 0 and conflicts with nothing",
)
def critic(values: Array, sense: Array, steps: Steps) -> Array:
    """Deviation times the conflict with the other criteria, values normalised by direction."""
    return _critic(minmax(values, sense), steps)


@_register(
    "critic-blind",
    "CRITIC, direction-blind",
    "min-max that takes every criterion as a benefit",
    "as used by Tus and Adali (2019)",
    "a criterion on which all are equal has weight 0 and conflicts with nothing",
)
def critic_blind(values: Array, sense: Array, steps: Steps) -> Array:
    """CRITIC of a normalisation that does not look at the sense."""
    return _critic(minmax(values, np.ones_like(sense)), steps)


@_register(
    "merec",
    "MEREC",
    "min / x for benefits, x / max for costs",
    "Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis and Antucheviciene (2021)",
    "a criterion on which all are equal has weight 0",
)
def merec(values: Array, sense: Array, steps: Steps) -> Array:
    """Effect of removing each criterion on the alternatives' performance."""
    _need(values.min() > 0, "merec", "all values above 0")
    normalised = np.where(sense > 0, values.min(axis=0) / values, values / values.max(axis=0))
    logs = np.abs(np.log(normalised))
    m = values.shape[1]
    whole = np.log1p(logs.sum(axis=1) / m)
    without = np.log1p((logs.sum(axis=1, keepdims=True) - logs) / m)
    steps |= {"normalised": normalised, "performance": whole, "without": without}
    effect: Array = np.abs(without - whole[:, None]).sum(axis=0)
    return effect


@_register(
    "cilos",
    "CILOS",
    "costs turned to min / x",
    "Zavadskas and Podvezko (2016)",
    "one alternative best on every criterion loses nothing: equal weights",
)
def cilos(values: Array, sense: Array, steps: Steps) -> Array:
    """Criterion impact loss: the null vector of the matrix of relative losses."""
    _need(values.min() > 0, "cilos", "all values above 0")
    benefit = np.where(sense > 0, values, values.min(axis=0) / values)
    benefit = benefit / benefit.sum(axis=0)
    best = benefit.argmax(axis=0)
    square = benefit[best]  # row i: the alternative that is best on criterion i
    diagonal = np.diag(square)
    loss = (diagonal - square) / diagonal
    system = loss - np.diag(loss.sum(axis=0))
    steps |= {"square": square, "relative_loss": loss}
    m = len(diagonal)
    if np.allclose(loss, 0):
        return np.ones(m)
    _, _, v = np.linalg.svd(system)
    impact: Array = np.abs(v[-1])
    return impact


@_register(
    "idocriw",
    "IDOCRIW",
    "entropy of the values as they stand times CILOS",
    "Zavadskas and Podvezko (2016)",
    "a criterion on which all are equal has weight 0",
)
def idocriw(values: Array, sense: Array, steps: Steps) -> Array:
    """Entropy weights multiplied by criterion-impact-loss weights."""
    _need(values.min() > 0, "idocriw", "all values above 0")
    by_entropy = entropy(values, sense, {})
    by_loss = cilos(values, sense, {})
    _need(by_entropy.sum() > 0, "idocriw", "a criterion on which alternatives differ")
    steps["entropy"] = by_entropy / by_entropy.sum()
    steps["cilos"] = by_loss / by_loss.sum()
    return by_entropy * by_loss


@_register(
    "std",
    "Standard deviation",
    "min-max by direction",
    "Diakoulaki, Mavrotas and Papayannakis (1995)",
    "a criterion on which all are equal has weight 0",
    ddof=0,
)
def std(values: Array, sense: Array, steps: Steps, ddof: int = 0) -> Array:
    """Deviation of the normalised column."""
    spread: Array = minmax(values, sense).std(axis=0, ddof=ddof)
    return spread


@_register(
    "gini",
    "Gini",
    "mean absolute difference over twice the mean",
    "Li and Chi (2009)",
    "a criterion on which all are equal has weight 0",
)
def gini(values: Array, sense: Array, steps: Steps) -> Array:
    """Gini coefficient of each column."""
    _need(
        values.min() >= 0 and bool((values.sum(axis=0) > 0).all()),
        "gini",
        "values of 0 or more, no column of zeros",
    )
    gaps = np.abs(values[:, None] - values[None]).sum(axis=(0, 1))
    coefficient: Array = gaps / (2 * len(values) * values.sum(axis=0))
    return coefficient


@_register(
    "angle",
    "Angle",
    "shares of column sums against equal shares",
    "Shuai, Zhou, Wu, Li and Qin (2012)",
    "a criterion on which all are equal has weight 0",
)
def angle(values: Array, sense: Array, steps: Steps) -> Array:
    """Angle between each column and a column of equal values."""
    norm = np.sqrt((values**2).sum(axis=0))
    _need(bool((norm > 0).all()), "angle", "no column of zeros")
    cosine = values.sum(axis=0) / (norm * np.sqrt(len(values)))
    turn: Array = np.where(np.ptp(values, axis=0) > 0, np.arccos(np.clip(cosine, -1, 1)), 0.0)
    return turn
