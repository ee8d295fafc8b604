"""Which scenario is at least as good cell by cell, before any method weighs anything."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Literal

import numpy as np

from scenarios.frames import SIGNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scenarios.table import ScenarioTable

Relation = Literal["better", "equal", "worse", "unclear"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One indicator and year of a pair of scenarios: both intervals and how they compare."""

    indicator: str
    year: int
    relation: Relation
    first: tuple[float, float]
    second: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Dominance:
    """Scenario `first` against scenario `second`: how many cells are better, equal, worse.

    `exceptions` are the cells that are not better, in the table's order.
    """

    first: str
    second: str
    better: int
    equal: int
    worse: int
    unclear: int
    exceptions: tuple[Cell, ...]

    @property
    def weakly_dominates(self) -> bool:
        """Whether `first` is at least as good in every cell."""
        return self.worse == 0 and self.unclear == 0

    @property
    def dominates(self) -> bool:
        """Whether, besides, it is better in at least one."""
        return self.weakly_dominates and self.better > 0


def dominance(table: ScenarioTable, years: Sequence[int] | None = None) -> tuple[Dominance, ...]:
    """Compare every ordered pair of scenarios over all indicators and the given years.

    Intervals are compared as sets: ``equal`` when identical; ``better`` when no value of the
    first is worse than any value of the second (ends may touch: 220-230 is better than 210-220,
    for the two can at most tie); ``worse`` the other way round; ``unclear`` when the intervals
    overlap by more than an end.

    Returns
    -------
    tuple of Dominance
        One per ordered pair, in the order of ``itertools.permutations(table.scenarios, 2)``.
    """
    chosen = table.known_years(years)
    columns = [table.years.index(year) for year in chosen]
    signs = np.array([SIGNS[sense] for sense in table.senses])[:, None, None]
    ends = signs * np.stack([table.low[:, :, columns], table.high[:, :, columns]])
    worst, best = ends.min(axis=0), ends.max(axis=0)
    results = []
    for first, second in permutations(range(len(table.scenarios)), 2):
        equal = (worst[:, first] == worst[:, second]) & (best[:, first] == best[:, second])
        better = (worst[:, first] >= best[:, second]) & ~equal
        worse = (best[:, first] <= worst[:, second]) & ~equal
        relation = np.select([equal, better, worse], ["equal", "better", "worse"], "unclear")
        exceptions = tuple(
            _cell(table, int(i), columns[int(y)], first, second, relation[i, y])
            for i, y in np.argwhere(relation != "better")
        )
        counts = {kind: int((relation == kind).sum()) for kind in ("better", "equal", "worse")}
        results.append(
            Dominance(
                first=table.scenarios[first],
                second=table.scenarios[second],
                **counts,
                unclear=relation.size - sum(counts.values()),
                exceptions=exceptions,
            )
        )
    return tuple(results)


def _cell(  # noqa: PLR0917
    table: ScenarioTable, indicator: int, year: int, first: int, second: int, relation: Relation
) -> Cell:
    def interval(scenario: int) -> tuple[float, float]:
        at = (indicator, scenario, year)
        return float(table.low[at]), float(table.high[at])

    name: Relation = str(relation)  # type: ignore[assignment]
    return Cell(
        table.indicators[indicator], table.years[year], name, interval(first), interval(second)
    )
