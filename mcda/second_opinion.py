"""The same problem through the best-known library, and where and why it differs.

pymcdm (Kizielewicz, Shekhovtsov, Salabun 2023) is asked with the settings that match ours. Where
its answer is another, the reason is not taken from a list of known faults on trust: it is tried on
the very problem, and given only if it reproduces the library's figures.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from enum import Enum
from importlib.metadata import version
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.evaluation import of_kept_criteria, rank_alternatives
from mcda.normalisation import divide
from mcda.peer import LIBRARY, peer_of
from mcda.problem import Array, DecisionProblem
from mcda.ranking import ranks_of
from mcda.registry import get_method
from mcda.result import Result

# Two libraries add in another order; beyond this, relative to the largest score, they differ.
ROUNDING = 1e-6


class Agreement(Enum):
    """How two answers to one problem compare."""

    SCORES = "the same scores"
    SCALE = "the same order, scores on another scale"
    DIFFERS = "another order"
    REFUSED = "the library fails on this problem"
    ABSENT = "the library does not have this method or setting"


@dataclass(frozen=True, slots=True, eq=False)
class SecondOpinion:
    """One method by two libraries.

    Attributes
    ----------
    ours : Result
    agreement : Agreement
    scores, ranks : arrays, shape (n,), or None
        The library's; None where it has none.
    moved : tuple of str
        Alternatives that it ranks otherwise.
    reason : ProblemError or None
        Why it differs, fails or is absent, as a sentence with fields; None where it agrees, or
        where no known reason reproduces its figures.
    version : str
        Of the library.
    """

    ours: Result
    agreement: Agreement
    scores: Array | None
    ranks: Array | None
    moved: tuple[str, ...]
    reason: ProblemError | None
    version: str


def second_opinion(problem: DecisionProblem, method: str, **params: Any) -> SecondOpinion:  # noqa: ANN401 - the method's own
    """Put a problem to our method and to pymcdm's.

    Parameters
    ----------
    problem
        Criteria of weight zero are dropped first, for both.
    method, **params
        As in `rank_alternatives`.

    Raises
    ------
    ProblemError
        When our own method cannot take the problem.
    """
    ours = rank_alternatives(problem, method, **params)
    kept = problem.without_idle_criteria()
    chosen = get_method(method)
    settings = of_kept_criteria(chosen, chosen.settings(params), problem, kept)
    installed = version(LIBRARY)

    def without(agreement: Agreement, reason: ProblemError) -> SecondOpinion:
        return SecondOpinion(ours, agreement, None, None, (), reason, installed)

    theirs = peer_of(method, kept, settings)
    if theirs is None:
        return without(
            Agreement.ABSENT,
            ProblemError(
                "peer_absent",
                "{library} does not have {method} with this setting",
                library=LIBRARY,
                method=method,
            ),
        )
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # it warns of valid input; its figures are compared
            scores = np.asarray(theirs(kept.values, kept.weights, kept.sense), dtype=np.float64)
    except (ValueError, IndexError, ZeroDivisionError) as error:
        return without(
            Agreement.REFUSED,
            ProblemError(
                "peer_refuses", "{library} refuses: {reason}", library=LIBRARY, reason=str(error)
            ),
        )
    if not np.isfinite(scores).all():
        return without(
            Agreement.REFUSED,
            ProblemError(
                "peer_not_finite",
                "{library} returns scores that are not finite numbers",
                library=LIBRARY,
            ),
        )
    ranks = ranks_of(_rounded(scores), higher_is_better=chosen.higher_is_better)
    own = ranks_of(_rounded(ours.scores), higher_is_better=chosen.higher_is_better)
    moved = tuple(a for a, same in zip(ours.alternatives, ranks == own, strict=True) if not same)
    agreement = _agreement(ours.scores, scores, moved)
    return SecondOpinion(
        ours,
        agreement,
        scores,
        ranks,
        moved,
        None if agreement is Agreement.SCORES else _reason(method, kept, ours, scores),
        installed,
    )


def _rounded(scores: Array) -> Array:
    size = max(float(np.abs(scores).max()), 1e-300)
    rounded: Array = np.round(scores / size, 9)
    return rounded


def _agreement(ours: Array, theirs: Array, moved: tuple[str, ...]) -> Agreement:
    if np.allclose(ours, theirs, rtol=ROUNDING, atol=ROUNDING * np.abs(ours).max()):
        return Agreement.SCORES
    return Agreement.DIFFERS if moved else Agreement.SCALE


def _reason(
    method: str, problem: DecisionProblem, ours: Result, theirs: Array
) -> ProblemError | None:
    """Return the first reason that reproduces the library's figures on this problem."""
    if method == "copras":
        shares = divide(problem.values, problem.values.sum(axis=0))
        both_added = (shares * problem.weights).sum(axis=1)
        if np.allclose(theirs, both_added / both_added.max(), rtol=ROUNDING):
            return ProblemError(
                "peer_rewards_cost",
                "its formula comes down to adding the sums of costs to the sums of benefits, "
                "so that a higher cost raises the score",
            )
    ratio = divide(theirs, ours.scores)
    if np.allclose(ratio, ratio[0], rtol=ROUNDING) and ratio[0] > 0:
        return ProblemError(
            "peer_scale",
            "its scores are ours times {factor}, for it normalises the columns first",
            factor=float(f"{ratio[0]:.4g}"),
        )
    return None
