"""Composite index: indicators on a frozen common scale, averaged up the hierarchy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scenarios.errors import ScenarioError
from scenarios.evaluation import evaluate
from scenarios.formulas import parse_formula
from scenarios.frames import frozen
from scenarios.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from scenarios.index_spec import IndexSpec, Indicator

# A spread below this share of the largest value is rounding, not variation.
ROUNDING = 1e-12
# Squares of larger values leave the range of floating point.
LARGEST = 1e150


@dataclass(frozen=True, slots=True, eq=False)
class CompositeIndex:
    """An index with all its steps; NaN in an array marks a year that has no figure.

    The methods that return dictionaries leave such years out.

    Attributes
    ----------
    indicators
        Values of the indicators, a panel of (unit, indicator, year).
    centre, scale
        What is subtracted and divided by, shapes that broadcast against (unit, indicator, year):
        mean and standard deviation for z-scores.
    z
        Normalised indicators, higher is better, (unit, indicator, year).
    factors
        (unit, factor, year); ``index`` (unit, year).
    """

    spec: IndexSpec
    indicators: Panel
    centre: NDArray[np.float64]
    scale: NDArray[np.float64]
    z: NDArray[np.float64]
    factors: NDArray[np.float64]
    index: NDArray[np.float64]

    @property
    def years(self) -> tuple[int, ...]:
        """Years of the last axis of every array."""
        return self.indicators.years

    def levels(self, unit: str | None = None) -> dict[int, float]:
        """Year -> index, of the years that have one."""
        return self._known(self.index[self.indicators.unit_position(unit)])

    def factor_levels(self, unit: str | None = None) -> dict[str, dict[int, float]]:
        """Factor -> year -> sub-index."""
        rows = self.factors[self.indicators.unit_position(unit)]
        return dict(zip(self.spec.factors, map(self._known, rows), strict=True))

    def indicator_scores(self, unit: str | None = None) -> dict[str, dict[int, float]]:
        """Indicator -> year -> normalised value."""
        rows = self.z[self.indicators.unit_position(unit)]
        return dict(zip(self.spec.names, map(self._known, rows), strict=True))

    def missing(self, unit: str | None = None) -> dict[int, tuple[str, ...]]:
        """Year without an index -> indicators that have no place on the scale in it."""
        absent = np.isnan(self.z[self.indicators.unit_position(unit)])
        return {
            year: tuple(self.spec.names[i] for i in np.flatnonzero(absent[:, y]))
            for y, year in enumerate(self.years)
            if absent[:, y].any()
        }

    def place(self, values: NDArray[np.float64], unit: str | None = None) -> NDArray[np.float64]:
        """Normalise other values (indicator, ...) of a unit on the frozen scale."""
        if self.spec.reference.over == "units":
            raise ScenarioError(
                "scale_not_frozen",
                "the index compares units within each year; expected a reference over years or "
                "all to place other values on",
            )
        row = self.indicators.unit_position(unit)
        shape = (-1,) + (1,) * (np.ndim(values) - 1)
        parts = [part[min(row, len(part) - 1), :, 0] for part in (self.centre, self.scale)]
        centre, scale = (part.reshape(shape) for part in parts)
        return self.spec.signs.reshape(shape) * (values - centre) / scale

    def _known(self, row: NDArray[np.float64]) -> dict[int, float]:
        return {year: float(x) for year, x in zip(self.years, row, strict=True) if not np.isnan(x)}


def indicator_values(panel: Panel, indicators: Sequence[Indicator]) -> Panel:
    """Panel of indicators from a panel of series, by their formulas."""
    known = {name: panel.values[:, k] for k, name in enumerate(panel.series)}
    years = np.array(panel.years)
    rows = [evaluate(parse_formula(indicator.formula), known, years) for indicator in indicators]
    names = tuple(indicator.name for indicator in indicators)
    return Panel(panel.units, names, panel.years, np.stack(rows, axis=1))


def absent_series(
    panel: Panel, spec: IndexSpec, unit: str | None = None
) -> dict[int, dict[str, tuple[str, ...]]]:
    """Why a year has no index: year -> indicator without a value -> its series without a figure."""
    row = panel.unit_position(unit)
    known = dict(zip(panel.series, panel.known[row], strict=True))
    formulas = {i.name: parse_formula(i.formula) for i in spec.indicators}
    index = indicator_values(panel, spec.indicators)
    reasons: dict[int, dict[str, tuple[str, ...]]] = {}
    for i, y in np.argwhere(~index.known[row]):
        name = index.series[i]
        series = tuple(each for each in formulas[name].series if not known[each][y])
        reasons.setdefault(panel.years[y], {})[name] = series
    return dict(sorted(reasons.items()))


def composite_index(panel: Panel, spec: IndexSpec) -> CompositeIndex:
    """Index of a panel of series: evaluate the formulas, normalise, average.

    Equal-weight mean inside a factor and of the factors unless the spec has weights; z-scores by
    the window's mean and standard deviation, ``min`` indicators with the sign turned. A year in
    which an indicator has no value has no index.

    Raises
    ------
    ScenarioError
        A window outside the panel or with missing values, or an indicator constant in it.
    """
    return index_of_indicators(indicator_values(panel, spec.indicators), spec)


def index_of_indicators(indicators: Panel, spec: IndexSpec) -> CompositeIndex:
    """Index of a panel whose series are the spec's indicators already."""
    if indicators.series != spec.names:
        raise ScenarioError(
            "indicators_differ",
            "the panel has the indicators {found}; expected {expected}",
            found=", ".join(indicators.series),
            expected=", ".join(spec.names),
        )
    _require_moderate(indicators, np.abs(indicators.values) > LARGEST)
    centre, scale = _centre_and_scale(indicators, spec)
    with np.errstate(over="ignore"):
        z = spec.signs[:, None] * (indicators.values - centre) / scale
    _require_moderate(indicators, np.isinf(z))
    factors, index = aggregate(z, spec)
    arrays = (frozen(array) for array in (centre, scale, z, factors, index))
    return CompositeIndex(spec, indicators, *arrays)


def aggregate(
    z: NDArray[np.float64], spec: IndexSpec
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weighted means: z (..., indicator, year) -> factors (..., factor, year), index (..., year).

    A factor lacks a year if any of its own indicators does, not if another factor's does.
    """
    known = ~np.isnan(z)
    member = (spec.weights > 0).astype(float)
    complete = member @ (~known) == 0
    factors = np.where(complete, spec.weights @ np.where(known, z, 0.0), np.nan)
    return factors, np.einsum("f,...fy->...y", spec.factor_shares, factors)


def _require_moderate(indicators: Panel, extreme: NDArray[np.bool_]) -> None:
    if extreme.any():
        at = tuple(int(k) for k in np.argwhere(extreme)[0])
        raise ScenarioError(
            "score_too_large",
            "indicator {indicator} is {value:.6g} in {year}, too far out to be placed on a scale; "
            "expected a value of the order of the others",
            indicator=indicators.series[at[1]],
            value=float(indicators.values[at]),
            year=indicators.years[at[2]],
        )


def _centre_and_scale(
    indicators: Panel, spec: IndexSpec
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    reference = spec.reference
    axes: tuple[int, ...] = {"years": (2,), "units": (0,), "all": (0, 2)}[reference.over]
    by_year = reference.over == "units"
    window = indicators.values if by_year else _complete_window(indicators, spec)
    count = int(np.prod([window.shape[axis] for axis in axes]))
    if count < 2:
        raise ScenarioError(
            "window_too_short",
            "the reference takes in {count} value of each indicator; expected at least 2",
            count=count,
        )
    if spec.normalise == "zscore":
        centre = window.mean(axis=axes, keepdims=True)
        freedom = 1 if reference.std == "sample" else 0
        scale = window.std(axis=axes, ddof=freedom, keepdims=True)
    else:
        low, high = window.min(axis=axes, keepdims=True), window.max(axis=axes, keepdims=True)
        centre = np.where(spec.signs[:, None] > 0, low, high)
        scale = high - low
    constant = scale <= ROUNDING * np.abs(window).max(axis=axes, keepdims=True)
    if constant.any():
        u, i, y = (int(k) for k in np.argwhere(constant)[0])
        raise ScenarioError(
            "indicator_constant",
            "indicator {indicator} is always {value:.6g} in the reference {first}-{last}; "
            "expected at least two different values",
            indicator=spec.names[i],
            value=float(window[u, i, y]),
            first=indicators.years[y] if by_year else reference.first,
            last=indicators.years[y] if by_year else reference.last,
        )
    return centre, scale


def _complete_window(indicators: Panel, spec: IndexSpec) -> NDArray[np.float64]:
    reference = spec.reference
    panel = indicators.select(reference.first, reference.last)
    absent = np.argwhere(~panel.known)
    if len(absent):
        _, i, y = (int(k) for k in absent[0])
        raise ScenarioError(
            "window_incomplete",
            "indicator {indicator} has no value in {year}; expected one in every year of the "
            "reference {first}-{last}",
            indicator=spec.names[i],
            year=panel.years[y],
            first=reference.first,
            last=reference.last,
        )
    return panel.values
