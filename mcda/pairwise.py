"""Every pair of alternatives ranked alone: whether an order comes of it, and which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcda.errors import ProblemError
from mcda.evaluation import rank_alternatives
from mcda.problem import Array, DecisionProblem
from mcda.ranking import ranks_of


@dataclass(frozen=True, slots=True)
class Reversal:
    """Two alternatives whose order is not what it was.

    Attributes
    ----------
    upper, lower : str
        ``upper`` stood above ``lower`` with all alternatives compared, or was level with it.
    before, after : {">", "="} and {">", "=", "<"}
        How ``upper`` stood, and stands, against ``lower``.
    """

    upper: str
    lower: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, eq=False)
class PairTest:
    """Every pair ranked alone.

    Attributes
    ----------
    alternatives : tuple of str
    duels : array, shape (n, n)
        1 where the row stands above the column when only the two are ranked, 0.5 where they are
        level, 0 where below or refused; 0 on the diagonal.
    reversals : tuple of Reversal
        Pairs that stand otherwise in the whole ranking.
    cycles : tuple of three names
        a is at least level with b, b with c, yet c stands above a.
    recomposed : array, shape (n,), or None
        Ranks put together from the pairs; None where they do not make an order.
    refused : mapping of pair to ProblemError
    """

    alternatives: tuple[str, ...]
    duels: Array
    reversals: tuple[Reversal, ...]
    cycles: tuple[tuple[str, str, str], ...]
    recomposed: Array | None
    refused: Mapping[tuple[str, str], ProblemError]

    @property
    def transitive(self) -> bool:
        """Whether all pairs were ranked and together make an order."""
        return not self.cycles and not self.refused


def pairwise_order(
    problem: DecisionProblem,
    method: str,
    **params: Any,  # noqa: ANN401 - the method's own
) -> PairTest:
    """Rank every pair alone and see whether an order comes of it, and which."""
    names = problem.alternatives
    n = len(names)
    whole = rank_alternatives(problem, method, **params).ranks
    duels = np.zeros((n, n))
    refused: dict[tuple[str, str], ProblemError] = {}
    reversals: list[Reversal] = []
    for i, k in combinations(np.argsort(whole, kind="stable").tolist(), 2):
        duo = problem.replace(values=problem.values[[i, k]], alternatives=(names[i], names[k]))
        try:
            ranks = rank_alternatives(duo, method, **params).ranks
        except ProblemError as reason:
            refused[names[i], names[k]] = reason
            continue
        duels[i, k] = 0.5 * (1 + np.sign(ranks[1] - ranks[0]))
        duels[k, i] = 1 - duels[i, k]
        reversals += reversals_of((names[i], names[k]), whole[[i, k]], ranks)
    cycles = () if refused else _cycles(names, duels)
    return PairTest(
        alternatives=names,
        duels=duels,
        reversals=tuple(reversals),
        cycles=cycles,
        recomposed=None if refused or cycles else ranks_of(duels.sum(axis=1)),
        refused=refused,
    )


def _cycles(names: tuple[str, ...], duels: Array) -> tuple[tuple[str, str, str], ...]:
    """Name each breach once, starting from its earliest alternative."""
    level: NDArray[np.bool_] = duels >= 0.5
    n = len(names)
    found: dict[tuple[int, int, int], None] = {}
    for a in range(n):
        for b in np.flatnonzero(level[a]):
            for c in np.flatnonzero(level[b] & (duels[:, a] == 1)):
                turns = [(a, int(b), int(c)), (int(b), int(c), a), (int(c), a, int(b))]
                found[min(turns)] = None
    return tuple((names[a], names[b], names[c]) for a, b, c in found)


def reversals_of(names: Sequence[str], before: Array, after: Array) -> tuple[Reversal, ...]:
    """Pairs that two rankings, (n,) each, put in another order; the first ranking goes first."""
    found = []
    for i, k in combinations(np.argsort(before, kind="stable").tolist(), 2):
        was = "=" if before[i] == before[k] else ">"
        now = "=" if after[i] == after[k] else ">" if after[i] < after[k] else "<"
        if was != now:
            found.append(Reversal(names[i], names[k], was, now))
    return tuple(found)
