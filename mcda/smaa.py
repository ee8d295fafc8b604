"""SMAA-2 over any method: how certain each rank is when weights, values and method are not.

Stochastic multicriteria acceptability analysis (Lahdelma and Salminen 2001), with the choice of
method as one more uncertain input.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mcda.doubt import first_places
from mcda.equivalence import Candidate
from mcda.errors import ProblemError
from mcda.mixture import Mixture
from mcda.priors import WeightDraw
from mcda.problem import Array, DecisionProblem
from mcda.simulation import Acceptability
from mcda.uncertain import UncertainProblem, fixed, source
from mcda.values import ValueDraw, exact

# The result holds a table of every alternative against every other.
LARGEST = 2000
# Cells that a method may spread one piece of a block over, in the order of alternatives squared.
_ROOM = 2**22

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class SmaaResult:
    """What SMAA-2 says of n alternatives on m criteria.

    Attributes
    ----------
    acceptability : Acceptability
        Ranks, duels and central weights. Ties are shared: evenly among the ranks that a tie
        spans, half a win to each in a duel.
    confidence : per alternative, float or None
        Chance of the first place at its central weights, values and method as uncertain as they
        are; with exact values and one method 0 or 1, or the share of a tie. None without them.
    central_weights_error : per alternative, array (m,) or None
        Monte Carlo standard error of its central weights.
    choices, chances
        Methods that were drawn, and with which chance.
    first_by_choice : per choice, array (n,) or None
        Share of first places among its draws; None for a choice that was never drawn.
    """

    alternatives: tuple[str, ...]
    criteria: tuple[str, ...]
    choices: tuple[Candidate, ...]
    chances: Array
    acceptability: Acceptability
    confidence: tuple[float | None, ...]
    central_weights_error: tuple[Array | None, ...]
    first_by_choice: tuple[Array | None, ...]

    @property
    def entropy(self) -> Array:
        """Entropy of each alternative's rank in bits, shape (n,): 0 for one that never moves."""
        return _bits(self.acceptability.rank_acceptability)

    @property
    def entropy_of_first(self) -> float:
        """Entropy of who is first, in bits: 0 when one always is, log2(n) when any may be."""
        return float(_bits(self.acceptability.rank_acceptability[:, 0]))

    @property
    def entropy_of_ranks(self) -> float:
        """Mean entropy of an alternative's rank, in bits."""
        return float(self.entropy.mean())

    @property
    def pairwise_error(self) -> Array:
        """Monte Carlo standard error of each duel, shape (n, n)."""
        p = self.acceptability.pairwise_winning
        return np.sqrt(p * (1 - p) / self.acceptability.draws)

    @property
    def expected_rank_error(self) -> Array:
        """Monte Carlo standard error of each expected rank, shape (n,)."""
        b = self.acceptability.rank_acceptability
        rank = np.arange(1, len(b) + 1)
        variance = b @ rank**2 - (b @ rank) ** 2
        return np.sqrt(np.maximum(variance, 0.0) / self.acceptability.draws)


def smaa(
    problem: DecisionProblem,
    methods: str | Candidate | Sequence[str | Candidate] = "wsm",
    *,
    weights: WeightDraw | ArrayLike | None = None,
    values: ValueDraw | ArrayLike | None = None,
    chances: ArrayLike | None = None,
    draws: int = 10_000,
    seed: int,
    workers: int = 1,
    progress: Progress | None = None,
) -> SmaaResult:
    """Run SMAA-2.

    Parameters
    ----------
    problem
        Alternatives, criteria and senses; its values and weights where no others are given.
    methods
        One method, or several of which each draw picks one. Methods that rank alike are as many
        choices as are given: to count them once, give one of each class (`equivalence_classes`).
    weights
        A prior (`mcda.priors`); or draws, shape (count, m), taken in order; left out, the
        problem's weights are exact, and criteria of weight zero are dropped.
    values
        A draw of `mcda.values`; or draws, shape (count, n, m), taken in order, the k-th with the
        k-th weights; left out, the problem's values are exact.
    chances
        Of the methods, all above 0, scaled to sum 1; left out, equal.
    draws, seed, workers
        As in `acceptability`.
    progress
        Called with the draws done and the draws to do; the latter may turn out fewer, for an
        alternative that is never first needs none for its confidence.

    Raises
    ------
    ProblemError
        For the first thing that is wrong.
    """
    n = len(problem.alternatives)
    if n > LARGEST:
        raise ProblemError(
            "too_many_alternatives",
            "found {found} alternatives; expected {limit} or fewer, for every pair is compared in "
            "every draw",
            found=n,
            limit=LARGEST,
        )
    kept = problem.without_idle_criteria() if weights is None else problem
    stays = np.isin(problem.criteria, kept.criteria)
    run = UncertainProblem(
        Mixture.of(methods, chances, problem, kept),
        weights=fixed(kept.weights) if weights is None else source(weights, "weights", 2, draws),
        values=exact(problem.values) if values is None else source(values, "values", 3, draws),
        stays=stays,
        shape=problem.values.shape,
        piece=draws if values is None else max(1, _ROOM // (n * n * len(problem.criteria))),
        draws=draws,
        seed=seed,
        workers=workers,
    )
    in_doubt = weights is not None and values is not None
    whole = draws * (1 + n) if in_doubt else draws
    found = run.acceptability(_part(progress, 0, whole))
    centres, errors, by_choice = _evidence(found, int(stays.sum()), len(run.mixture.choices))
    if in_doubt:
        confidence = _confidence(run, centres, progress)
    elif weights is None:  # its central weights are those of all draws
        firsts = found.rank_acceptability[:, 0]
        confidence = tuple(float(b) if b > 0 else None for b in firsts)
    else:
        confidence = _exact_confidence(run.mixture, problem.values, centres)
    return SmaaResult(
        alternatives=problem.alternatives,
        criteria=problem.criteria,
        choices=run.mixture.choices,
        chances=run.mixture.chances,
        acceptability=dataclasses.replace(
            found, central_weights=tuple(_full(w, stays) for w in centres)
        ),
        confidence=confidence,
        central_weights_error=tuple(_full(w, stays) for w in errors),
        first_by_choice=by_choice,
    )


def _evidence(
    found: Acceptability, m: int, choices: int
) -> tuple[list[Array | None], list[Array | None], tuple[Array | None, ...]]:
    """Central weights, their errors, and first places by choice, from the means of the marks.

    Marks are the weights, their squares, and 1 for the choice that scored the draw: what the
    simulation averages over the draws in which an alternative is first.
    """
    firsts = found.rank_acceptability[:, 0]
    centres: list[Array | None] = []
    errors: list[Array | None] = []
    joint = np.zeros((choices, len(firsts)))
    for i, marks in enumerate(found.central_weights):
        if marks is None:
            centres.append(None)
            errors.append(None)
            continue
        mean, square = marks[:m], marks[m : 2 * m]
        centres.append(mean / mean.sum())
        errors.append(np.sqrt(np.maximum(square - mean**2, 0.0) / (firsts[i] * found.draws)))
        joint[:, i] = firsts[i] * marks[2 * m :]
    return centres, errors, tuple(row / row.sum() if row.any() else None for row in joint)


def _exact_confidence(
    mixture: Mixture, values: Array, centres: Sequence[Array | None]
) -> tuple[float | None, ...]:
    """Share of the first place at each central weight, over the choices; nothing is drawn."""
    every = np.arange(len(mixture.choices))
    found: list[float | None] = []
    for i, centre in enumerate(centres):
        if centre is None:
            found.append(None)
            continue
        scores = mixture.scores(values, np.tile(centre, (len(every), 1)), every)
        with np.errstate(over="ignore"):  # a gap beyond the range is still a gap of its sign
            first = first_places(scores)
        found.append(float(mixture.chances @ first[:, i]))
    return tuple(found)


def _confidence(
    run: UncertainProblem, centres: Sequence[Array | None], progress: Progress | None
) -> tuple[float | None, ...]:
    """Chance of the first place at each central weight, from as many draws of the values."""
    runs = [i for i, centre in enumerate(centres) if centre is not None]
    whole = run.draws * (1 + len(runs))
    found: list[float | None] = [None] * len(centres)
    for k, i in enumerate(runs):
        there = dataclasses.replace(run, weights=fixed(np.asarray(centres[i])))
        told = _part(progress, run.draws * (k + 1), whole)
        found[i] = float(there.acceptability(told).rank_acceptability[i, 0])
    return tuple(found)


def _full(weights: Array | None, stays: NDArray[np.bool_]) -> Array | None:
    """Put back the criteria that were dropped, with 0."""
    if weights is None:
        return None
    every = np.zeros(len(stays))
    every[stays] = weights
    return every


def _part(progress: Progress | None, before: int, whole: int) -> Callable[[int], None] | None:
    return None if progress is None else lambda done: progress(before + done, whole)


def _bits(shares: Array) -> Array:
    """Entropy along the last axis, in bits."""
    logs = np.log2(shares, out=np.zeros_like(shares), where=shares > 0)
    entropy: Array = np.maximum(-(shares * logs).sum(axis=-1), 0.0)
    return entropy
