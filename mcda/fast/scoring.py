"""Score a block of draws by methods whose score comes of two weighted sums per alternative.

With A and B the two sums: TOPSIS the squared distances from the ideal and the anti-ideal, VIKOR
S and R (there a maximum), COPRAS the benefits and the costs, EDAS what is above and below the
average, MARCOS the alternative and the anti-ideal row; PROMETHEE II needs the first only, the net
flow. Draws run along the last axis, in strips.
All scores are oriented: more is better.
"""

# ruff: noqa: PLR0917 - compiled functions take what they need in order
from __future__ import annotations

import numpy as np

from mcda.fast.jit import jit
from mcda.problem import Array

_STRIP = 128

# What the two sums make of a score.
CLOSENESS, COMPROMISE, RELIEF, AVERAGE, UTILITY, NET_FLOW = range(6)
# How the column of a criterion is normalised before it is weighed.
VECTOR, MINMAX, MAXIMUM, TOTAL, RAW = range(5)


@jit()
def fixed(form: int, a: Array, b: Array, weights: Array, param: float) -> Array:
    """Score one matrix, given as its cells a and b (n, m), under weights (m, draws)."""
    n, m = a.shape
    draws = weights.shape[1]
    scores = np.empty((n, draws))
    A, B, w = np.empty((n, _STRIP)), np.empty((n, _STRIP)), np.empty(_STRIP)
    for start in range(0, draws, _STRIP):
        size = min(_STRIP, draws - start)
        A[:] = 0.0
        B[:] = 0.0
        for j in range(m):
            _weigh(form, weights[j][start : start + size], w)
            for i in range(n):
                for d in range(size):
                    A[i, d] += a[i, j] * w[d]
                if form == COMPROMISE:
                    for d in range(size):
                        B[i, d] = max(B[i, d], b[i, j] * w[d])
                else:
                    for d in range(size):
                        B[i, d] += b[i, j] * w[d]
        _finish(form, A, B, size, param)
        for i in range(n):
            scores[i][start : start + size] = A[i][:size]
    return scores


@jit()
def varying(
    form: int, rule: int, values: Array, sense: Array, weights: Array, param: float
) -> Array:
    """Score a matrix of its own in every draw (n, m, draws), under weights (m, draws)."""
    n, m, draws = values.shape
    scores = np.empty((n, draws))
    x, A, B = np.empty((n, _STRIP)), np.empty((n, _STRIP)), np.empty((n, _STRIP))
    low, high, w = np.empty(_STRIP), np.empty(_STRIP), np.empty(_STRIP)
    for start in range(0, draws, _STRIP):
        size = min(_STRIP, draws - start)
        A[:] = 0.0
        B[:] = 0.0
        for j in range(m):
            for i in range(n):
                cells = values[i][j][start : start + size]
                for d in range(size):
                    x[i, d] = cells[d]
            gain = sense[j] > 0.0
            if rule != RAW:
                _normalise(rule, x, size, gain, low, high)
            _weigh(form, weights[j][start : start + size], w)
            _add(form, x, size, gain, w, A, B, low, high)
        _finish(form, A, B, size, param)
        for i in range(n):
            scores[i][start : start + size] = A[i][:size]
    return scores


@jit()
def _weigh(form: int, weights: Array, w: Array) -> None:
    for d in range(len(weights)):
        w[d] = weights[d]
    if form == CLOSENESS:  # a distance weighs its square
        for d in range(len(weights)):
            w[d] *= w[d]


# --- the column of one criterion, (n, draws) -----------------------------------------------------


@jit()
def _extent(x: Array, size: int, low: Array, high: Array) -> None:
    for d in range(size):
        low[d] = high[d] = x[0, d]
    for i in range(1, len(x)):
        for d in range(size):
            low[d] = min(low[d], x[i, d])
            high[d] = max(high[d], x[i, d])


@jit()
def _total(x: Array, size: int, total: Array) -> None:
    total[:] = 0.0
    for i in range(len(x)):
        for d in range(size):
            total[d] += x[i, d]


@jit()
def _divide(x: Array, size: int, by: Array) -> None:
    for i in range(len(x)):
        for d in range(size):
            share = x[i, d] / by[d]
            x[i, d] = share if by[d] != 0.0 else 0.0


@jit()
def _invert(x: Array, size: int) -> None:
    for i in range(len(x)):
        for d in range(size):
            inverse = 1.0 / x[i, d]
            x[i, d] = inverse if x[i, d] != 0.0 else 0.0


@jit()
def _normalise(rule: int, x: Array, size: int, gain: bool, low: Array, high: Array) -> None:
    """Normalise in place, so that more is better; low and high are room for work."""
    _extent(x, size, low, high)
    if rule == MINMAX:
        _by_range(x, size, gain, low, high)
    elif rule == VECTOR:
        _by_norm(x, size, gain, low, high)
    elif rule == MAXIMUM:
        _by_best(x, size, gain, low, high)
    elif rule == TOTAL:
        if not gain:
            _invert(x, size)
        _total(x, size, low)
        _divide(x, size, low)


@jit()
def _by_range(x: Array, size: int, gain: bool, low: Array, high: Array) -> None:
    for d in range(size):
        worst = low[d] if gain else high[d]
        high[d] = high[d] - low[d] if gain else low[d] - high[d]
        low[d] = worst
    for i in range(len(x)):
        for d in range(size):
            x[i, d] -= low[d]
    _divide(x, size, high)


@jit()
def _by_norm(x: Array, size: int, gain: bool, low: Array, high: Array) -> None:
    """Divide first by the largest: squares of very large values would leave the numbers' range."""
    for d in range(size):
        high[d] = max(abs(low[d]), abs(high[d]))
    _divide(x, size, high)
    low[:] = 0.0
    for i in range(len(x)):
        for d in range(size):
            low[d] += x[i, d] * x[i, d]
    for d in range(size):
        low[d] = np.sqrt(low[d])
    _divide(x, size, low)
    if not gain:
        for i in range(len(x)):
            for d in range(size):
                x[i, d] = 1.0 - x[i, d]


@jit()
def _by_best(x: Array, size: int, gain: bool, low: Array, high: Array) -> None:
    if gain:
        _divide(x, size, high)
    else:
        for i in range(len(x)):
            for d in range(size):
                share = low[d] / x[i, d]
                x[i, d] = share if x[i, d] != 0.0 else 0.0


@jit()
def _add(
    form: int,
    x: Array,
    size: int,
    gain: bool,
    w: Array,
    A: Array,
    B: Array,
    low: Array,
    high: Array,
) -> None:
    """Add a normalised criterion of weight w (draws,) to the sums; low and high as above."""
    if form == RELIEF:
        _total(x, size, low)
        _divide(x, size, low)
        sums = A if gain else B
        for i in range(len(x)):
            for d in range(size):
                sums[i, d] += x[i, d] * w[d]
    elif form == AVERAGE:
        _add_deviations(x, size, gain, w, A, B, low)
    elif form == NET_FLOW:
        _add_flows(x, size, gain, w, A)
    else:
        _extent(x, size, low, high)
        _add_to_ends(form, x, size, w, A, B, low, high)


@jit()
def _add_to_ends(
    form: int, x: Array, size: int, w: Array, A: Array, B: Array, low: Array, high: Array
) -> None:
    for i in range(len(x)):
        if form == CLOSENESS:
            for d in range(size):
                A[i, d] += (x[i, d] - high[d]) * (x[i, d] - high[d]) * w[d]
                B[i, d] += (x[i, d] - low[d]) * (x[i, d] - low[d]) * w[d]
        elif form == COMPROMISE:
            for d in range(size):
                regret = (1.0 - x[i, d]) * w[d] if high[d] > low[d] else 0.0
                A[i, d] += regret
                B[i, d] = max(B[i, d], regret)
        else:
            for d in range(size):
                A[i, d] += x[i, d] * w[d]
                B[i, d] += low[d] * w[d]


@jit()
def _add_deviations(
    x: Array, size: int, gain: bool, w: Array, A: Array, B: Array, average: Array
) -> None:
    n = len(x)
    sign = 1.0 if gain else -1.0
    _total(x, size, average)
    for d in range(size):
        average[d] /= n
    for i in range(n):
        for d in range(size):
            x[i, d] = (x[i, d] - average[d]) * sign
    _divide(x, size, average)
    for i in range(n):
        for d in range(size):
            A[i, d] += max(x[i, d], 0.0) * w[d]
            B[i, d] += max(-x[i, d], 0.0) * w[d]


@jit()
def _add_flows(x: Array, size: int, gain: bool, w: Array, A: Array) -> None:
    """Usual preference: all or nothing."""
    n = len(x)
    others = max(n - 1, 1) if gain else -max(n - 1, 1)
    for i in range(n):
        for k in range(i + 1, n):
            for d in range(size):
                ahead = np.float64(x[i, d] > x[k, d]) - np.float64(x[i, d] < x[k, d])
                A[i, d] += ahead / others * w[d]
                A[k, d] -= ahead / others * w[d]


# --- from the two sums to the score, in A ---------------------------------------------------------


@jit()
def _finish(form: int, A: Array, B: Array, size: int, param: float) -> None:
    if form == CLOSENESS:
        _approach(A, B, size)
    elif form == COMPROMISE:
        _stretch(A, size)
        _stretch(B, size)
        for i in range(len(A)):
            for d in range(size):
                A[i, d] = -(param * A[i, d] + (1.0 - param) * B[i, d])
    elif form == RELIEF:
        _relieve(A, B, size)
    elif form == AVERAGE:
        _appraise(A, B, size)
    elif form == UTILITY:
        _useful(A, B, size)


@jit()
def _approach(A: Array, B: Array, size: int) -> None:
    """TOPSIS: how near, between the ideal and the anti-ideal."""
    for i in range(len(A)):
        for d in range(size):
            far = np.sqrt(B[i, d])
            span = np.sqrt(A[i, d]) + far
            share = far / span
            A[i, d] = share if span > 0.0 else 0.5


@jit()
def _appraise(A: Array, B: Array, size: int) -> None:
    """EDAS: both sums over their largest, and the mean of the one and the rest of the other."""
    low, high = np.empty(_STRIP), np.empty(_STRIP)
    for sums in (A, B):
        _extent(sums, size, low, high)
        _divide(sums, size, high)
    for i in range(len(A)):
        for d in range(size):
            A[i, d] = (A[i, d] + (1.0 - B[i, d])) / 2.0


@jit()
def _stretch(x: Array, size: int) -> None:
    """From 0 for the smallest to 1 for the largest of each draw; all equal: 0."""
    low, high = np.empty(_STRIP), np.empty(_STRIP)
    _extent(x, size, low, high)
    for d in range(size):
        high[d] -= low[d]
    for i in range(len(x)):
        for d in range(size):
            x[i, d] -= low[d]
    _divide(x, size, high)


@jit()
def _relieve(A: Array, B: Array, size: int) -> None:
    """COPRAS: benefits and a share of the reciprocal costs, over the best."""
    costs, reciprocals, best = np.empty(_STRIP), np.empty(_STRIP), np.empty(_STRIP)
    _total(B, size, costs)
    _invert(B, size)
    _total(B, size, reciprocals)
    for i in range(len(A)):
        for d in range(size):
            B[i, d] *= costs[d]
    _divide(B, size, reciprocals)
    for i in range(len(A)):
        for d in range(size):
            A[i, d] += B[i, d]
    _extent(A, size, costs, best)
    _divide(A, size, best)


@jit()
def _useful(A: Array, B: Array, size: int) -> None:
    """MARCOS: the utility function of K+ = A and K- = A / B, step by step as it is published."""
    for i in range(len(A)):
        for d in range(size):
            plus, anti = A[i, d], B[i, d]
            minus = plus / anti
            both = plus + minus
            f_plus, f_minus = minus / both, plus / both
            denominator = 1.0 + (1.0 - f_plus) / f_plus + (1.0 - f_minus) / f_minus
            utility = both / denominator if plus > 0.0 else 0.0
            A[i, d] = utility if anti > 0.0 else plus
