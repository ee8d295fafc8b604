"""From draws of weights and values to the certainty of each rank (SMAA-2).

Draws come in blocks. Each block has a random stream of its own, keyed by its number, so the same
seed gives the same counts whoever computes the blocks and in whatever order; memory holds a few
blocks at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from mcda.engine import Ranked, Scored, check_engine
from mcda.errors import ProblemError
from mcda.problem import Array
from mcda.registry import get_method
from mcda.tally import Acceptability, Tally
from mcda.workers import check_executor, tallies

__all__ = [
    "BLOCK",
    "Acceptability",
    "Draw",
    "Tally",
    "acceptability",
    "block_stream",
    "blocks",
    "count",
    "simulate",
]

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
    executor: str = "threads",
    engine: str = "numpy",
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
        How many threads or processes; the result is the same to the last bit for any number.
    executor : {"threads", "processes"}
        Processes are started afresh, so `draw` and the parameters must be picklable (a function
        of a module or a `functools.partial` of one, no lambda), and a script must start its work
        under ``if __name__ == "__main__"``.
    engine : {"numpy", "numba"}
        NumPy is the reference. Numba (extra ``fast``) gives the same ranks and counts sooner;
        central weights agree but for rounding.
    progress
        Called with the number of draws done, after each block.

    Raises
    ------
    ProblemError
        Unknown or missing engine, executor, method or parameter; values the method cannot take.
    """
    chosen = get_method(method)
    chosen.settings(params)
    work = Ranked(draw, sense, chosen.name, params, engine)
    return _counted(
        work, draws=draws, seed=seed, workers=workers, executor=executor, progress=progress
    )


def simulate(
    score: Callable[[int, np.random.Generator], tuple[Array, Array]],
    *,
    draws: int,
    seed: int,
    workers: int = 1,
    executor: str = "threads",
    engine: str = "numpy",
    progress: Callable[[int], None] | None = None,
) -> Acceptability:
    """Count ranks of any model.

    Parameters
    ----------
    score
        Given a block's size and stream, returns oriented scores ``(size, n)`` and the weights
        behind them ``(size, m)``.
    draws, seed, workers, executor, engine, progress
        As in `acceptability`; numba only counts, the scores are the model's own.
    """
    return _counted(
        Scored(score, engine),
        draws=draws,
        seed=seed,
        workers=workers,
        executor=executor,
        progress=progress,
    )


def _counted(
    work: Ranked | Scored,
    *,
    draws: int,
    seed: int,
    workers: int,
    executor: str,
    progress: Callable[[int], None] | None,
) -> Acceptability:
    check_engine(work.engine)
    check_executor(executor)
    total: Tally | None = None
    for tally in tallies(work, blocks(draws, seed), workers, executor):
        total = tally if total is None else total + tally
        if progress is not None:
            progress(total.draws)
    if total is None:
        raise ProblemError("draws", "found {draws} draws; expected 1 or more", draws=draws)
    return total.acceptability()


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
