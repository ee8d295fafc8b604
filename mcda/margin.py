"""How far the two that lead are apart, and which uncertain input makes that uncertain.

Scores of different methods have different units, so a margin is counted in ranks, or as a share of
the range of the scores in the same draw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mcda.doubt import Doubt, Inputs, decompose
from mcda.errors import ProblemError
from mcda.problem import Array
from mcda.ranking import ranks_of


@dataclass(frozen=True, slots=True)
class MarginDoubt:
    """How far the two leading alternatives are apart, and what makes that uncertain.

    Attributes
    ----------
    leader, rival : int
        The alternatives of the lowest and the next lowest expected rank.
    mean, error : float
        Mean margin of the leader over the rival, and its standard error.
    reversed : float
        Share of draws in which the rival stands above the leader.
    doubt : Doubt
        Shares of the variance of the margin.
    """

    leader: int
    rival: int
    mean: float
    error: float
    reversed: float
    doubt: Doubt


def leading_two(oriented: Array) -> tuple[int, int]:
    """Find the alternatives of the lowest expected ranks in scores (draws, n); the earlier of equals."""
    if oriented.ndim != 2 or oriented.shape[1] < 2:
        raise ProblemError(
            "margin_alternatives",
            "a margin is between two alternatives; found scores of shape {shape}, "
            "expected two columns or more",
            shape=oriented.shape,
        )
    order = np.argsort(ranks_of(oriented).mean(axis=0), kind="stable")
    return int(order[0]), int(order[1])


def rank_margin(oriented: Array, leader: int, rival: int) -> Array:
    """Ranks between two alternatives, shape (draws, 1): above 0 where the leader is ahead.

    Ranks do not depend on the unit of a method's scores, so margins of different methods compare.
    """
    ranks = ranks_of(oriented)
    return (ranks[:, rival] - ranks[:, leader])[:, None]


def scaled_margin(oriented: Array, leader: int, rival: int) -> Array:
    """Gap of scores as a share of the range from worst to best in the same draw, (draws, 1).

    It does not depend on the unit or the zero of a method's scores, but on how it spaces them.
    All scores equal: 0.
    """
    width = oriented.max(axis=1) - oriented.min(axis=1)
    gap = oriented[:, leader] - oriented[:, rival]
    share: Array = np.divide(gap, width, out=np.zeros_like(gap), where=width > 0)
    return share[:, None]


Margin = Callable[[Array, int, int], Array]


def decompose_margin(
    score: Callable[[Inputs], Array],
    draw: Callable[[int, np.random.Generator], Inputs],
    causes: Sequence[str],
    *,
    samples: int,
    rng: np.random.Generator,
    margin: Margin = rank_margin,
) -> MarginDoubt:
    """Share the doubt about the margin between the first two among the inputs.

    Parameters
    ----------
    score
        Inputs of `samples` draws to scores of shape (samples, n), of which the highest is best.
    draw, causes, samples, rng
        As in `decompose`.
    margin
        `rank_margin`, which methods of different scores share, or `scaled_margin`.

    Notes
    -----
    The two are the same in every draw: those that lead overall, found in draws of their own. The
    gap between whoever happens to be first and second could not tell a safe lead from a lost one.
    """
    if samples < 2:
        raise ProblemError("samples", "found {found} samples; expected 2 or more", found=samples)
    pilot = score(draw(samples, rng))
    leader, rival = leading_two(pilot)
    gap = margin(pilot, leader, rival)[:, 0]
    behind = rank_margin(pilot, leader, rival)[:, 0] < 0
    return MarginDoubt(
        leader=leader,
        rival=rival,
        mean=float(gap.mean()),
        error=float(gap.std(ddof=1) / np.sqrt(samples)),
        reversed=float(behind.mean()),
        doubt=decompose(
            lambda inputs: margin(score(inputs), leader, rival),
            draw,
            causes,
            samples=samples,
            rng=rng,
        ),
    )
