"""The composite index: observed, under the scenarios, and how far each choice moves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.analysis.options import Options
from app.study import Study
from mcda.problem import Array
from scenarios import (
    CompositeIndex,
    IndexSpec,
    Indicator,
    Projection,
    Reference,
    Sweep,
    absent_series,
    affine_ratio,
    composite_index,
    difference,
    evaluate,
    index_variants,
    indicators_from_frame,
    parse_formula,
    project,
    sweep,
    tie_gap,
)

# Windows tried beside the study's own: each cut to two thirds at either end.
_CUT = 3


@dataclass(frozen=True, slots=True, eq=False)
class ResilienceFinding:
    """What the index says.

    Attributes
    ----------
    index : CompositeIndex
        Under the options.
    variants : mapping of variant to CompositeIndex
        Other lists of indicators, the options' window.
    missing : mapping of year to (indicator to series)
        Why a year has no index.
    projection : Projection or None
        The scenarios continued.
    swept : Sweep or None
        Levels over windows, deviations, lists of indicators and one indicator left out.
    gap : mapping of pair to array
        Difference of two scenarios in standard deviations, by year.
    ratio : array or None
        (first - second) / (first - third) by year; does not depend on where zero lies.
    tie : mapping of factor to array
        How much higher a factor would have to be under the second to tie the first, by year.
    base_year : int
    held : tuple of str
        Factors of which no indicator moves under any scenario.
    """

    index: CompositeIndex
    variants: Mapping[str, CompositeIndex]
    missing: Mapping[int, Mapping[str, tuple[str, ...]]]
    projection: Projection | None
    swept: Sweep | None
    gap: Mapping[tuple[str, str], Array]
    ratio: Array | None
    tie: Mapping[str, Array]
    base_year: int
    held: tuple[str, ...]


def resilience_findings(study: Study, options: Options) -> ResilienceFinding | None:
    """Compute the index of a study under the options; None where it has none."""
    if study.resilience is None or study.settings.resilience is None or options.window is None:
        return None
    resilience, settings = study.resilience, study.settings.resilience
    lists = indicator_lists(study)
    reference = Reference(*options.window, std=options.std)  # type: ignore[arg-type]
    specs = {name: IndexSpec(chosen, reference) for name, chosen in lists.items()}
    index = composite_index(resilience.panel, specs[options.variant])
    years = index.years
    projection = swept = None
    gap: dict[tuple[str, str], Array] = {}
    ratio, tie = None, {}
    held: tuple[str, ...] = ()
    if study.scenarios is not None and not resilience.mapping.empty:
        table = study.scenarios.table
        mapping = resilience.mapping["formula"].fillna("").astype(str).to_dict()
        levels = base_levels(study, settings.base_year)
        fixed = {"base_year": settings.base_year, "base_levels": levels}
        projection = project(index, table, mapping, **fixed)
        default = specs["default"]
        extra = {
            name: [i for i in chosen if i.name not in default.names]
            for name, chosen in lists.items()
            if name != "default"
        }
        swept = sweep(
            resilience.panel,
            index_variants(
                default,
                references=_references(options.window, years, options.std),
                additions={name: added for name, added in extra.items() if added},
            ),
            table,
            mapping,
            **fixed,
        )
        names = table.scenarios
        gap = {
            (a, b): difference(projection, a, b)
            for i, a in enumerate(names)
            for b in names[i + 1 :]
        }
        if len(names) >= 3 and np.all(gap[names[0], names[2]] != 0):
            ratio = affine_ratio(projection, *names[:3])
        held = _held_factors(index.spec, mapping)
        if len(names) >= 2:
            tie = {f: tie_gap(projection, names[0], names[1], f) for f in held}
    return ResilienceFinding(
        index=index,
        variants={name: composite_index(resilience.panel, spec) for name, spec in specs.items()},
        missing=absent_series(resilience.panel, index.spec),
        projection=projection,
        swept=swept,
        gap=gap,
        ratio=ratio,
        tie=tie,
        base_year=settings.base_year,
        held=held,
    )


def indicator_lists(study: Study) -> dict[str, tuple[Indicator, ...]]:
    """Return the default list of indicators and the study's variants of it."""
    if study.resilience is None or study.settings.resilience is None:
        return {}
    frame = study.resilience.indicators.reset_index()
    every = {i.name: i for i in indicators_from_frame(frame)}
    default = tuple(every[name] for name in frame.loc[frame["default"] == "yes", "indicator"])
    lists = {"default": default}
    for variant in study.settings.resilience.variants:
        kept = tuple(i for i in default if i.name not in variant.drop)
        lists[variant.id] = kept + tuple(every[name] for name in variant.add)
    return lists


def base_levels(study: Study, base_year: int) -> dict[str, float]:
    """Level of each scenario indicator in the base year: 100 where it counts from that year."""
    if study.scenarios is None or study.resilience is None:
        return {}
    frame = study.scenarios.indicators
    levels = {str(i): 100.0 for i in frame.index[frame["relative"] == "yes"]}
    panel = study.resilience.panel
    series = dict(zip(panel.series, panel.values[0], strict=True))
    years = np.array(panel.years)
    for name, formula in frame.loc[frame["relative"] != "yes", "observed"].items():
        if not formula:
            continue
        value = evaluate(parse_formula(str(formula)), series, years)[years == base_year]
        if value.size and np.isfinite(value[0]):
            levels[str(name)] = float(value[0])
    return levels


def _references(window: tuple[int, int], years: tuple[int, ...], std: str) -> tuple[Reference, ...]:
    """Other defensible references: the other deviation, and windows cut at either end."""
    first, last = window
    cut = (last - first) // _CUT
    other = "population" if std == "sample" else "sample"
    choices = [(first, last, other)]
    if cut >= 1:
        choices += [(first + cut, last, std), (first, last - cut, std)]
    return tuple(
        Reference(a, b, std=s)  # type: ignore[arg-type]
        for a, b, s in choices
        if a in years and b in years
    )


def _held_factors(spec: IndexSpec, mapping: Mapping[str, str]) -> tuple[str, ...]:
    moving = {i.factor for i in spec.indicators if mapping.get(i.name, "").strip()}
    return tuple(f for f in spec.factors if f not in moving)
