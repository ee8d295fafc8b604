"""Scenario table: what each scenario supposes for each indicator and year, as intervals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Self

import numpy as np
import pandas as pd

from scenarios.errors import ScenarioError
from scenarios.frames import (
    finite_numbers,
    frozen,
    in_order,
    require_columns,
    require_labels,
    require_sense,
    require_unique,
    whole_years,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

WHAT = "scenarios"


@dataclass(frozen=True, slots=True, eq=False)
class ScenarioMatrix:
    """Scenarios as alternatives: everything of a decision problem except its weights.

    `values`, `low` and `high` have the shape (scenario, criterion); a criterion is an indicator
    in one year, or, on the whole path, each indicator in each year (``grp 2030``).
    """

    values: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    senses: tuple[str, ...]
    alternatives: tuple[str, ...]
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ScenarioTable:
    """Complete grid of intervals, `low` and `high` of the shape (indicator, scenario, year).

    Senses are ``max`` or ``min``, one per indicator; values are in the indicators' own units.

    Raises
    ------
    ScenarioError
        Unknown sense, wrong shape, a value that is not finite, or a low above its high.
    """

    indicators: tuple[str, ...]
    senses: tuple[str, ...]
    scenarios: tuple[str, ...]
    years: tuple[int, ...]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def __post_init__(self) -> None:
        shape = (len(self.indicators), len(self.scenarios), len(self.years))
        for name, ids in (
            ("indicators", self.indicators),
            ("scenarios", self.scenarios),
            ("years", self.years),
        ):
            if len(set(ids)) != len(ids) or not ids:
                raise ScenarioError(
                    "labels_not_distinct",
                    "the {name} of the scenario table are {found}; expected at least one and "
                    "each once",
                    name=name,
                    found=", ".join(map(str, ids)) or "none",
                )
        low, high = np.asarray(self.low, dtype=float), np.asarray(self.high, dtype=float)
        if low.shape != shape or high.shape != shape or len(self.senses) != shape[0]:
            raise ScenarioError(
                "shape_wrong",
                "the scenario table has low {low}, high {high} and {senses} senses; "
                "expected {shape} (indicators, scenarios, years) and one sense per indicator",
                low=low.shape,
                high=high.shape,
                senses=len(self.senses),
                shape=shape,
            )
        for indicator, sense in zip(self.indicators, self.senses, strict=True):
            require_sense(sense, indicator)
        wrong = ~(np.isfinite(low) & np.isfinite(high) & (low <= high))
        if wrong.any():
            i, s, y = (int(k) for k in np.argwhere(wrong)[0])
            raise ScenarioError(
                "interval_wrong",
                "indicator {indicator}, scenario {scenario}, {year}: the interval is {low} to "
                "{high}; expected finite numbers, the low not above the high",
                indicator=self.indicators[i],
                scenario=self.scenarios[s],
                year=self.years[y],
                low=low[i, s, y],
                high=high[i, s, y],
            )
        object.__setattr__(self, "low", frozen(low))
        object.__setattr__(self, "high", frozen(high))

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, senses: Mapping[str, str]) -> Self:
        """Read a long frame ``indicator, scenario, year, low, high``.

        Parameters
        ----------
        frame
            One row per cell; the grid must be complete. Order of indicators and scenarios is
            that of their first rows, years ascend.
        senses
            ``max`` or ``min`` for each indicator of the frame.
        """
        keys = ("indicator", "scenario", "year")
        require_columns(frame, (*keys, "low", "high"), WHAT)
        require_labels(frame, ("indicator", "scenario"), WHAT)
        years = whole_years(frame, WHAT)
        frame = frame.assign(year=years)
        require_unique(frame, keys, WHAT)
        low = finite_numbers(frame, "low", keys, WHAT)
        high = finite_numbers(frame, "high", keys, WHAT)
        indicators, scenarios = in_order(frame["indicator"]), in_order(frame["scenario"])
        ordered = tuple(sorted({int(year) for year in years}))
        grid = np.full((2, len(indicators), len(scenarios), len(ordered)), np.nan)
        at = (
            pd.Index(indicators).get_indexer(pd.Index(frame["indicator"].astype(str))),
            pd.Index(scenarios).get_indexer(pd.Index(frame["scenario"].astype(str))),
            np.searchsorted(ordered, years),
        )
        grid[(0, *at)], grid[(1, *at)] = low, high
        gaps = np.argwhere(np.isnan(grid[0]))
        if len(gaps):
            i, s, y = (int(k) for k in gaps[0])
            raise ScenarioError(
                "cell_missing",
                "the scenario table has no row for indicator {indicator}, scenario {scenario}, "
                "{year}; expected every combination ({count} missing)",
                indicator=indicators[i],
                scenario=scenarios[s],
                year=ordered[y],
                count=len(gaps),
            )
        for indicator in indicators:
            if indicator not in senses:
                raise ScenarioError(
                    "sense_missing",
                    "indicator {indicator} of the scenario table has no sense; expected max or min",
                    indicator=indicator,
                )
        order = tuple(senses[indicator] for indicator in indicators)
        return cls(indicators, order, scenarios, ordered, grid[0], grid[1])

    @property
    def midpoints(self) -> NDArray[np.float64]:
        """Middle of each interval, (indicator, scenario, year)."""
        return (self.low + self.high) / 2.0

    def indicator_position(self, indicator: str) -> int:
        """Row of an indicator."""
        if indicator not in self.indicators:
            raise ScenarioError(
                "indicator_unknown",
                "the scenario table has no indicator {indicator}; expected one of {indicators}",
                indicator=indicator,
                indicators=", ".join(self.indicators),
            )
        return self.indicators.index(indicator)

    def scenario_position(self, scenario: str) -> int:
        """Column of a scenario."""
        if scenario not in self.scenarios:
            raise ScenarioError(
                "scenario_unknown",
                "the scenario table has no scenario {scenario}; expected one of {scenarios}",
                scenario=scenario,
                scenarios=", ".join(self.scenarios),
            )
        return self.scenarios.index(scenario)

    def without(self, indicator: str) -> ScenarioTable:
        """Leave one indicator out."""
        position = self.indicator_position(indicator)
        keep = [k for k in range(len(self.indicators)) if k != position]
        return self._rows(keep)

    def with_sense(self, indicator: str, sense: str) -> ScenarioTable:
        """Read one indicator as better when higher (``max``) or lower (``min``)."""
        position = self.indicator_position(indicator)
        senses = (*self.senses[:position], sense, *self.senses[position + 1 :])
        return replace(self, senses=senses)

    def on_target(self, indicator: str, low: float, high: float) -> ScenarioTable:
        """Replace an indicator by its distance from the interval low-high, to be minimised.

        A cell that is an interval becomes the least and the greatest distance of its points; the
        distance is convex, so the greatest lies at an end.
        """
        if not (np.isfinite(low) and np.isfinite(high) and low <= high):
            raise ScenarioError(
                "target_wrong",
                "the target of indicator {indicator} is {low} to {high}; expected finite "
                "numbers, the low not above the high",
                indicator=indicator,
                low=low,
                high=high,
            )
        position = self.indicator_position(indicator)
        below, above = low - self.high[position], self.low[position] - high
        nearest = np.maximum(np.maximum(below, above), 0.0)
        ends = np.stack([self.low[position], self.high[position]])
        farthest = np.maximum(np.maximum(low - ends, ends - high), 0.0).max(axis=0)
        lows, highs = self.low.copy(), self.high.copy()
        lows[position], highs[position] = nearest, farthest
        return replace(self.with_sense(indicator, "min"), low=lows, high=highs)

    def to_matrix(self, year: int | Literal["path"] = "path") -> ScenarioMatrix:
        """Scenarios by indicators: of one year, or of every year side by side (``path``)."""
        if year == "path":
            columns = list(range(len(self.years)))
            criteria = tuple(f"{name} {each}" for name in self.indicators for each in self.years)
        else:
            columns = [self.years.index(known) for known in self.known_years((year,))]
            criteria = self.indicators

        def flat(values: NDArray[np.float64]) -> NDArray[np.float64]:
            return frozen(values[:, :, columns].transpose(1, 0, 2).reshape(len(self.scenarios), -1))

        senses = tuple(sense for sense in self.senses for _ in columns)
        return ScenarioMatrix(
            flat(self.midpoints), flat(self.low), flat(self.high), senses, self.scenarios, criteria
        )

    def known_years(self, years: Sequence[int] | None) -> tuple[int, ...]:
        """`years` after checking that the table has them; all of its years for None."""
        if years is None:
            return self.years
        for year in years:
            if year not in self.years:
                raise ScenarioError(
                    "year_unknown",
                    "the scenario table has no year {year}; expected one of {years}",
                    year=year,
                    years=", ".join(map(str, self.years)),
                )
        return tuple(years)

    def _rows(self, keep: list[int]) -> ScenarioTable:
        return replace(
            self,
            indicators=tuple(self.indicators[k] for k in keep),
            senses=tuple(self.senses[k] for k in keep),
            low=self.low[keep],
            high=self.high[keep],
        )
