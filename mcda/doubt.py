"""Which uncertain input causes how much of the doubt about who is first.

Doubt is the variance of the indicator of the first place, summed over alternatives (one minus the
chance that two independent draws agree on who is first); for the margin between the first two see
`mcda.margin`. It is shared among the inputs by Shapley effects (Owen 2014): each input gets its
mean marginal contribution over all orders in which the inputs could be settled, so interactions
are shared evenly and the shares sum to 1. Beside them stand the effects of Sobol (1993): of an
input alone, and with all its interactions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from mcda.errors import ProblemError
from mcda.problem import Array
from mcda.ranking import rivals

Inputs = Mapping[str, Any]
_SUM = 1e-9  # chances that sum to 1 but for rounding
# Draws put to the model in one call: a call for every small subset would be mostly overhead.
_ROWS = 16_384


@dataclass(frozen=True, slots=True)
class Doubt:
    """Shares of the doubt by cause.

    Attributes
    ----------
    shares : mapping of cause to share
        They sum to 1; a small negative share is the estimate's own error around 0.
    errors : mapping of cause to standard error
    total : float
        The doubt itself: 0 when one alternative is first in every draw.
    samples : int
        Pairs of draws behind the estimate; cells of the design where it is exact.
    first_order, total_order : mapping of cause to share
        Sobol effects: what settling the cause alone would remove of the doubt, and what would
        remain if all others were settled. Of additive causes both equal the share.
    """

    shares: Mapping[str, float]
    errors: Mapping[str, float]
    total: float
    samples: int
    first_order: Mapping[str, float] = field(default_factory=dict)
    total_order: Mapping[str, float] = field(default_factory=dict)


def first_places(oriented: Array) -> Array:
    """Indicator of the first place, shape (draws, n); a shared first place is split."""
    above, tied = rivals(oriented)
    return np.where(above == 0, 1.0 / (tied + 1.0), 0.0)


def decompose_design(
    outcomes: Array, causes: Sequence[str], chances: Sequence[ArrayLike] | None = None
) -> Doubt:
    """Share the doubt exactly, where every combination of a few settings has been computed.

    Parameters
    ----------
    outcomes : array, shape (levels of cause 1, ..., levels of cause d, k)
        One outcome per combination, such as `first_places`.
    causes
        Names of the first d axes.
    chances
        Of the levels of each cause, summing to 1; left out, equal.

    Notes
    -----
    Analysis of variance of the whole design: no draws, so no errors.
    """
    d = outcomes.ndim - 1
    if len(causes) != d or outcomes.size == 0:
        raise ProblemError(
            "design_shape",
            "the design has shape {shape} for {count} causes; expected one axis per cause and one "
            "of outcomes, none empty",
            shape=outcomes.shape,
            count=len(causes),
        )
    levels = outcomes.shape[:d]
    given = [np.full(k, 1 / k) for k in levels]
    if chances is not None:
        given = [np.asarray(p, dtype=np.float64) for p in chances]
    if len(given) != d:
        raise ProblemError(
            "design_causes",
            "chances are given for {found} causes; expected {expected}",
            found=len(given),
            expected=d,
        )
    for cause, p, count in zip(causes, given, levels, strict=True):
        if p.shape != (count,) or not (p.min() >= 0 and abs(p.sum() - 1) <= _SUM):
            raise ProblemError(
                "design_chances",
                "the chances of {cause} are {found}; expected {count} numbers of 0 or more with the sum 1",
                cause=cause,
                found=p.tolist(),
                count=count,
            )
    cost = np.zeros((2**d, 1))
    for subset in range(1, 2**d):
        mean, square = outcomes, outcomes**2
        for axis in (k for k in range(d) if subset >> k & 1):
            mean = _averaged(mean, given[axis], axis)
            square = _averaged(square, given[axis], axis)
        within = square - mean**2
        for axis in range(d):
            if within.shape[axis] > 1:
                within = _averaged(within, given[axis], axis)
        cost[subset] = max(float(within.sum()), 0.0)
    return _shared(cost, causes, int(np.prod(levels)), exact=True)


def _averaged(x: Array, chances: Array, axis: int) -> Array:
    """Mean over one axis, which stays with the length 1."""
    mean: Array = np.expand_dims(np.asarray(np.tensordot(x, chances, axes=(axis, 0))), axis)
    return mean


def decompose(
    evaluate: Callable[[Inputs], Array],
    draw: Callable[[int, np.random.Generator], Inputs],
    causes: Sequence[str],
    *,
    samples: int,
    rng: np.random.Generator,
) -> Doubt:
    """Share the doubt of a model among its independent inputs.

    Parameters
    ----------
    evaluate
        Inputs of any number of draws, each by itself, to outcomes of shape (draws, k), such as
        `first_places`.
    draw
        Given a number of draws and a generator, one value per cause; inputs are independent.
    causes
        Names of the inputs; all 2**len(causes) subsets are evaluated.
    samples
        Pairs of draws. The error falls with its square root.
    rng
        Source of the draws.

    Returns
    -------
    Doubt

    Notes
    -----
    For a subset u the cost is the mean squared change of the outcome when u is drawn anew (Jansen
    1999), half of which is the expected variance given all other inputs; Shapley values of that
    cost are the Shapley effects (Song, Nelson, Staum 2016).
    """

    def only(inputs: Inputs) -> tuple[Array]:
        return (evaluate(inputs),)

    return decompose_together(only, draw, causes, samples=samples, rng=rng)[0]


def decompose_together(
    evaluate: Callable[[Inputs], Sequence[Array]],
    draw: Callable[[int, np.random.Generator], Inputs],
    causes: Sequence[str],
    *,
    samples: int,
    rng: np.random.Generator,
) -> tuple[Doubt, ...]:
    """Share the doubt about several outcomes of one model, which is run once for all of them.

    Parameters
    ----------
    evaluate
        Inputs of any number of draws to outcomes, each of shape (draws, k) with a k of its own.
    draw, causes, samples, rng
        As in `decompose`.
    """
    if samples < 2:
        raise ProblemError("samples", "found {found} samples; expected 2 or more", found=samples)
    base, fresh = draw(samples, rng), draw(samples, rng)
    before = evaluate(base)
    d = len(causes)
    costs = np.zeros((len(before), 2**d, samples))
    at_once = max(_ROWS // samples, 1)
    for start in range(1, 2**d, at_once):
        subsets = range(start, min(start + at_once, 2**d))
        mixed = {
            cause: _stacked([(fresh if u >> k & 1 else base)[cause] for u in subsets])
            for k, cause in enumerate(causes)
        }
        for cost, now, then in zip(costs, evaluate(mixed), before, strict=True):
            change = now.reshape(len(subsets), *then.shape) - then
            cost[start : start + len(subsets)] = 0.5 * (change**2).sum(axis=2)
    return tuple(_shared(cost, causes, samples) for cost in costs)


def _stacked(parts: Sequence[Any]) -> Any:  # noqa: ANN401 - an array, or a mapping of arrays
    """Draws one below the other."""
    if isinstance(parts[0], Mapping):
        return {name: _stacked([part[name] for part in parts]) for name in parts[0]}
    return np.concatenate([np.asarray(part) for part in parts])


def _shared(cost: Array, causes: Sequence[str], samples: int, *, exact: bool = False) -> Doubt:
    """Turn the cost of every subset, per sample, into shares."""
    d = len(causes)
    total = float(cost[-1].mean())
    none = dict.fromkeys(causes, 0.0)
    if total == 0:
        return Doubt(none, none, 0.0, samples, none, none)
    effects = _shapley_weights(d) @ cost
    shares = effects.mean(axis=1) / total
    errors = np.zeros(d)
    if not exact:
        spread = effects - shares[:, None] * cost[-1]
        errors = spread.std(axis=1, ddof=1) / np.sqrt(samples) / total
    mean = cost.mean(axis=1) / total
    return Doubt(
        shares=dict(zip(causes, shares.tolist(), strict=True)),
        errors=dict(zip(causes, errors.tolist(), strict=True)),
        total=total,
        samples=samples,
        first_order={c: float(1 - mean[-1 - 2**k]) for k, c in enumerate(causes)},
        total_order={c: float(mean[2**k]) for k, c in enumerate(causes)},
    )


def _shapley_weights(d: int) -> Array:
    """Linear map from the costs of all subsets to the Shapley value of each input, (d, 2**d)."""
    weights = np.zeros((d, 2**d))
    for subset in range(2**d):
        size = subset.bit_count()
        for k in range(d):
            if subset >> k & 1:
                weights[k, subset] += factorial(size - 1) * factorial(d - size) / factorial(d)
            else:
                weights[k, subset] -= factorial(size) * factorial(d - size - 1) / factorial(d)
    return weights
