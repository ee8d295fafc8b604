"""From checked tables to what the rest of the program takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from app.study import formats
from app.study.checks.folder import CONTEXT
from app.study.judgements import individual_of
from app.study.rated import rated_scores
from app.study.schema import CriteriaBlock, RelevanceBlock
from scenarios.panel import Panel
from scenarios.table import ScenarioTable
from survey import Answers, Counts, IndividualPriorities, SingleChoice

if TYPE_CHECKING:
    from app.study.draft import Draft


@dataclass(frozen=True, slots=True, eq=False)
class Scenarios:
    """Folder scenarios/.

    Attributes
    ----------
    scenarios
        Indexed by scenario: name_en, name_ru, probability_low, probability_high.
    indicators
        Indexed by indicator: name_en, name_ru, unit_en, unit_ru, sense, relative, observed.
    cells
        As in the file: indicator, scenario, year, low, high, note_en, note_ru.
    table
        The same cells as arrays.
    emphasis
        Scenario x measured criterion, all 1 where the study has no such table.
    signposts, case
        As in the files; empty where there are none.

    """

    scenarios: pd.DataFrame
    indicators: pd.DataFrame
    cells: pd.DataFrame
    table: ScenarioTable
    emphasis: pd.DataFrame
    signposts: pd.DataFrame
    case: pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class Resilience:
    """Folder resilience/.

    Attributes
    ----------
    series
        As in the file: series, year, value, status, source, note_en, note_ru.
    panel
        The same figures as arrays; one unnamed unit.
    names
        Indexed by series: name_en, name_ru, unit_en, unit_ru.
    factors
        Indexed by factor: name_en, name_ru.
    indicators
        Indexed by indicator: factor, sense, formula, unit_en, unit_ru, name_en, name_ru, default
        (yes or no), variant_of.
    mapping
        Indexed by indicator: formula, how_en, how_ru; empty where the study has no scenarios.
    breaks
        As in the file: series, year, kind, what_en, what_ru.

    """

    series: pd.DataFrame
    panel: Panel
    names: pd.DataFrame
    factors: pd.DataFrame
    indicators: pd.DataFrame
    mapping: pd.DataFrame
    breaks: pd.DataFrame


def build(draft: Draft) -> dict[str, Any]:
    """Fields of a Study from a draft without faults."""
    frames = {file: table.frame() for file, table in draft.tables.items()}
    criteria = frames[formats.CRITERIA.file].set_index("criterion")
    scored = list(criteria.index[criteria["measured"] == "yes"])
    answers = _answers(draft, frames)
    return {
        "settings": draft.settings,
        "questionnaire": draft.questionnaire,
        "counts": _counts(draft, frames)
        or {key: each.to_counts() for key, each in answers.items()},
        "answers": answers,
        "individual": _individual(draft, frames),
        "alternatives": frames[formats.ALTERNATIVES.file].set_index("alternative"),
        "criteria": criteria,
        "scores": _scores(draft, frames).set_index(["criterion", "alternative"]),
        **_blocks(draft, frames, scored),
        "scenarios": _scenarios(frames, scored) if draft.settings.scenarios else None,
        "resilience": _resilience(frames) if draft.settings.resilience else None,
        "published": _or_empty(frames, formats.PUBLISHED).set_index("id"),
        "context": {
            file.removeprefix(CONTEXT).removesuffix(".csv"): frame
            for file, frame in frames.items()
            if file.startswith(CONTEXT)
        },
        "tables": frames,
    }


def _counts(draft: Draft, frames: Mapping[str, pd.DataFrame]) -> dict[str, Counts]:
    """Counts by question, options in the questionnaire's order whatever the file's."""
    frame = frames.get(formats.COUNTS.file)
    if frame is None:
        return {}
    counts = {}
    for question, options in (draft.options or {}).items():
        rows = frame[frame["question"] == question]
        if not rows.empty:
            rows = rows.sort_values("option", key=lambda ids: ids.map(options.index), kind="stable")
            counts[question] = Counts.from_frame(
                rows,
                draft.settings.experts,
                question=question,
                single=question in _single_choices(draft),
            )
    return counts


def _answers(draft: Draft, frames: Mapping[str, pd.DataFrame]) -> dict[str, Answers]:
    frame = frames.get(formats.RESPONSES.file)
    if frame is None:
        return {}
    return {
        question: Answers.from_frame(
            frame,
            question=question,
            options=options,
            groups=list(draft.settings.experts),
            single=question in _single_choices(draft),
        )
        for question, options in (draft.options or {}).items()
        if (frame["question"] == question).any()
    }


def _scores(draft: Draft, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Coded scores, then those that experts rated."""
    coded = _or_empty(frames, formats.SCORES)
    judged = frames.get(formats.JUDGEMENTS.file)
    if judged is None or draft.questionnaire is None or not draft.settings.directions.ratings:
        return coded
    rated = rated_scores(draft.settings, draft.questionnaire, judged)
    return rated if coded.empty else pd.concat([coded, rated], ignore_index=True)


def _individual(
    draft: Draft, frames: Mapping[str, pd.DataFrame]
) -> dict[str, IndividualPriorities]:
    frame = frames.get(formats.JUDGEMENTS.file)
    if frame is None or draft.questionnaire is None:
        return {}
    return individual_of(draft.questionnaire, list(draft.settings.experts), frame)


def _single_choices(draft: Draft) -> frozenset[str]:
    questions = draft.questionnaire.questions if draft.questionnaire else ()
    return frozenset(each.id for each in questions if isinstance(each, SingleChoice))


def _blocks(
    draft: Draft, frames: Mapping[str, pd.DataFrame], scored: list[str]
) -> dict[str, dict[str, pd.DataFrame]]:
    relevance, profiles = {}, {}
    alternatives = frames[formats.ALTERNATIVES.file]["alternative"]
    for block in draft.settings.blocks:
        options = list((draft.weighed or {})[block.question])
        if isinstance(block, CriteriaBlock):
            # Every option is a criterion and stands for itself alone.
            own = np.array(options)[:, None] == np.array(scored)
            relevance[block.id] = pd.DataFrame(own.astype(float), index=options, columns=scored)
        elif isinstance(block, RelevanceBlock):
            relevance[block.id] = frames[block.table].set_index("option").loc[options, scored]
        else:
            table = frames[block.table].set_index("alternative")
            profiles[block.id] = table.loc[list(alternatives), options]
    return {"relevance": relevance, "profiles": profiles}


def _scenarios(frames: Mapping[str, pd.DataFrame], scored: list[str]) -> Scenarios:
    indicators = frames[formats.SCENARIO_INDICATORS.file].set_index("indicator")
    scenarios = frames[formats.SCENARIOS.file].set_index("scenario")
    cells = frames[formats.CELLS.file]
    # The order of the tables of indicators and scenarios, whatever that of the cells.
    at = cells.assign(
        indicator=cells["indicator"].map(indicators.index.get_loc),
        scenario=cells["scenario"].map(scenarios.index.get_loc),
    )
    ordered = cells.loc[at.sort_values(["indicator", "scenario", "year"]).index]
    senses = {str(name): str(sense) for name, sense in indicators["sense"].items()}
    emphasis = frames.get(formats.emphasis(()).file)
    return Scenarios(
        scenarios=scenarios,
        indicators=indicators,
        cells=cells,
        table=ScenarioTable.from_frame(ordered, senses),
        emphasis=(
            pd.DataFrame(1.0, index=scenarios.index, columns=scored)
            if emphasis is None
            else emphasis.set_index("scenario").loc[list(scenarios.index), scored]
        ),
        signposts=_or_empty(frames, formats.SIGNPOSTS),
        case=_or_empty(frames, formats.CASE),
    )


def _resilience(frames: Mapping[str, pd.DataFrame]) -> Resilience:
    series = frames[formats.SERIES.file]
    return Resilience(
        series=series,
        panel=Panel.from_frame(series),
        names=_or_empty(frames, formats.SERIES_NAMES).set_index("series"),
        factors=frames[formats.FACTORS.file].set_index("factor"),
        indicators=frames[formats.INDICATORS.file].set_index("indicator"),
        mapping=_or_empty(frames, formats.MAPPING).set_index("indicator"),
        breaks=_or_empty(frames, formats.BREAKS),
    )


def _or_empty(frames: Mapping[str, pd.DataFrame], format_: formats.Format) -> pd.DataFrame:
    if format_.file in frames:
        return frames[format_.file]
    return pd.DataFrame({column.name: pd.Series(dtype="object") for column in format_.columns})
