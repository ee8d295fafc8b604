"""From draws of weights and values to the certainty of each rank (SMAA-2).

Draws come in blocks. Each block has a random stream of its own, keyed by its number, so the same
seed gives the same counts whoever computes the blocks and in whatever order; memory holds one
block at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.problem import Array
from mcda.ranking import TIE, require_finite
from mcda.registry import get_method

BLOCK = 4096


def block_stream(seed: int, block: int) -> np.random.Generator:
    """Return the random stream of a block: Philox (Salmon et al. 2011) keyed by seed and number."""
    return np.random.Generator(np.random.Philox(key=seed, counter=[0, 0, 0, block]))


def blocks(draws: int, seed: int, size: int = BLOCK) -> Iterator[tuple[int, np.random.Generator]]:
    """Yield the size and the stream of every block that together make ``draws``."""
    if draws < 1:
        raise ProblemError("draws", "found {draws} draws; expected 1 or more", draws=draws)
    for number, start in enumerate(range(0, draws, size)):
        yield min(size, draws - start), block_stream(seed, number)


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
        slack = TIE * np.abs(lanes).max(axis=0)
        above = np.zeros((n, draws), dtype=np.int64)
        tied = np.zeros((n, draws), dtype=np.int64)
        for i in range(n):
            for k in range(i + 1, n):
                gap = lanes[i] - lanes[k]
                i_wins = gap > slack
                k_wins = gap < -slack
                level = ~(i_wins | k_wins)
                above[k] += i_wins
                above[i] += k_wins
                tied[i] += level
                tied[k] += level
                halves = 0.5 * level.sum()
                self.wins[i, k] += i_wins.sum() + halves
                self.wins[k, i] += k_wins.sum() + halves
        share = 1.0 / (tied + 1)
        for i in range(n):
            for extra in range(int(tied[i].max()) + 1):
                spans = tied[i] >= extra
                self.ranks[i] += np.bincount(
                    above[i][spans] + extra, weights=share[i][spans], minlength=n
                )
        first = (above == 0) * share
        self.first_weights += first @ weights
        self.firsts += first.sum(axis=1)
        self.draws += draws

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


Draw = tuple[Array, Array]
"""Values, shape (n, m) or (draws, n, m), and weights, shape (draws, m)."""


def acceptability(
    draw: Callable[[int, np.random.Generator], Draw],
    sense: Array,
    method: str,
    *,
    draws: int,
    seed: int,
    **params: Any,  # noqa: ANN401 - the method's own
) -> Acceptability:
    """Run a method over draws and count its ranks.

    Parameters
    ----------
    draw
        Given a block's size and stream, returns values ``(n, m)`` or ``(size, n, m)`` and weights
        ``(size, m)``, each row summing to 1.
    sense : array, shape (m,)
        +1 or -1.
    method, **params
        What ranks.
    draws, seed
        How many draws, and the seed of their streams.
    """
    chosen = get_method(method)

    def oriented() -> Iterable[tuple[Array, Array]]:
        for size, stream in blocks(draws, seed):
            values, weights = draw(size, stream)
            scores = chosen.scores(values, weights, sense, **params)
            yield (scores if chosen.higher_is_better else -scores), weights

    return count(oriented())


def count(scored: Iterable[tuple[Array, Array]]) -> Acceptability:
    """Count the ranks in blocks of oriented scores ``(draws, n)`` and their weights ``(draws, m)``."""
    tally: Tally | None = None
    for scores, weights in scored:
        if tally is None:
            tally = Tally.empty(scores.shape[1], weights.shape[1])
        tally.add(scores, weights)
    if tally is None:
        raise ProblemError("draws", "found {draws} draws; expected 1 or more", draws=0)
    return tally.acceptability()
