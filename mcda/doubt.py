"""Which uncertain input causes how much of the doubt about who is first.

Doubt is the variance of the indicator of the first place, summed over alternatives (one minus the
chance that two independent draws agree on who is first). It is shared among the inputs by Shapley
effects (Owen 2014): each input gets its mean marginal contribution over all orders in which the
inputs could be settled, so interactions are shared evenly and the shares sum to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import factorial
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.problem import Array
from mcda.ranking import rivals

Inputs = Mapping[str, Any]


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
        Pairs of draws behind the estimate.
    """

    shares: Mapping[str, float]
    errors: Mapping[str, float]
    total: float
    samples: int


def first_places(oriented: Array) -> Array:
    """Indicator of the first place, shape (draws, n); a shared first place is split."""
    above, tied = rivals(oriented)
    return np.where(above == 0, 1.0 / (tied + 1.0), 0.0)


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
        Inputs of `samples` draws to outcomes of shape (samples, k), such as `first_places`.
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
    if samples < 2:
        raise ProblemError("samples", "found {found} samples; expected 2 or more", found=samples)
    base, fresh = draw(samples, rng), draw(samples, rng)
    before = evaluate(base)
    d = len(causes)
    cost = np.zeros((2**d, samples))
    for subset in range(1, 2**d):
        mixed = {
            cause: (fresh if subset >> k & 1 else base)[cause] for k, cause in enumerate(causes)
        }
        cost[subset] = 0.5 * ((evaluate(mixed) - before) ** 2).sum(axis=1)
    effects = _shapley_weights(d) @ cost
    total = float(cost[-1].mean())
    if total == 0:
        return Doubt(dict.fromkeys(causes, 0.0), dict.fromkeys(causes, 0.0), 0.0, samples)
    shares = effects.mean(axis=1) / total
    spread = effects - shares[:, None] * cost[-1]
    errors = spread.std(axis=1, ddof=1) / np.sqrt(samples) / total
    return Doubt(
        shares=dict(zip(causes, shares.tolist(), strict=True)),
        errors=dict(zip(causes, errors.tolist(), strict=True)),
        total=total,
        samples=samples,
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
