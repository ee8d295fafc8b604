"""Series, indicators of the index, how they continue under a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.study import formats
from app.study.checks.scenarios import check_observed
from app.study.draft import SETTINGS, Draft, ids
from app.study.faults import literal, message, one_of
from scenarios.errors import ScenarioError
from scenarios.evaluation import evaluate
from scenarios.formulas import parse_formula
from scenarios.panel import Panel
from scenarios.projection import read_continuation

if TYPE_CHECKING:
    from app.study.schema import ResilienceSettings
    from app.study.tables import Row, Table

FOLDER = "resilience"


def check_resilience(draft: Draft) -> None:
    """Read and check the folder resilience/, if the study has it."""
    settings = draft.settings.resilience
    if settings is None:
        if (draft.folder / FOLDER).is_dir():
            draft.add_setting(
                (FOLDER,),
                message("no section {section}", section=FOLDER),
                message("one, for there is a folder {folder}", folder=f"{FOLDER}/"),
            )
        return
    series = draft.read(formats.SERIES)
    factors = draft.read(formats.FACTORS)
    indicators = draft.read(formats.INDICATORS)
    known = ids(series, "series")
    draft.refer(series, "source", draft.settings.sources)
    for format_ in (formats.SERIES_NAMES, formats.BREAKS):
        draft.refer(draft.read(format_, required=False), "series", known)
    draft.refer(indicators, "factor", ids(factors, "factor"))
    _check_formulas(draft, settings, series, indicators)
    _check_variants(draft, settings, indicators)
    _check_factors(draft, factors, indicators)
    if known is not None:
        check_observed(draft, known)
    scenarios = draft.settings.scenarios
    if scenarios is None:
        return
    _check_mapping(draft, draft.read(formats.MAPPING), indicators)
    if settings.base_year != scenarios.base_year:
        draft.add_setting(
            (FOLDER, "base_year"),
            literal(settings.base_year),
            message("{year}, the base year of the scenarios", year=scenarios.base_year),
        )


def _check_formulas(
    draft: Draft, settings: ResilienceSettings, series: Table, indicators: Table
) -> None:
    """Each formula reads, names known series, and has a figure in every year that is needed."""
    panel = Panel.from_frame(series.frame()) if series.sound else None
    first, last = settings.window.first, settings.window.last
    if first >= last:
        draft.add_setting(
            (FOLDER, "window"),
            message("the years {first} to {last}", first=first, last=last),
            message("the first year before the last"),
        )
        return
    for row in indicators:
        text = row.known("formula")
        if text is None:
            continue
        try:
            formula = parse_formula(text)
            if panel is None:
                continue
            years = np.array(panel.years)
            values = evaluate(formula, dict(zip(panel.series, panel.values[0], strict=True)), years)
        except ScenarioError as error:
            draft.error(indicators.file, row, "formula", error)
            continue
        found = {int(year) for year, value in zip(years, values, strict=True) if np.isfinite(value)}
        needed = sorted({*range(first, last + 1), settings.base_year})
        _check_years(draft, indicators, row, [year for year in needed if year not in found])


def _check_years(draft: Draft, indicators: Table, row: Row, missing: list[int]) -> None:
    if missing:
        draft.add(
            indicators.file,
            row,
            "formula",
            message("no figure in {years}", years=", ".join(map(str, missing))),
            message(
                "one in every year of the window and in the base year of {file}", file=SETTINGS
            ),
        )


def _check_factors(draft: Draft, factors: Table, indicators: Table) -> None:
    """Every factor needs an indicator by default, or it would vanish from the index."""
    if ids(indicators, "factor") is None or ids(indicators, "default") is None:
        return
    used = {row["factor"] for row in indicators if row["default"] == "yes"}
    for row in factors:
        if (factor := row.known("factor")) is not None and factor not in used:
            draft.add(
                factors.file,
                row,
                "factor",
                message("the factor {factor} without indicators", factor=factor),
                message(
                    "at least one indicator with default = yes in {file}", file=indicators.file
                ),
            )


def _check_variants(draft: Draft, settings: ResilienceSettings, indicators: Table) -> None:
    if ids(indicators, "indicator") is None or ids(indicators, "default") is None:
        return
    by_default = {str(row["indicator"]): row["default"] == "yes" for row in indicators}
    for at, variant in enumerate(settings.variants):
        for key, names, default in (("add", variant.add, False), ("drop", variant.drop, True)):
            wanted = [name for name, each in by_default.items() if each is default]
            for name in names:
                if name not in wanted:
                    place = (FOLDER, "variants", at, key)
                    draft.add_setting(place, literal(name), one_of(name, wanted))


def _check_mapping(draft: Draft, mapping: Table, indicators: Table) -> None:
    known = ids(indicators, "indicator")
    draft.refer(mapping, "indicator", known)
    table = draft.tables.get(formats.SCENARIO_INDICATORS.file)
    cells = None if table is None else ids(table, "indicator")
    followed = {
        row["indicator"]
        for row in table or ()
        if row.cells.get("relative") == "yes" or row.cells.get("observed")
    }
    for row in mapping:
        try:
            how = read_continuation(row.known("formula") or "")
            if how.formula is None or cells is None:
                continue
            how.formula.require_known(cells)
        except ScenarioError as error:
            draft.error(mapping.file, row, "formula", error)
            continue
        loose = [name for name in how.formula.series if name not in followed]
        if how.kind == "follows" and loose:
            draft.add(
                mapping.file,
                row,
                "formula",
                message("{indicator}, whose base level is not known", indicator=", ".join(loose)),
                message(
                    "level(...), or an indicator with relative = yes or a formula under observed "
                    "in {file}",
                    file=formats.SCENARIO_INDICATORS.file,
                ),
            )
    present = ids(mapping, "indicator")
    if known is not None and present is not None:
        absent = [each for each in known if each not in present]
        if absent:
            draft.add(
                mapping.file,
                None,
                "indicator",
                message("no row for {absent}", absent=", ".join(absent)),
                message("a row for every indicator (an empty formula holds it at the base year)"),
            )
