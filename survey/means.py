"""Intervals of pooled mean weights, and of how far one is ahead of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from survey.frames import check_confidence

if TYPE_CHECKING:
    from survey.individual import FloatArray, IndividualPriorities


def mean_interval(
    individual: IndividualPriorities, pooling: FloatArray, *, confidence: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    """Interval of the pooled mean weight of each option.

    Student's t around the mean of the groups' means, with Satterthwaite's degrees of freedom. A
    group of which one expert was heard takes the variance within the other groups; where no group
    has two, nothing is known and the interval is 0 to 1.

    Parameters
    ----------
    individual
        Weights of each respondent.
    pooling
        Weights of the groups, shape (groups, options), as `survey.pooling.group_weights` gives.
    confidence
        Between 0 and 1.

    Returns
    -------
    low, high
        Shape (options,), within [0, 1].

    References
    ----------
    Satterthwaite (1946), Biometrics Bull. 2, 110-114; Cochran (1977), Sampling Techniques, 5.4.

    """
    means, half = _pooled_mean(individual, individual.weights, pooling, confidence)
    return np.clip(means - half, 0.0, means), np.clip(means + half, means, 1.0)


def lead_interval(
    individual: IndividualPriorities,
    pooling: FloatArray,
    first: str,
    second: str,
    *,
    confidence: float = 0.95,
) -> tuple[float, float]:
    """Interval of how far one option's pooled mean weight is ahead of another's.

    The same expert weighs both, so the interval is of the experts' own differences: intervals of
    the two means may overlap where it leaves 0 out.

    Parameters
    ----------
    individual, pooling, confidence
        As of `mean_interval`.
    first, second
        Options.

    """
    ahead = [individual.options.index(option) for option in (first, second)]
    each = individual.weights[:, ahead[:1]] - individual.weights[:, ahead[1:]]
    mean, half = _pooled_mean(individual, each, pooling[:, ahead[:1]], confidence)
    return max(float(mean[0] - half[0]), -1.0), min(float(mean[0] + half[0]), 1.0)


def _pooled_mean(
    individual: IndividualPriorities, values: FloatArray, pooling: FloatArray, confidence: float
) -> tuple[FloatArray, FloatArray]:
    """Pooled mean of values (respondents, columns), and half of its interval; inf if unknown."""
    check_confidence(confidence)
    given = individual.given
    heard, places = values[given], individual.group_of[given]
    size = np.bincount(places, minlength=len(individual.groups)).astype(np.float64)[:, None]
    sums = np.zeros((len(individual.groups), values.shape[1]))
    np.add.at(sums, places, heard)
    means = np.divide(sums, size, out=np.zeros_like(sums), where=size > 0)
    squares = np.zeros_like(means)
    np.add.at(squares, places, (heard - means[places]) ** 2)
    centre = (pooling * means).sum(axis=0)
    free = np.maximum(size - 1, 0)
    if not free.any():
        return centre, np.full_like(centre, np.inf)
    within = squares.sum(axis=0) / free.sum()
    variance = np.where(free > 0, squares / np.maximum(free, 1), within)
    parts = np.divide(pooling**2 * variance, size, out=np.zeros_like(variance), where=size > 0)
    # A borrowed variance is known as well as all groups together make it known.
    degrees = np.where(free > 0, free, free.sum())
    total = parts.sum(axis=0)
    freedom = np.divide(
        total**2, (parts**2 / degrees).sum(axis=0), out=np.ones_like(total), where=total > 0
    )
    return centre, stdtrit(freedom, 0.5 + confidence / 2) * np.sqrt(total)
