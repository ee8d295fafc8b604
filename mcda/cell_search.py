"""Walk every cell of a problem from its value outwards until the first place is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.errors import ProblemError
from mcda.problem import Array, DecisionProblem
from mcda.scoring import Scoring, leads

# Values tried between the present one and the end of the search, and the narrowing of the step in
# which the place is lost.
_GRID = 200
_BISECTIONS = 60

Limits = Mapping[str, tuple[float, float]]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """All cells of a problem, row by row; arrays of shape (cells,)."""

    rows: Places
    columns: Places
    present: Array
    spread: Array
    sense: Array

    @classmethod
    def all_of(cls, problem: DecisionProblem) -> Cells:
        """List the cells of a problem."""
        grid = np.indices(problem.values.shape, dtype=np.intp)
        rows, columns = grid[0].ravel(), grid[1].ravel()
        return cls(
            rows,
            columns,
            problem.values[rows, columns],
            np.ptp(problem.values, axis=0)[columns],
            problem.sense[columns],
        )

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.rows)


@dataclass(frozen=True, slots=True, eq=False)
class Tipped:
    """What a search in one direction found; arrays of shape (cells,).

    Attributes
    ----------
    end : array
        The last value that was tried, the method taking it.
    value : array
        The nearest value at which the place is lost; the present one where it is not.
    taker : array of int
        Who is first there; -1 where the place is not lost.
    """

    end: Array
    value: Array
    taker: Places


def search_ends(
    problem: DecisionProblem, reach: float, limits: Limits, known: tuple[str, ...]
) -> tuple[Array, Array]:
    """Low and high end of the search for each criterion, (m,) each."""
    for name in limits:
        if name not in known:
            raise ProblemError(
                "unknown_criterion",
                "criterion {found} is not in the problem; expected one of {known}",
                found=repr(name),
                known=", ".join(known),
            )
    least, most = problem.values.min(axis=0), problem.values.max(axis=0)
    size = np.where(most > least, most - least, np.maximum(np.abs(most), 1.0))
    low, high = least - reach * size, most + reach * size
    for j, criterion in enumerate(problem.criteria):
        if criterion in limits:
            low[j], high[j] = limits[criterion]
            if not low[j] <= least[j] <= most[j] <= high[j]:
                raise ProblemError(
                    "limits",
                    "criterion {criterion}: values run from {least} to {most}; expected limits "
                    "that hold them, found {low} to {high}",
                    criterion=criterion,
                    least=least[j],
                    most=most[j],
                    low=low[j],
                    high=high[j],
                )
    return low, high


def search(scoring: Scoring, leaders: NDArray[np.bool_], cells: Cells, ends: Array) -> Tipped:
    """Walk each cell on a grid from its present value to its column's end, (m,), and bisect."""
    values = scoring.problem.values
    paths = np.linspace(cells.present, ends[cells.columns], _GRID + 1, axis=1)
    end, value = paths[:, -1].copy(), cells.present.copy()
    taker = np.full(cells.count, -1, dtype=np.intp)
    lost_at = np.zeros(cells.count, dtype=np.intp)
    for c, path in enumerate(paths):
        tried = np.repeat(values[None], len(path), axis=0)
        tried[:, cells.rows[c], cells.columns[c]] = path
        taken = scoring.taken(tried)
        stop = len(path) if taken.all() else int(np.argmin(taken))
        end[c] = path[stop - 1]
        if not leaders.all():
            lost = leads(scoring.by_values(tried[:stop]), leaders) < 0
            lost_at[c] = int(np.argmax(lost))  # 0 where nowhere: the first value is the present one
    hit = np.flatnonzero(lost_at)
    if hit.size:
        value[hit], taker[hit] = _bisected(
            scoring,
            leaders,
            (cells.rows[hit], cells.columns[hit]),
            paths[hit, lost_at[hit] - 1],
            paths[hit, lost_at[hit]],
        )
    return Tipped(end, value, taker)


def _bisected(
    scoring: Scoring,
    leaders: NDArray[np.bool_],
    places: tuple[Places, Places],
    inside: Array,
    outside: Array,
) -> tuple[Array, Places]:
    """Narrow the steps of many cells at once; return values just beyond, and who is first there."""

    def scores(cells: Array) -> Array:
        values = np.repeat(scoring.problem.values[None], len(cells), axis=0)
        values[np.arange(len(cells)), places[0], places[1]] = cells
        return scoring.by_values(values)

    for _ in range(_BISECTIONS):
        middle = 0.5 * (inside + outside)
        lost = leads(scores(middle), leaders) < 0
        inside, outside = np.where(lost, inside, middle), np.where(lost, middle, outside)
    takers = np.where(leaders, -np.inf, scores(outside)).argmax(axis=1)
    return outside, takers.astype(np.intp)
