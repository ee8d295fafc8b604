"""Scenarios: cells, probabilities, emphasis, signposts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.study import formats
from app.study.checks.directions import measured
from app.study.columns import Invalid
from app.study.draft import Draft, ids
from app.study.faults import literal, message, one_of
from app.study.schema import CriteriaBlock, RelevanceBlock
from scenarios.errors import ScenarioError
from scenarios.formulas import parse_formula
from scenarios.probabilities import coherent_probabilities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.study.schema import ScenarioSettings
    from app.study.tables import Table

FOLDER = "scenarios"


def check_scenarios(draft: Draft) -> None:
    """Read and check the folder scenarios/, if the study has it."""
    settings = draft.settings.scenarios
    if settings is None:
        if (draft.folder / FOLDER).is_dir():
            draft.add_setting(
                (FOLDER,),
                message("no section {section}", section=FOLDER),
                message("one, for there is a folder {folder}", folder=f"{FOLDER}/"),
            )
        return
    scenarios = draft.read(formats.SCENARIOS)
    indicators = draft.read(formats.SCENARIO_INDICATORS)
    cells = draft.read(formats.CELLS)
    known = ids(scenarios, "scenario")
    _check_probabilities(draft, scenarios)
    _check_cells(draft, settings, cells, ids(indicators, "indicator"), known)
    for format_ in (formats.SIGNPOSTS, formats.CASE):
        draft.refer(draft.read(format_, required=False), "scenario", known)
    scored = measured(draft.tables[formats.CRITERIA.file], "yes")
    if scored is not None:
        table = draft.read(formats.emphasis(scored), required=False)
        draft.refer(table, "scenario", known)
        _check_emphasis(draft, table, scored)
        _check_rows(draft, table, known)
    goal = settings.goal_indicator
    if goal is not None:
        names = ids(indicators, "indicator")
        if names is not None and goal.indicator not in names:
            place = (FOLDER, "goal_indicator", "indicator")
            draft.add_setting(place, literal(goal.indicator), one_of(goal.indicator, names))
        if goal.low > goal.high:
            draft.add_setting(
                (FOLDER, "goal_indicator"),
                message("low {low} and high {high}", low=goal.low, high=goal.high),
                message("low not above high"),
            )


def check_observed(draft: Draft, series: tuple[str, ...]) -> None:
    """Formulas that give an indicator's observed counterpart."""
    table = draft.tables.get(formats.SCENARIO_INDICATORS.file)
    for row in table or ():
        text = row.known("observed") if "observed" in row.cells else None
        if text is None:
            continue
        try:
            parse_formula(text).require_known(series)
        except ScenarioError as error:
            draft.error(formats.SCENARIO_INDICATORS.file, row, "observed", error)


def _check_probabilities(draft: Draft, table: Table) -> None:
    lows, highs = [], []
    for row in table:
        low, high = row.figure("probability_low"), row.figure("probability_high")
        if low is None or high is None:
            return
        if low > high:
            draft.add(
                table.file,
                row,
                "probability_low",
                literal(f"{low:g}"),
                message("at most {high}, the probability_high of the row", high=f"{high:g}"),
            )
            return
        lows.append(low)
        highs.append(high)
    if not table.sound:
        return
    try:
        coherent_probabilities([str(row["scenario"]) for row in table], lows, highs)
    except ScenarioError as error:
        draft.error(table.file, None, "probability_low, probability_high", error)


def _check_cells(
    draft: Draft,
    settings: ScenarioSettings,
    table: Table,
    indicators: Sequence[str] | None,
    scenarios: Sequence[str] | None,
) -> None:
    draft.refer(table, "indicator", indicators)
    draft.refer(table, "scenario", scenarios)
    for row in table:
        low, high = row.figure("low"), row.figure("high")
        if low is not None and high is not None and low > high:
            draft.add(
                table.file,
                row,
                "low",
                literal(f"{low:g}"),
                message("at most {high}, the high of the row", high=f"{high:g}"),
            )
    if not table.sound or indicators is None or scenarios is None:
        return
    years = sorted({year for row in table if isinstance(year := row["year"], int)})
    present = {(row["indicator"], row["scenario"], row["year"]) for row in table}
    for indicator in indicators:
        for scenario in scenarios:
            for year in years:
                if (indicator, scenario, year) not in present:
                    draft.add(
                        table.file,
                        None,
                        None,
                        message(
                            "no row for indicator {indicator}, scenario {scenario}, {year}",
                            indicator=indicator,
                            scenario=scenario,
                            year=year,
                        ),
                        message("a row for every indicator, scenario and year"),
                    )
    if settings.year not in years:
        draft.add_setting(
            (FOLDER, "year"),
            literal(settings.year),
            message("one of the years {years}", years=", ".join(map(str, years))),
        )
    if settings.base_year >= years[0]:
        draft.add_setting(
            (FOLDER, "base_year"),
            literal(settings.base_year),
            message("a year before {first}, the first of the scenarios", first=years[0]),
        )


def _check_emphasis(draft: Draft, table: Table, scored: Sequence[str]) -> None:
    """Some criterion that has weight must keep some of it in every scenario."""
    tables = [
        draft.tables.get(block.table)
        for block in draft.settings.blocks
        if isinstance(block, RelevanceBlock)
    ]
    direct = {
        option
        for block in draft.settings.blocks
        if isinstance(block, CriteriaBlock)
        for option in (draft.weighed or {}).get(block.question, ())
    }
    weighed = [
        name
        for name in scored
        if name in direct
        or any(
            each is None or not each.sound or any(row.figure(name) for row in each)
            for each in tables
        )
    ]
    for row in table:
        factors = [row[criterion] for criterion in weighed]
        if factors and not any(isinstance(each, Invalid) or each for each in factors):
            draft.add(
                table.file,
                row,
                None,
                message("only zeros"),
                message(
                    "at least one number above 0 for a criterion that has weight: {criteria}",
                    criteria=", ".join(weighed),
                ),
            )


def _check_rows(draft: Draft, table: Table, scenarios: Sequence[str] | None) -> None:
    present = ids(table, "scenario")
    if present is None or scenarios is None:
        return
    absent = [each for each in scenarios if each not in present]
    if absent:
        draft.add(
            table.file,
            None,
            "scenario",
            message("no row for {absent}", absent=", ".join(absent)),
            message("a row for each of {wanted}", wanted=", ".join(scenarios)),
        )
