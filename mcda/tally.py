"""Counts of ranks: block by block, and what they say of each alternative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcda.problem import Array
from mcda.ranking import TIE, require_finite

# Counts of rivals below this fit one byte, which the comparisons fill fastest.
_BYTE = 200


@dataclass(frozen=True, slots=True, eq=False)
class Acceptability:
    """How often each alternative takes each rank (Lahdelma and Salminen 2001).

    Attributes
    ----------
    rank_acceptability : array, shape (n, n)
        Share of draws in which alternative i has rank r + 1; rows and columns sum to 1. A tie is
        shared evenly among the ranks it spans.
    pairwise_winning : array, shape (n, n)
        Share of draws in which i stands above k; a tie counts half to each (0 on the diagonal).
    expected_rank : array, shape (n,)
    central_weights : array, shape (n, m)
        Mean of the weights with which the alternative is first; NaN-free: ``None`` for one that
        never is.
    draws : int
    """

    rank_acceptability: Array
    pairwise_winning: Array
    expected_rank: Array
    central_weights: tuple[Array | None, ...]
    draws: int

    @property
    def standard_error(self) -> Array:
        """Monte Carlo standard error of each acceptability, shape (n, n)."""
        b = self.rank_acceptability
        return np.sqrt(b * (1 - b) / self.draws)


@dataclass(slots=True)
class Tally:
    """Counts that grow block by block; adding two tallies adds their draws."""

    ranks: Array
    wins: Array
    first_weights: Array
    firsts: Array
    draws: int = 0

    @classmethod
    def empty(cls, alternatives: int, criteria: int) -> Tally:
        """Start with nothing counted."""
        n, m = alternatives, criteria
        return cls(np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, m)), np.zeros(n))

    def add(self, oriented: Array, weights: Array) -> None:
        """Count one block.

        Parameters
        ----------
        oriented : array, shape (draws, n)
            Scores of which the highest is best.
        weights : array, shape (draws, m)
            The weights behind each draw.
        """
        require_finite(oriented)
        draws, n = oriented.shape
        # Alternatives run along the first axis, so that every comparison is over one long lane.
        lanes = np.ascontiguousarray(oriented.T)
        raised = lanes + TIE * np.abs(lanes).max(axis=0)
        above = np.zeros((n, draws), dtype=np.uint8 if n < _BYTE else np.int64)
        tied = np.zeros_like(above)
        for i in range(n):
            for k in range(i + 1, n):
                i_wins = lanes[i] > raised[k]
                k_wins = lanes[k] > raised[i]
                above[k] += i_wins
                above[i] += k_wins
                wins, losses = np.count_nonzero(i_wins), np.count_nonzero(k_wins)
                ties = draws - wins - losses
                if ties:
                    level = ~(i_wins | k_wins)
                    tied[i] += level
                    tied[k] += level
                self.wins[i, k] += wins + 0.5 * ties
                self.wins[k, i] += losses + 0.5 * ties
        first = self._add_ranks(above, tied)
        self.first_weights += first @ weights
        self.firsts += first.sum(axis=1)
        self.draws += draws

    def _add_ranks(self, above: NDArray[Any], tied: NDArray[Any]) -> Array:
        """Count ranks from the numbers of better and level rivals; return shares of first places."""
        n = len(above)
        if not tied.any():
            for i in range(n):
                for r in range(n):
                    self.ranks[i, r] += np.count_nonzero(above[i] == r)
            alone: Array = (above == 0).astype(np.float64)
            return alone
        share = 1.0 / (tied + 1.0)
        for i in range(n):
            for extra in range(int(tied[i].max()) + 1):
                spans = tied[i] >= extra
                self.ranks[i] += np.bincount(
                    above[i][spans].astype(np.intp) + extra, weights=share[i][spans], minlength=n
                )
        shares: Array = (above == 0) * share
        return shares

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.ranks + other.ranks,
            self.wins + other.wins,
            self.first_weights + other.first_weights,
            self.firsts + other.firsts,
            self.draws + other.draws,
        )

    def acceptability(self) -> Acceptability:
        """Turn counts into shares."""
        n = len(self.ranks)
        share = self.ranks / self.draws
        return Acceptability(
            rank_acceptability=share,
            pairwise_winning=self.wins / self.draws,
            expected_rank=share @ np.arange(1, n + 1),
            central_weights=tuple(
                weights / first if first > 0 else None
                for weights, first in zip(self.first_weights, self.firsts, strict=True)
            ),
            draws=self.draws,
        )
