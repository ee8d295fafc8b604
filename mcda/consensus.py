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


# Beyond this many alternatives the exact search is not offered: time grows as 2**n.
KEMENY_LIMIT = 16
_TIES_SHOWN = 1000


@dataclass(frozen=True, slots=True, eq=False)
class KemenyConsensus:
    """Strict rankings with the least disagreement.

    Attributes
    ----------
    ranks : array, shape (n,)
        Mean rank over all optimal rankings, also where not all are listed.
    optima : tuple of tuples
        Every optimal ranking as ranks of the alternatives, at most 1,000.
    count : int
        How many optimal rankings there are.
    distance : float
        Votes against, summed over pairs: pairs ranked the other way, half for a tie.
    """

    ranks: Array
    optima: tuple[tuple[int, ...], ...]
    count: int
    distance: float


def kemeny(rankings: ArrayLike, votes: ArrayLike | None = None) -> KemenyConsensus:
    """Find all strict rankings that disagree least (Kemeny 1959), exactly.

    Dynamic programming over sets of alternatives already placed (Betzler et al. 2009): time grows
    as n 2**n. Arguments as in `borda`.

    Raises
    ------
    ProblemError
        More than 16 alternatives.
    """
    table, weight = _checked(rankings, votes)
    n = table.shape[1]
    if n > KEMENY_LIMIT:
        raise ProblemError(
            "too_many_alternatives",
            "Kemeny's ranking of {n} alternatives cannot be searched exactly; expected {limit} or fewer",
            n=n,
            limit=KEMENY_LIMIT,
        )
    behind = np.einsum(
        "k,kij->ij",
        weight,
        (table[:, :, None] > table[:, None, :]) + 0.5 * (table[:, :, None] == table[:, None, :]),
    )
    # against[i, j]: votes that are lost by placing i above j.
    against = behind - np.diag(np.diag(behind))
    slack = TIE * max(weight.sum(), 1.0) * n * n
    cost = np.full(2**n, np.inf)
    cost[0] = 0.0
    members = [[i for i in range(n) if placed >> i & 1] for placed in range(2**n)]
    everyone = 2**n - 1
    last: list[list[int]] = [[] for _ in range(2**n)]
    for placed in range(2**n):
        rest = members[everyone ^ placed]
        for i in rest:
            step = cost[placed] + sum(against[i, j] for j in rest if j != i)
            after = placed | 1 << i
            if step < cost[after] - slack:
                cost[after], last[after] = step, [i]
            elif step <= cost[after] + slack:
                last[after].append(i)
    optima: list[tuple[int, ...]] = []
    _collect(everyone, last, [], optima, n)
    count, ranks = _over_all_optima(last, n)
    return KemenyConsensus(ranks, tuple(optima), count, float(cost[everyone]))


def _over_all_optima(last: list[list[int]], n: int) -> tuple[int, Array]:
    """Count optimal rankings, and take the mean rank over them, without listing them.

    An optimal ranking is a way from the empty set to the full one; alternative i takes rank r in as
    many as there are ways to, and on from, each step that adds it as the r-th.
    """
    to = [0] * len(last)
    to[0] = 1
    for placed in range(1, len(last)):
        to[placed] = sum(to[placed ^ 1 << i] for i in last[placed])
    on = [0] * len(last)
    on[-1] = 1
    total = [0] * n
    for placed in range(len(last) - 1, 0, -1):
        for i in last[placed]:
            before = placed ^ 1 << i
            on[before] += on[placed]
            total[i] += to[before] * on[placed] * placed.bit_count()
    return to[-1], np.array([rank_sum / to[-1] for rank_sum in total])


def _collect(
    placed: int, last: list[list[int]], tail: list[int], optima: list[tuple[int, ...]], n: int
) -> None:
    """Walk back from the full set through every optimal last place."""
    if len(optima) >= _TIES_SHOWN:
        return
    if placed == 0:
        ranks = [0] * n
        for position, i in enumerate(reversed(tail), start=1):
            ranks[i] = position
        optima.append(tuple(ranks))
        return
    for i in last[placed]:
        _collect(placed ^ 1 << i, last, [*tail, i], optima, n)
