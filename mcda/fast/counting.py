"""Rank and count a block of scores in one pass.

Draws run along the last axis, in strips short enough for the first-level cache, so that every inner
loop is one the compiler turns into vector instructions. Compiled functions call only functions of
their own file: numba notices a change of the file a kernel is in, not of those that it calls.
"""

# ruff: noqa: PLR0917 - compiled functions take what they need in order
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mcda.fast.jit import jit
from mcda.problem import Array
from mcda.ranking import TIE

_STRIP = 128
_LARGEST = float(np.finfo(np.float64).max)
# Up to so many alternatives, looking for each rank in turn beats one look-up per alternative.
_FEW = 16

Counts = NDArray[np.int64]


@jit()
def count(
    scores: Array, weights: Array, ranks: Array, wins: Array, first_weights: Array, firsts: Array
) -> bool:
    """Count oriented scores (n, draws) under weights (m, draws) into a tally's tables.

    False where a score is not finite: the tables are then worth nothing.
    """
    n, draws = scores.shape
    above, tied = np.empty((n, _STRIP), np.int64), np.empty((n, _STRIP), np.int64)
    slack, first = np.empty(_STRIP), np.empty(_STRIP)
    for start in range(0, draws, _STRIP):
        size = min(_STRIP, draws - start)
        if not _find_slack(scores, start, size, slack):
            return False
        ties = _find_rivals(scores, start, size, slack, above, tied, wins)
        if ties:
            _count_tied(above, tied, size, ranks)
        else:
            _count_untied(above, size, ranks)
        for i in range(n):
            firsts[i] += _find_first(above[i], tied[i], size, first)
            _add_weights(weights, start, size, first, first_weights[i])
    return True


@jit()
def _find_slack(scores: Array, start: int, size: int, slack: Array) -> bool:
    """How close is a tie, per draw; False where a score is not finite."""
    sound = True
    slack[:] = 0.0
    for i in range(len(scores)):
        row = scores[i][start : start + size]
        for d in range(size):
            level = abs(row[d])
            sound &= level <= _LARGEST
            slack[d] = max(slack[d], level)
    for d in range(size):
        slack[d] *= TIE
    return sound


@jit()
def _find_rivals(
    scores: Array, start: int, size: int, slack: Array, above: Counts, tied: Counts, wins: Array
) -> int:
    """Count the better and the level rivals of each, and the duels won; return the ties."""
    n = len(scores)
    above[:] = 0
    tied[:] = 0
    all_ties = 0
    for i in range(n):
        a = scores[i][start : start + size]
        for k in range(i + 1, n):
            b = scores[k][start : start + size]
            won, lost = 0, 0
            for d in range(size):
                i_wins = np.int64(a[d] > b[d] + slack[d])
                k_wins = np.int64(b[d] > a[d] + slack[d])
                above[k, d] += i_wins
                above[i, d] += k_wins
                won += int(i_wins)
                lost += int(k_wins)
            ties = size - won - lost
            if ties:
                all_ties += ties
                for d in range(size):
                    level = np.int64((a[d] <= b[d] + slack[d]) & (b[d] <= a[d] + slack[d]))
                    tied[i, d] += level
                    tied[k, d] += level
            wins[i, k] += won + 0.5 * ties
            wins[k, i] += lost + 0.5 * ties
    return all_ties


@jit()
def _count_untied(above: Counts, size: int, ranks: Array) -> None:
    n = len(above)
    for i in range(n):
        if n > _FEW:
            for d in range(size):
                ranks[i, above[i, d]] += 1.0
        else:
            for r in range(n):
                found = 0
                for d in range(size):
                    found += int(above[i, d] == r)
                ranks[i, r] += found


@jit()
def _count_tied(above: Counts, tied: Counts, size: int, ranks: Array) -> None:
    """Share a tie evenly among the ranks it spans."""
    for i in range(len(above)):
        for d in range(size):
            share = 1.0 / (tied[i, d] + 1.0)
            for r in range(above[i, d], above[i, d] + tied[i, d] + 1):
                ranks[i, r] += share


@jit()
def _find_first(above: Counts, tied: Counts, size: int, first: Array) -> float:
    """Share of the first place of one alternative, per draw, and their sum."""
    total = 0.0
    for d in range(size):
        first[d] = 1.0 / (tied[d] + 1.0) if above[d] == 0 else 0.0
        total += first[d]
    return total


# The order in which these terms are added is left free, for they are many and need vectors.
@jit(fastmath={"reassoc", "nsz"})
def _add_weights(weights: Array, start: int, size: int, first: Array, totals: Array) -> None:
    for j in range(len(weights)):
        total = 0.0
        row = weights[j][start : start + size]
        for d in range(size):
            total += first[d] * row[d]
        totals[j] += total
