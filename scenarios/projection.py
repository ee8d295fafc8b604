"""Indicators and index continued under the scenarios of a table, on the frozen scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from scenarios.errors import ScenarioError
from scenarios.evaluation import evaluate_interval
from scenarios.formulas import Signature, parse_formula
from scenarios.frames import frozen
from scenarios.index import LARGEST, aggregate
from scenarios.syntax import Call, Formula

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from scenarios.index import CompositeIndex
    from scenarios.index_spec import IndexSpec
    from scenarios.table import ScenarioTable

TABLE_FUNCTIONS: Mapping[str, Signature] = {"level": ("series",)}


@dataclass(frozen=True, slots=True)
class Continuation:
    """How one indicator goes on after the base year.

    ``held``: at its base value. ``follows``: base value x f(cells) / f(base levels), where f is
    the formula over the table's indicators. ``level``: the formula's value itself.
    """

    kind: Literal["held", "follows", "level"]
    formula: Formula | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """Value at the middle of the table's intervals, and bounds over the whole intervals."""

    low: NDArray[np.float64]
    value: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Index under each scenario.

    Attributes
    ----------
    base_year, spec, scenarios, years
        What it starts from and its labels.
    indicators
        (indicator, scenario, year), in their own units; ``factors`` (factor, scenario, year);
        ``index`` (scenario, year).
    """

    base_year: int
    spec: IndexSpec
    scenarios: tuple[str, ...]
    years: tuple[int, ...]
    indicators: Bounds
    factors: Bounds
    index: Bounds

    def levels(self) -> dict[str, dict[int, tuple[float, float, float]]]:
        """Scenario -> year -> (low, value, high)."""
        stacked = np.stack([self.index.low, self.index.value, self.index.high], axis=-1)
        return {
            scenario: {
                year: (float(low), float(value), float(high))
                for year, (low, value, high) in zip(self.years, rows, strict=True)
            }
            for scenario, rows in zip(self.scenarios, stacked, strict=True)
        }


def read_continuation(text: str) -> Continuation:
    """Parse one cell of the mapping: empty, a formula, or ``level(formula)``."""
    if not text.strip():
        return Continuation("held")
    formula = parse_formula(text, TABLE_FUNCTIONS)
    if isinstance(formula.tree, Call):
        inner = Formula(formula.text, formula.tree.arguments[0], formula.names)
        return Continuation("level", inner)
    return Continuation("follows", formula)


def project(
    index: CompositeIndex,
    table: ScenarioTable,
    mapping: Mapping[str, str],
    *,
    base_year: int,
    base_levels: Mapping[str, float],
    unit: str | None = None,
) -> Projection:
    """Continue every indicator from the base year and place the result on the index's scale.

    Parameters
    ----------
    index
        Observed index; its window stays as it is.
    mapping
        Indicator of the index -> formula over the table's indicators (see ``Continuation``).
    base_levels
        What the table's indicators were in the base year, in the table's own units: 100 for one
        that is quoted in per cent of that year. Needed for every indicator that is followed.

    Returns
    -------
    Projection
        `low` and `high` are sums of each indicator's own bounds (interval arithmetic), as if
        indicators that share a cell could differ in it: never too narrow, equal to `value` where
        the cells used are points.

    Raises
    ------
    ScenarioError
        An indicator without a mapping or without a value in the base year, an unknown name, a
        followed indicator without a base level, a formula that is 0 at the base.
    """
    base = _base_values(index, base_year, unit)
    bounds = {
        "low": dict(zip(table.indicators, table.low, strict=True)),
        "value": dict(zip(table.indicators, table.midpoints, strict=True)),
        "high": dict(zip(table.indicators, table.high, strict=True)),
    }
    shape = (3, len(base), len(table.scenarios), len(table.years))
    values = np.empty(shape)
    for i, name in enumerate(index.spec.names):
        if name not in mapping:
            raise ScenarioError(
                "mapping_missing",
                "indicator {indicator} has no row in the mapping; expected a formula, or an "
                "empty one to hold it at the base year",
                indicator=name,
            )
        how = read_continuation(mapping[name])
        if how.formula is None:
            values[:, i] = base[i]
            continue
        low, high = evaluate_interval(how.formula, bounds["low"], bounds["high"])
        middle, _ = evaluate_interval(how.formula, bounds["value"], bounds["value"])
        with np.errstate(over="ignore"):  # found just below, with its place
            factor = 1.0
            if how.kind == "follows":
                factor = base[i] / _at_base(how.formula, name, base_levels)
            ends = np.stack(np.broadcast_arrays(factor * low, factor * high))
            values[:, i] = np.stack([ends.min(axis=0), factor * middle, ends.max(axis=0)])
    moderate = np.abs(values) <= LARGEST
    if not moderate.all():
        _, i, s, y = (int(k) for k in np.argwhere(~moderate)[0])
        raise ScenarioError(
            "projection_too_large",
            "indicator {indicator} is too large under scenario {scenario} in {year}; expected "
            "a value of the order of the observed ones",
            indicator=index.spec.names[i],
            scenario=table.scenarios[s],
            year=table.years[y],
        )
    z = np.stack([index.place(each, unit) for each in values])
    z = np.stack([np.minimum(z[0], z[2]), z[1], np.maximum(z[0], z[2])])
    factors, levels = aggregate(z.reshape(3, len(base), -1), index.spec)
    return Projection(
        base_year=base_year,
        spec=index.spec,
        scenarios=table.scenarios,
        years=table.years,
        indicators=_bounds(values),
        factors=_bounds(factors.reshape(3, -1, *shape[2:])),
        index=_bounds(levels.reshape(3, *shape[2:])),
    )


def _bounds(stacked: NDArray[np.float64]) -> Bounds:
    low, value, high = (frozen(each) for each in stacked)
    return Bounds(low, value, high)


def _base_values(index: CompositeIndex, base_year: int, unit: str | None) -> NDArray[np.float64]:
    panel = index.indicators.select(base_year, base_year)
    values = panel.values[panel.unit_position(unit), :, 0]
    if np.isnan(values).any():
        raise ScenarioError(
            "base_missing",
            "indicator {indicator} has no value in the base year {year}; expected one",
            indicator=panel.series[int(np.argmax(np.isnan(values)))],
            year=base_year,
        )
    return values


def _at_base(formula: Formula, indicator: str, base_levels: Mapping[str, float]) -> float:
    for name in formula.names:
        if name.name not in base_levels:
            raise ScenarioError(
                "base_level_missing",
                "formula '{formula}', position {position}: {name} has no level in the base year; "
                "expected one (100 if it is quoted in per cent of that year), or level(...)",
                formula=formula.text,
                position=name.position,
                name=name.name,
            )
    levels = {name: np.asarray(level, dtype=np.float64) for name, level in base_levels.items()}
    value = float(evaluate_interval(formula, levels, levels)[0])
    if value == 0:
        raise ScenarioError(
            "base_zero",
            "formula '{formula}' of indicator {indicator} is 0 in the base year; "
            "expected another value, for the indicator is continued by its ratio to it",
            formula=formula.text,
            indicator=indicator,
        )
    return value
