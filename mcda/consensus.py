"""Several rankings of the same alternatives made into one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mcda.errors import ProblemError
from mcda.problem import Array
from mcda.ranking import TIE, ranks_of


@dataclass(frozen=True, slots=True, eq=False)
class Consensus:
    """Scores of which more is better, and the ranks they make; both of shape (n,)."""

    rule: str
    reference: str
    scores: Array
    ranks: Array


def borda(rankings: ArrayLike, votes: ArrayLike | None = None) -> Consensus:
    """Give each alternative n minus its rank per ranking (Borda 1781); tied ranks give their mean.

    Parameters
    ----------
    rankings : array_like, shape (k, n)
        Ranks, 1 is best, ties with their mean rank; one row a ranking.
    votes : array_like, shape (k,), optional
        How many votes each ranking has; one each if left out.
    """
    table, weight = _checked(rankings, votes)
    scores = weight @ (table.shape[1] - table)
    return Consensus("borda", "Borda (1781)", scores, ranks_of(scores))


def copeland(rankings: ArrayLike, votes: ArrayLike | None = None) -> Consensus:
    """Count majority duels won, half for a draw (Copeland 1951). Arguments as in `borda`."""
    table, weight = _checked(rankings, votes)
    ahead = (table[:, :, None] < table[:, None, :]).astype(np.float64)
    support = np.einsum("k,kij->ij", weight, ahead)
    lead = support - support.T
    slack = TIE * weight.sum()
    duels = (lead > slack) + 0.5 * (np.abs(lead) <= slack)
    np.fill_diagonal(duels, 0.0)
    scores = duels.sum(axis=1)
    return Consensus("copeland", "Copeland (1951)", scores, ranks_of(scores))


def _checked(rankings: ArrayLike, votes: ArrayLike | None) -> tuple[Array, Array]:
    table = np.asarray(rankings, dtype=np.float64)
    if table.ndim != 2 or 0 in table.shape:
        raise ProblemError(
            "rankings",
            "rankings have shape {shape}; expected one row per ranking and one column per alternative",
            shape=table.shape,
        )
    n = table.shape[1]
    wrong = np.flatnonzero(
        ~np.isclose(table.sum(axis=1), n * (n + 1) / 2) | (table < 1).any(axis=1)
    )
    if wrong.size:
        raise ProblemError(
            "not_a_ranking",
            "ranking number {number} is {found}; expected ranks from 1 to {n}, ties with their mean rank",
            number=int(wrong[0]) + 1,
            found=table[wrong[0]].tolist(),
            n=n,
        )
    weight = np.ones(len(table)) if votes is None else np.asarray(votes, dtype=np.float64)
    if weight.shape != (len(table),) or not (weight >= 0).all() or not weight.sum() > 0:
        raise ProblemError(
            "votes",
            "votes are {found}; expected {k} numbers of 0 or more, not all zero",
            found=weight.tolist(),
            k=len(table),
        )
    return table, weight
