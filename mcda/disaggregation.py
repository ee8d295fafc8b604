"""Value functions inferred from a ranking: UTASTAR (Siskos and Yannacopoulos 1985)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space
from scipy.optimize import linprog, nnls

from mcda.errors import ProblemError
from mcda.problem import Array
from mcda.value_functions import value_at

# How far the solvers' answer may miss a constraint; values run from 0 to 1.
_FEASIBLE = 1e-8
# Equations count as dependent below this share of the largest singular value.
_DEPENDENT = 1e-10
# Room between inequalities below the inverse of this is taken for none.
_CONE = 1e7


@dataclass(frozen=True, slots=True, eq=False)
class Disaggregation:
    """An additive value function inferred from a ranking, and how well it restores it.

    Attributes
    ----------
    breakpoints, marginal_values
        One array a criterion, from the worst (value 0) to the best (value its weight).
    weights : array, shape (m,)
        Largest marginal values; sum 1 unless no criterion tells the references apart.
    lp_objective
        Least sum of errors F*; 0 where the ranking can be restored in full.
    overestimation, underestimation : arrays, shape (n,)
        The errors sigma+ and sigma- of the references in that solution.
    largest_weights : array, shape (m,)
        Largest weight of each criterion among all functions with that least sum.
    """

    breakpoints: tuple[Array, ...]
    marginal_values: tuple[Array, ...]
    weights: Array
    lp_objective: float
    overestimation: Array
    underestimation: Array
    largest_weights: Array

    def value(self, values: Array) -> Array:
        """Value of alternatives (..., n, m), 0 to 1; shape (..., n)."""
        total = np.zeros(values.shape[:-1])
        for j, (points, heights) in enumerate(
            zip(self.breakpoints, self.marginal_values, strict=True)
        ):
            total += value_at(values[..., j], points, heights)
        return total


def even_breakpoints(references: Array, sense: Array, count: int) -> tuple[Array, ...]:
    """Spread breakpoints evenly from the worst to the best of the references.

    A criterion without a range has a single one: nothing can be inferred about it.
    """
    low, high = references.min(axis=0), references.max(axis=0)
    worst, best = np.where(sense > 0, low, high), np.where(sense > 0, high, low)
    return tuple(
        np.array([w]) if w == b else np.linspace(w, b, count)
        for w, b in zip(worst, best, strict=True)
    )


def infer(
    references: Array, ranks: Array, breakpoints: tuple[Array, ...], delta: float
) -> Disaggregation:
    """Infer the marginal values by which references rank as they were ranked.

    The first linear programme finds the least sum of errors. Of the functions that reach it, one
    gives each criterion its largest weight; the result is the mean of these. Where that function
    is not unique, which the authors leave open, it is the one of least norm: the result then does
    not depend on the order of alternatives or criteria.

    Parameters
    ----------
    references : array, shape (n, m)
    ranks : array, shape (n,)
        1 is best; equal ranks are ties.
    breakpoints
        One array a criterion, from worst to best.
    delta
        Least difference in value between neighbouring ranks.

    Raises
    ------
    ProblemError
        When the solver fails.
    """
    owner = np.repeat(np.arange(len(breakpoints)), [len(p) - 1 for p in breakpoints])
    n, steps = len(references), len(owner)
    if steps == 0:
        flat = np.zeros(len(breakpoints))
        over, under = _errors_alone(ranks, delta)
        least = float((over + under).sum())
        return Disaggregation(
            breakpoints, tuple(np.zeros(1) for _ in flat), flat, least, over, under, flat
        )
    model = _Model.of(references, ranks, breakpoints, owner, delta)
    errors = np.r_[np.zeros(steps), np.ones(2 * n)]
    first = model.minimise(errors)
    least = float(errors @ first)
    within = model.also(errors, least)
    largest = np.zeros(len(breakpoints))
    extremes = []
    for j in np.unique(owner):
        weight = np.r_[owner == j, np.zeros(2 * n)]
        largest[j] = weight @ within.minimise(-weight)
        extremes.append(within.also(weight, largest[j]).nearest_to_zero()[:steps])
    # The solver may leave a step below zero by rounding; a value function never falls.
    mean = np.maximum(np.mean(extremes, axis=0), 0)
    mean /= mean.sum()
    heights = tuple(np.r_[0.0, np.cumsum(mean[owner == j])] for j in range(len(breakpoints)))
    return Disaggregation(
        breakpoints=breakpoints,
        marginal_values=heights,
        weights=np.array([h[-1] for h in heights]),
        lp_objective=least,
        overestimation=first[steps : steps + n],
        underestimation=first[steps + n :],
        largest_weights=largest,
    )


def _errors_alone(ranks: Array, delta: float) -> tuple[Array, Array]:
    """Least errors that restore the ranks of references which all have the same value.

    Neighbouring ranks are then delta apart, around the one in the middle.
    """
    _, worse_first = np.unique(-ranks, return_inverse=True)
    corrected = delta * worse_first
    corrected = corrected - np.median(corrected)
    return np.maximum(-corrected, 0.0), np.maximum(corrected, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Model:
    """Constraints on x >= 0: steps of the marginal values, then errors sigma+ and sigma-."""

    equal: Array
    equal_to: Array
    above: Array
    above_least: Array

    @classmethod
    def of(
        cls,
        references: Array,
        ranks: Array,
        breakpoints: tuple[Array, ...],
        owner: NDArray[np.intp],
        delta: float,
    ) -> _Model:
        n, steps = len(references), len(owner)
        reached = np.zeros((n, steps))
        for k, j in enumerate(owner):
            unit = np.zeros(len(breakpoints[j]))
            position = k - int(np.flatnonzero(owner == j)[0])
            unit[position + 1 :] = 1
            reached[:, k] = value_at(references[:, j], breakpoints[j], unit)
        # Value, less what is overestimated, plus what is underestimated.
        corrected = np.hstack([reached, -np.eye(n), np.eye(n)])
        order = np.argsort(ranks, kind="stable")
        gaps = corrected[order[:-1]] - corrected[order[1:]]
        tied = ranks[order[:-1]] == ranks[order[1:]]
        total = np.r_[np.ones(steps), np.zeros(2 * n)]
        return cls(
            equal=np.vstack([total, gaps[tied]]),
            equal_to=np.r_[1.0, np.zeros(tied.sum())],
            above=gaps[~tied],
            above_least=np.full((~tied).sum(), delta),
        )

    def also(self, row: Array, total: float) -> _Model:
        """Add one equation."""
        return _Model(
            np.vstack([self.equal, row]),
            np.r_[self.equal_to, total],
            self.above,
            self.above_least,
        )

    def minimise(self, cost: Array) -> Array:
        """Solve the linear programme."""
        found = linprog(
            cost,
            A_ub=-self.above,
            b_ub=-self.above_least,
            A_eq=self.equal,
            b_eq=self.equal_to,
            method="highs-ds",
        )
        if found.x is None:
            raise _unsolved(str(found.message))
        solution: Array = np.asarray(found.x, dtype=np.float64)
        return solution

    def nearest_to_zero(self) -> Array:
        """Point of least norm, by the least distance programme of Lawson and Hanson (1974).

        It needs room between the inequalities, so those that leave none become equations first.
        """
        sides = np.vstack([self.above, np.eye(self.equal.shape[1])])
        least = np.r_[self.above_least, np.zeros(self.equal.shape[1])]
        tight = self._tight(sides, least)
        equal = np.vstack([self.equal, sides[tight]])
        origin = np.linalg.lstsq(equal, np.r_[self.equal_to, least[tight]], rcond=_DEPENDENT)[0]
        free = null_space(equal, rcond=_DEPENDENT)
        short = least - sides @ origin
        system = np.vstack([(sides[~tight] @ free).T, short[~tight]])
        target = np.r_[np.zeros(free.shape[1]), 1.0]
        try:
            multipliers, _ = nnls(system, target)
        except RuntimeError as error:  # too many iterations
            raise _unsolved(str(error)) from error
        rest = system @ multipliers - target
        point: Array = origin - free @ (rest[:-1] / rest[-1])
        missed = max(
            np.abs(self.equal @ point - self.equal_to).max(), (least - sides @ point).max()
        )
        if not missed < _FEASIBLE:
            raise _unsolved(f"{missed:.1e}")
        return point

    def _tight(self, sides: Array, least: Array) -> NDArray[np.bool_]:
        """Find the inequalities that hold with equality at every feasible point.

        On the cone over the feasible points every other one can be met with room of 1 to spare, all
        of them at once (Freund, Roundy and Todd 1985).
        """
        count, length = sides.shape
        cost = np.r_[np.zeros(length + 1), -np.ones(count)]
        found = linprog(
            cost,
            A_ub=np.hstack([-sides, least[:, None], np.eye(count)]),
            b_ub=np.zeros(count),
            A_eq=np.hstack(
                [self.equal, -self.equal_to[:, None], np.zeros((len(self.equal), count))]
            ),
            b_eq=np.zeros(len(self.equal)),
            bounds=[*[(0, None)] * length, (1, _CONE), *[(0, 1)] * count],
            method="highs-ds",
        )
        if found.x is None:
            raise _unsolved(str(found.message))
        tight: NDArray[np.bool_] = found.x[length + 1 :] < 0.5
        return tight


def _unsolved(reason: str) -> ProblemError:
    return ProblemError(
        "linear_programme",
        "UTASTAR's programmes were not solved ({reason}); expected references whose values are not too "
        "far apart",
        reason=reason,
    )
