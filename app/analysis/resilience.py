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
    Panel,
    Projection,
    Reference,
    ScenarioError,
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
        Every list of indicators that can be computed, the options' window.
    missing : mapping of year to (indicator to series)
        Why a year has no index.
    projection : Projection or None
        The scenarios continued.
    swept : Sweep or None
        Every recipe: windows, deviations, lists of indicators, one indicator left out.
    banded : Sweep or None
        Those of the options' window alone: another window moves zero, so levels of different
        windows have no common range.
    gap : mapping of pair to array
        Difference of two scenarios in mean standard scores, by year.
    gap_range : mapping of pair to array, shape (2, years)
        Lowest and highest over every recipe.
    ratio : array or None
        (first - second) / (first - third) by year; does not depend on where zero lies.
    ratio_range : array of shape (2, years) or None
    tie : mapping of factor to array
        How much higher a factor would have to be under the second to tie the first, by year.
    base_year : int
    held : tuple of str
        Factors of which no indicator moves under any scenario.
    left_out : tuple of (choices, ScenarioError)
        Variants of the recipe that cannot be computed: what was chosen (``window``, ``std``,
        ``list``, ``left_out``) and the reason. Neither ``variants`` nor ``swept`` holds them.
    """

    index: CompositeIndex
    variants: Mapping[str, CompositeIndex]
    missing: Mapping[int, Mapping[str, tuple[str, ...]]]
    projection: Projection | None
    swept: Sweep | None
    banded: Sweep | None
    gap: Mapping[tuple[str, str], Array]
    gap_range: Mapping[tuple[str, str], Array]
    ratio: Array | None
    ratio_range: Array | None
    tie: Mapping[str, Array]
    base_year: int
    held: tuple[str, ...]
    left_out: tuple[tuple[Mapping[str, str], ScenarioError], ...] = ()


def resilience_findings(study: Study, options: Options) -> ResilienceFinding | None:
    """Compute the index of a study under the options; None where it has none."""
    if study.resilience is None or study.settings.resilience is None or options.window is None:
        return None
    resilience, settings = study.resilience, study.settings.resilience
    lists = indicator_lists(study)
    reference = Reference(*options.window, std=options.std)  # type: ignore[arg-type]
    # The chosen list is the main recipe: its faults are errors, those of the others are findings.
    order = (options.variant, *(name for name in lists if name != options.variant))
    specs = {name: IndexSpec(lists[name], reference) for name in order}
    index = composite_index(resilience.panel, specs[options.variant])
    variants, left_out = _computed(resilience.panel, {name: specs[name] for name in lists})
    years = index.years
    projection = swept = banded = None
    gap_range: dict[tuple[str, str], Array] = {}
    ratio_range = None
    gap: dict[tuple[str, str], Array] = {}
    ratio, tie = None, {}
    held: tuple[str, ...] = ()
    if study.scenarios is not None and not resilience.mapping.empty:
        table = study.scenarios.table
        mapping = resilience.mapping["formula"].fillna("").astype(str).to_dict()
        levels = base_levels(study, settings.base_year)
        fixed = {"base_year": settings.base_year, "base_levels": levels}
        projection = project(index, table, mapping, **fixed)
        swept = sweep(
            resilience.panel,
            index_variants(specs, references=_references(options.window, years, options.std)),
            table,
            mapping,
            **fixed,
        )
        banded = sweep(
            resilience.panel,
            index_variants(specs, references=_deviations(options)),
            table,
            mapping,
            **fixed,
        )
        left_out = tuple((variant.choices, error) for variant, error in swept.left_out)
        names = table.scenarios
        gap = {
            (a, b): difference(projection, a, b)
            for i, a in enumerate(names)
            for b in names[i + 1 :]
        }
        place = {name: k for k, name in enumerate(swept.scenarios)}
        levels_of = {name: swept.projected[:, k] for name, k in place.items()}
        gap_range = {(a, b): _range(levels_of[a] - levels_of[b]) for a, b in gap}
        if len(names) >= 3 and np.all(gap[names[0], names[2]] != 0):
            ratio = affine_ratio(projection, *names[:3])
            whole = levels_of[names[0]] - levels_of[names[2]]
            if (whole != 0).all():
                ratio_range = _range((levels_of[names[0]] - levels_of[names[1]]) / whole)
        held = _held_factors(index.spec, mapping)
        if len(names) >= 2:
            tie = {f: tie_gap(projection, names[0], names[1], f) for f in held}
    return ResilienceFinding(
        index=index,
        variants=variants,
        missing=absent_series(resilience.panel, index.spec),
        projection=projection,
        swept=swept,
        banded=banded,
        gap=gap,
        gap_range=gap_range,
        ratio=ratio,
        ratio_range=ratio_range,
        tie=tie,
        base_year=settings.base_year,
        held=held,
        left_out=left_out,
    )


def _computed(
    panel: Panel, specs: Mapping[str, IndexSpec]
) -> tuple[dict[str, CompositeIndex], tuple[tuple[Mapping[str, str], ScenarioError], ...]]:
    """Indices of the lists that have one, and why the others have none."""
    indices, left_out = {}, []
    for name, spec in specs.items():
        try:
            indices[name] = composite_index(panel, spec)
        except ScenarioError as error:
            (variant,) = index_variants({name: spec}, leave_one_out=False)
            left_out.append((variant.choices, error.with_traceback(None)))
    return indices, tuple(left_out)


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


def _range(values: Array) -> Array:
    """Lowest and highest over the recipes, (2, years)."""
    return np.stack([values.min(axis=0), values.max(axis=0)])


def _deviations(options: Options) -> tuple[Reference, ...]:
    """Return the other standard deviation over the options' own window."""
    if options.window is None:
        return ()
    other = "population" if options.std == "sample" else "sample"
    return (Reference(*options.window, std=other),)  # type: ignore[arg-type]


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
