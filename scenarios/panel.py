"""Annual series of one or several units on one grid of consecutive years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
import pandas as pd

from scenarios.errors import ScenarioError
from scenarios.frames import (
    finite_numbers,
    frozen,
    in_order,
    require_columns,
    require_labels,
    require_unique,
    whole_years,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WHAT = "series"
ONLY_UNIT = ""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Values of the shape (unit, series, year); NaN marks a year without a figure.

    Years are consecutive, so that a missing year is a visible gap and never a longer step. A
    panel of one unit may leave the unit unnamed (``""``).
    """

    units: tuple[str, ...]
    series: tuple[str, ...]
    years: tuple[int, ...]
    values: NDArray[np.float64]

    def __post_init__(self) -> None:
        shape = (len(self.units), len(self.series), len(self.years))
        if np.shape(self.values) != shape or not all(shape):
            raise ScenarioError(
                "panel_shape",
                "the panel's values have the shape {found}; expected {shape} "
                "(units, series, years), none of them 0",
                found=np.shape(self.values),
                shape=shape,
            )
        if len(set(self.units)) < shape[0] or len(set(self.series)) < shape[1]:
            raise ScenarioError(
                "panel_labels",
                "the panel's units are {units} and its series {series}; expected each once",
                units=", ".join(self.units),
                series=", ".join(self.series),
            )
        if self.years != tuple(range(self.years[0], self.years[0] + shape[2])):
            raise ScenarioError(
                "panel_years",
                "the panel's years are {years}; expected consecutive years",
                years=", ".join(map(str, self.years)),
            )
        if np.isinf(self.values).any():
            raise ScenarioError(
                "panel_infinite", "the panel holds an infinite value; expected finite numbers"
            )
        object.__setattr__(self, "values", frozen(self.values))

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, *, unit: str | None = None) -> Self:
        """Read a long frame ``series, year, value``.

        Parameters
        ----------
        frame
            One row per known figure; a year without a row is a gap. Further columns (status,
            source) are left to the caller.
        unit
            Column that names the region or firm; None for one unit. It is never guessed, for a
            column called ``unit`` may as well hold the unit of measurement.
        """
        keys = ("series", "year") if unit is None else (unit, "series", "year")
        require_columns(frame, (*keys, "value"), WHAT)
        require_labels(frame, keys[:-1], WHAT)
        years = whole_years(frame, WHAT)
        frame = frame.assign(year=years)
        require_unique(frame, keys, WHAT)
        values = finite_numbers(frame, "value", keys, WHAT)
        units = (ONLY_UNIT,) if unit is None else in_order(frame[unit])
        series = in_order(frame["series"])
        span = tuple(range(int(years.min()), int(years.max()) + 1))
        grid = np.full((len(units), len(series), len(span)), np.nan)
        rows = 0 if unit is None else pd.Index(units).get_indexer(pd.Index(frame[unit].astype(str)))
        columns = pd.Index(series).get_indexer(pd.Index(frame["series"].astype(str)))
        grid[rows, columns, years - span[0]] = values
        return cls(units, series, span, grid)

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where there is a figure, (unit, series, year)."""
        return ~np.isnan(self.values)

    def unit_position(self, unit: str | None) -> int:
        """Row of a unit; None is the only unit there is."""
        if unit is None and len(self.units) == 1:
            return 0
        if unit not in self.units:
            raise ScenarioError(
                "unit_unknown",
                "the panel has no unit {unit}; expected one of {units}",
                unit=unit,
                units=", ".join(self.units),
            )
        return self.units.index(unit)

    def gaps(self) -> dict[tuple[str, str], tuple[int, ...]]:
        """(unit, series) -> years without a figure between the first and the last known one."""
        found = {}
        for u, s in np.argwhere(self.known.any(axis=2)):
            known = np.flatnonzero(self.known[u, s])
            inside = sorted(set(range(known[0], known[-1])) - set(known.tolist()))
            if inside:
                found[self.units[u], self.series[s]] = tuple(self.years[k] for k in inside)
        return found

    def select(self, first: int, last: int, units: Sequence[str] | None = None) -> Panel:
        """Years from `first` to `last`, and some of the units."""
        if not self.years[0] <= first <= last <= self.years[-1]:
            raise ScenarioError(
                "years_outside",
                "the years {first}-{last} were asked for; expected a span within {start}-{end}",
                first=first,
                last=last,
                start=self.years[0],
                end=self.years[-1],
            )
        chosen = self.units if units is None else tuple(units)
        rows = [self.unit_position(unit) for unit in chosen]
        columns = slice(first - self.years[0], last - self.years[0] + 1)
        return Panel(chosen, self.series, self.years[columns], self.values[rows][:, :, columns])

    def to_frame(self) -> pd.DataFrame:
        """Long frame ``unit, series, year, value`` of the known figures."""
        u, s, y = np.nonzero(self.known)
        return pd.DataFrame(
            {
                "unit": [self.units[k] for k in u],
                "series": [self.series[k] for k in s],
                "year": [self.years[k] for k in y],
                "value": self.values[u, s, y],
            }
        )
