"""Blocks of draws among threads or processes, given back in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from itertools import islice
from multiprocessing import get_context

import numpy as np

from mcda.errors import ProblemError
from mcda.registry import nearest
from mcda.tally import Tally

Block = tuple[int, np.random.Generator]
Work = Callable[[int, np.random.Generator], Tally]

EXECUTORS = ("threads", "processes")
# Blocks handed over at once: what a handing over costs is then small beside their work.
_AT_ONCE = 16


def check_executor(executor: str) -> None:
    """Refuse an executor that is not known."""
    if executor not in EXECUTORS:
        raise ProblemError(
            "unknown_executor",
            "executor {found} is not known; expected {nearest}",
            found=repr(executor),
            nearest=nearest(str(executor), list(EXECUTORS)),
        )


def tallies(work: Work, given: Iterator[Block], workers: int, executor: str) -> Iterator[Tally]:
    """Work on blocks, and yield their tallies one by one in the blocks' order.

    A few handfuls of blocks are on the way at a time, never all of them.
    """
    if workers <= 1:
        for block in given:
            yield work(*block)
        return
    with _pool(workers, executor) as pool:
        pending: deque[Future[list[Tally]]] = deque()
        while handful := list(islice(given, _AT_ONCE)):
            pending.append(pool.submit(_each, work, handful))
            if len(pending) > 2 * workers:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()


def _each(work: Work, handful: list[Block]) -> list[Tally]:
    return [work(*block) for block in handful]


def _pool(workers: int, executor: str) -> Executor:
    if executor == "threads":
        return ThreadPoolExecutor(workers)
    # Started afresh on every system: a process forked beside running threads may hang.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
