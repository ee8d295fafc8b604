"""From draws of weights and values to the certainty of each rank (SMAA-2).

Draws come in blocks. Each block has a random stream of its own, keyed by its number, so the same
seed gives the same counts whoever computes the blocks and in whatever order; memory holds one
block at a time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcda.errors import ProblemError
from mcda.problem import Array
from mcda.ranking import TIE, require_finite
from mcda.registry import get_method

BLOCK = 4096
# Counts of rivals below this fit one byte, which the comparisons fill fastest.
_BYTE = 200


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


Draw = tuple[Array, Array]
"""Values, shape (n, m) or (draws, n, m), and weights, shape (draws, m)."""


def acceptability(
    draw: Callable[[int, np.random.Generator], Draw],
    sense: Array,
    method: str,
    *,
    draws: int,
    seed: int,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
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
    workers
        Threads; the counts are the same for any number.
    progress
        Called with the number of draws done, after each block.
    """
    chosen = get_method(method)

    def score(size: int, stream: np.random.Generator) -> tuple[Array, Array]:
        values, weights = draw(size, stream)
        scores = chosen.scores(values, weights, sense, **params)
        return (scores if chosen.higher_is_better else -scores), weights

    return simulate(score, draws=draws, seed=seed, workers=workers, progress=progress)


def simulate(
    score: Callable[[int, np.random.Generator], tuple[Array, Array]],
    *,
    draws: int,
    seed: int,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Acceptability:
    """Count ranks of any model.

    Parameters
    ----------
    score
        Given a block's size and stream, returns oriented scores ``(size, n)`` and the weights
        behind them ``(size, m)``.
    draws, seed, workers, progress
        As in `acceptability`.
    """

    def one(block: tuple[int, np.random.Generator]) -> Tally:
        scores, weights = score(*block)
        tally = Tally.empty(scores.shape[1], weights.shape[1])
        tally.add(scores, weights)
        return tally

    total: Tally | None = None
    for tally in _mapped(one, blocks(draws, seed), workers):
        total = tally if total is None else total + tally
        if progress is not None:
            progress(total.draws)
    if total is None:
        raise ProblemError("draws", "found {draws} draws; expected 1 or more", draws=draws)
    return total.acceptability()


_Block = tuple[int, np.random.Generator]


def _mapped(
    work: Callable[[_Block], Tally], given: Iterator[_Block], workers: int
) -> Iterator[Tally]:
    """Map in order; with several threads a few blocks are on the way, never all of them."""
    if workers <= 1:
        yield from map(work, given)
        return
    with ThreadPoolExecutor(workers) as pool:
        pending: deque[Future[Tally]] = deque()
        for block in given:
            pending.append(pool.submit(work, block))
            if len(pending) > 2 * workers:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


def count(scored: Iterable[tuple[Array, Array]]) -> Acceptability:
    """Count the ranks in blocks of oriented scores (draws, n) and their weights (draws, m)."""
    total: Tally | None = None
    for scores, weights in scored:
        tally = Tally.empty(scores.shape[1], weights.shape[1])
        tally.add(scores, weights)
        total = tally if total is None else total + tally
    if total is None:
        raise ProblemError("draws", "found {draws} draws; expected 1 or more", draws=0)
    return total.acceptability()
