"""The same index by many defensible recipes; the interval of a level is what they span."""

from __future__ import annotations

from dataclasses import dataclass, replace
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

    from scenarios.index_spec import IndexSpec, Reference
    from scenarios.projection import Bounds
    from scenarios.table import ScenarioTable

NONE = "-"


@dataclass(frozen=True, slots=True)
class Variant:
    """One recipe and the choices it stands for (choice -> what was chosen)."""

    choices: Mapping[str, str]
    spec: IndexSpec


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """Levels by every variant that can be computed; ranges and shares are over these.

    Attributes
    ----------
    variants
        Those computed, the main one first.
    years
        Years with an index by every variant; ``observed`` is (variant, year).
    projected
        (variant, scenario, year of the table), at the middle of the table's intervals;
        ``projected_low`` and ``projected_high`` are each variant's own bounds over the intervals.
    left_out
        Variants that cannot be computed, each with the reason.
    """

    variants: tuple[Variant, ...]
    years: tuple[int, ...]
    observed: NDArray[np.float64]
    scenarios: tuple[str, ...]
    scenario_years: tuple[int, ...]
    projected: NDArray[np.float64]
    projected_low: NDArray[np.float64]
    projected_high: NDArray[np.float64]
    left_out: tuple[tuple[Variant, ScenarioError], ...] = ()

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
    specs: Mapping[str, IndexSpec],
    *,
    references: Sequence[Reference] = (),
    leave_one_out: bool = True,
) -> tuple[Variant, ...]:
    """Every list of indicators by every reference, whole and with one indicator left out.

    Parameters
    ----------
    specs
        Name of the list -> recipe with the whole of it. The first is the main recipe: it is the
        first variant, by its own reference and with nothing left out.
    references
        Further windows and standard deviations for each recipe.

    Returns
    -------
    variants
        Each recipe once: lists that differ in one indicator agree when each leaves its own out.
    """
    variants, seen = [], set()
    for label, spec in specs.items():
        names = spec.names if leave_one_out and len(spec.names) > 1 else ()
        for reference in dict.fromkeys((spec.reference, *references)):
            whole = replace(spec, reference=reference)
            for left_out in (NONE, *names):
                recipe = whole if left_out == NONE else whole.without(left_out)
                weights = frozenset(recipe.factor_weights.items())
                same = (frozenset(recipe.indicators), reference, recipe.normalise, weights)
                if same in seen:
                    continue
                seen.add(same)
                choices = {
                    "window": f"{reference.first}-{reference.last}",
                    "std": reference.std,
                    "list": label,
                    "left_out": left_out,
                }
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
    """Observed and projected index by every variant that can be computed.

    Parameters are those of ``project``; the mapping must cover the indicators of a variant. One
    that cannot be computed, such as a window in which an indicator never changes, is left out and
    reported in ``Sweep.left_out``.

    Raises
    ------
    ScenarioError
        No variants, or a fault of the first one: without the main recipe there is no range.
    """
    if not variants:
        raise ScenarioError("no_variants", "the sweep has no variants; expected at least one")
    rows: dict[str, NDArray[np.float64]] = {}

    def levels_of(spec: IndexSpec) -> tuple[NDArray[np.float64], Bounds]:
        for each in spec.indicators:
            # Formulas do not change with the window: each distinct one is evaluated once.
            if each.formula not in rows:
                rows[each.formula] = indicator_values(panel, [each]).values[:, 0]
        values = np.stack([rows[each.formula] for each in spec.indicators], axis=1)
        index = index_of_indicators(Panel(panel.units, spec.names, panel.years, values), spec)
        future = project(
            index, table, mapping, base_year=base_year, base_levels=base_levels, unit=unit
        )
        return index.index[index.indicators.unit_position(unit)], future.index

    computed: list[Variant] = []
    left_out: list[tuple[Variant, ScenarioError]] = []
    observed, projected = [], []
    for variant in variants:
        try:
            past, future = levels_of(variant.spec)
        except ScenarioError as error:
            if not computed:
                raise
            # The traceback would keep the arrays of the failed attempt alive.
            left_out.append((variant, error.with_traceback(None)))
            continue
        computed.append(variant)
        observed.append(past)
        projected.append((future.value, future.low, future.high))
    levels = np.array(observed)
    complete = np.asarray(~np.isnan(levels).any(axis=0))
    value, low, high = (frozen(each) for each in np.array(projected).swapaxes(0, 1))
    return Sweep(
        variants=tuple(computed),
        years=tuple(year for year, known in zip(panel.years, complete, strict=True) if known),
        observed=frozen(levels[:, complete]),
        scenarios=table.scenarios,
        scenario_years=table.years,
        projected=value,
        projected_low=low,
        projected_high=high,
        left_out=tuple(left_out),
    )
