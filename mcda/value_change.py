"""The smallest change of one value that costs the first its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mcda.cell_search import Cells, Limits, Tipped, search, search_ends
from mcda.errors import ProblemError
from mcda.evaluation import rank_alternatives
from mcda.problem import DecisionProblem
from mcda.registry import Property
from mcda.scoring import Scoring, bind


@dataclass(frozen=True, slots=True)
class TippingValue:
    """Nearest value of a cell, in one direction, at which the first has lost its place.

    Attributes
    ----------
    alternative, criterion : str
        The cell.
    present, value : float
        In the criterion's unit.
    change : float
        ``value - present``.
    share : float or None
        Size of the change as a share of the column's present range; None where it has none.
    taker : str
        Who is first then.
    exact : bool
        True where no nearer value can do it (a leader alone in the first place made worse under a
        method whose ranks are monotone); elsewhere an upper bound: a place that is lost and
        regained between two of the 200 values tried is not seen.
    """

    alternative: str
    criterion: str
    present: float
    value: float
    change: float
    share: float | None
    taker: str
    exact: bool


@dataclass(frozen=True, slots=True)
class CellChange:
    """What one cell can do.

    Attributes
    ----------
    alternative, criterion, present
        The cell and its value.
    low, high : float
        The values searched, the method taking them.
    down, up : TippingValue or None
        None where no value searched costs the first its place.
    """

    alternative: str
    criterion: str
    present: float
    low: float
    high: float
    down: TippingValue | None
    up: TippingValue | None

    @property
    def nearest(self) -> TippingValue | None:
        """The nearer of the two directions."""
        return _smallest([self.down, self.up])


@dataclass(frozen=True, slots=True)
class ValueChanges:
    """All cells of criteria that have weight, in the order of rows and columns.

    A first place shared by several is kept while one of them has it.
    """

    first: tuple[str, ...]
    cells: tuple[CellChange, ...]

    @property
    def smallest(self) -> TippingValue | None:
        """The smallest change of all, as a share of its column's range; None where none does it."""
        return _smallest([cell.nearest for cell in self.cells])

    def to_frame(self) -> pd.DataFrame:
        """One row a cell and direction that can tip the first place, smallest share first."""
        rows = [
            {field: getattr(tip, field) for field in TippingValue.__dataclass_fields__}
            for cell in self.cells
            for tip in (cell.down, cell.up)
            if tip is not None
        ]
        frame = pd.DataFrame(rows, columns=list(TippingValue.__dataclass_fields__))
        return frame.sort_values("share", kind="stable", ignore_index=True)


def value_changes(
    problem: DecisionProblem,
    method: str,
    *,
    reach: float = 1.0,
    limits: Limits | None = None,
    **params: Any,  # noqa: ANN401 - the method's own
) -> ValueChanges:
    """Find for every cell the nearest value, down and up, that costs the first its place.

    Parameters
    ----------
    reach : float
        How far beyond the lowest and the highest value of a column its cells are searched, in
        ranges of the column (of a column without range: in its own size).
    limits : mapping of criterion to (low, high), optional
        Ends of the search where the criterion has natural ones, such as 0 and 10 points.

    Notes
    -----
    All cells are put to the method in batches, on a grid from the present value outwards; the
    first step on which the place is lost is bisected. A search ends early at a value that the
    method does not take.

    Raises
    ------
    ProblemError
        Limits that name no criterion or leave present values out; as `rank_alternatives`.
    """
    if not (np.isfinite(reach) and reach >= 0):
        raise ProblemError("reach", "reach is {found}; expected a number of 0 or more", found=reach)
    first = rank_alternatives(problem, method, **params).first
    scoring = bind(problem, method, params)
    low, high = search_ends(scoring.problem, reach, limits or {}, problem.criteria)
    leaders = np.array([a in first for a in scoring.problem.alternatives])
    cells = Cells.all_of(scoring.problem)
    down, up = (search(scoring, leaders, cells, ends) for ends in (low, high))
    alone_and_monotone = len(first) == 1 and scoring.has(Property.MONOTONE_RANK)
    found = []
    for c in range(cells.count):
        tips = [
            _tip(scoring, cells, c, tipped, exact_for=first if alone_and_monotone else ())
            for tipped in (down, up)
        ]
        alternative, criterion = _names(scoring, cells, c)
        present = float(cells.present[c])
        found.append(
            CellChange(
                alternative=alternative,
                criterion=criterion,
                present=present,
                low=float(down.end[c]),
                high=float(up.end[c]),
                down=tips[0],
                up=tips[1],
            )
        )
    return ValueChanges(first, tuple(found))


def _smallest(tips: list[TippingValue | None]) -> TippingValue | None:
    """Smallest by share; cells of columns without range come last, by their change."""
    found = [tip for tip in tips if tip is not None]
    key = {id(tip): (tip.share is None, tip.share or 0.0, abs(tip.change)) for tip in found}
    return min(found, key=lambda tip: key[id(tip)]) if found else None


def _names(scoring: Scoring, cells: Cells, c: int) -> tuple[str, str]:
    return (
        scoring.problem.alternatives[int(cells.rows[c])],
        scoring.problem.criteria[int(cells.columns[c])],
    )


def _tip(
    scoring: Scoring, cells: Cells, c: int, tipped: Tipped, *, exact_for: tuple[str, ...]
) -> TippingValue | None:
    taker = int(tipped.taker[c])
    if taker < 0:
        return None
    alternative, criterion = _names(scoring, cells, c)
    present, value = float(cells.present[c]), float(tipped.value[c])
    spread = float(cells.spread[c])
    worse = (value - present) * float(cells.sense[c]) < 0
    return TippingValue(
        alternative=alternative,
        criterion=criterion,
        present=present,
        value=value,
        change=value - present,
        share=abs(value - present) / spread if spread > 0 else None,
        taker=scoring.problem.alternatives[taker],
        exact=worse and alternative in exact_for,
    )
