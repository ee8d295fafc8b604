"""The same index by many defensible recipes; the interval of a level is what they span."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from scenarios.errors import ScenarioError
from scenarios.frames import frozen
from scenarios.index import index_of_indicators, indicator_values
from scenarios.panel import Panel
from scenarios.projection import project

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from scenarios.index_spec import IndexSpec, Indicator, Reference
    from scenarios.table import ScenarioTable

NONE = "-"


@dataclass(frozen=True, slots=True)
class Variant:
    """One recipe and the choices it stands for (choice -> what was chosen)."""

    choices: Mapping[str, str]
    spec: IndexSpec


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """Levels by every variant.

    Attributes
    ----------
    years
        Years with an index by every variant; ``observed`` is (variant, year).
    projected
        (variant, scenario, year of the table), at the middle of the table's intervals;
        ``projected_low`` and ``projected_high`` are each variant's own bounds over the intervals.
    """

    variants: tuple[Variant, ...]
    years: tuple[int, ...]
    observed: NDArray[np.float64]
    scenarios: tuple[str, ...]
    scenario_years: tuple[int, ...]
    projected: NDArray[np.float64]
    projected_low: NDArray[np.float64]
    projected_high: NDArray[np.float64]

    def observed_range(self) -> dict[int, tuple[float, float]]:
        """Year -> (lowest, highest) over the variants."""
        low, high = self.observed.min(axis=0), self.observed.max(axis=0)
        return {year: (float(low[y]), float(high[y])) for y, year in enumerate(self.years)}

    def projected_range(self) -> dict[str, dict[int, tuple[float, float]]]:
        """Scenario -> year -> (lowest, highest) over the variants and the table's intervals."""
        low, high = self.projected_low.min(axis=0), self.projected_high.max(axis=0)
        return {
            scenario: {
                year: (float(low[s, y]), float(high[s, y]))
                for y, year in enumerate(self.scenario_years)
            }
            for s, scenario in enumerate(self.scenarios)
        }

    def share_in_order(self, order: Sequence[str]) -> NDArray[np.float64]:
        """Share of variants in which the index falls strictly along `order`, per year."""
        for scenario in order:
            if scenario not in self.scenarios:
                raise ScenarioError(
                    "sweep_unknown",
                    "the sweep has no scenario {scenario}; expected one of {scenarios}",
                    scenario=scenario,
                    scenarios=", ".join(self.scenarios),
                )
        rows = [self.scenarios.index(scenario) for scenario in order]
        falls = np.diff(self.projected[:, rows], axis=1) < 0
        return np.asarray(falls.all(axis=1).mean(axis=0), dtype=np.float64)


def index_variants(
    spec: IndexSpec,
    *,
    references: Sequence[Reference] = (),
    additions: Mapping[str, Sequence[Indicator]] | None = None,
    leave_one_out: bool = True,
) -> tuple[Variant, ...]:
    """Every combination of references, added indicators, and one indicator left out or none.

    Parameters
    ----------
    spec
        The recipe to start from; its own reference and the case of no addition come first, so
        the first variant is the recipe itself.
    references
        Further windows and standard deviations.
    additions
        Name of the choice -> indicators it adds (``{"linked": [...], "spliced": [...]}``).
    """
    windows = tuple(dict.fromkeys((spec.reference, *references)))
    added: dict[str, Sequence[Indicator]] = {NONE: (), **(additions or {})}
    variants = []
    for reference, (label, indicators) in product(windows, added.items()):
        whole = replace(spec, reference=reference, indicators=(*spec.indicators, *indicators))
        for left_out in (NONE, *(spec.names if leave_one_out else ())):
            choices = {
                "window": f"{reference.first}-{reference.last}",
                "std": reference.std,
                "added": label,
                "left_out": left_out,
            }
            recipe = whole if left_out == NONE else whole.without(left_out)
            variants.append(Variant(choices, recipe))
    return tuple(variants)


def sweep(
    panel: Panel,
    variants: Sequence[Variant],
    table: ScenarioTable,
    mapping: Mapping[str, str],
    *,
    base_year: int,
    base_levels: Mapping[str, float],
    unit: str | None = None,
) -> Sweep:
    """Observed and projected index by every variant.

    Parameters are those of ``project``; the mapping must cover the indicators of all variants.

    Raises
    ------
    ScenarioError
        No variants, or a fault of one of them.
    """
    if not variants:
        raise ScenarioError("no_variants", "the sweep has no variants; expected at least one")
    # Formulas do not change with the window: each distinct one is evaluated once.
    distinct = {i.formula: i for variant in variants for i in variant.spec.indicators}
    rows = {
        formula: indicator_values(panel, [indicator]).values[:, 0]
        for formula, indicator in distinct.items()
    }
    observed, projected = [], []
    for variant in variants:
        spec = variant.spec
        values = np.stack([rows[indicator.formula] for indicator in spec.indicators], axis=1)
        index = index_of_indicators(Panel(panel.units, spec.names, panel.years, values), spec)
        observed.append(index.index[index.indicators.unit_position(unit)])
        future = project(
            index, table, mapping, base_year=base_year, base_levels=base_levels, unit=unit
        )
        projected.append((future.index.value, future.index.low, future.index.high))
    levels = np.array(observed)
    complete = ~np.isnan(levels).any(axis=0)
    value, low, high = (frozen(each) for each in np.array(projected).swapaxes(0, 1))
    return Sweep(
        variants=tuple(variants),
        years=tuple(year for year, known in zip(panel.years, complete, strict=True) if known),
        observed=frozen(levels[:, complete]),
        scenarios=table.scenarios,
        scenario_years=table.years,
        projected=value,
        projected_low=low,
        projected_high=high,
    )
