"""The tables of the study format: file, columns, key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.study.columns import Column, choice, identifier, number, text, year

if TYPE_CHECKING:
    from collections.abc import Iterable

SENSES = ("max", "min")
YES_NO = ("yes", "no")
MEASURED = ("yes", "no", "computed")
STATUSES = (
    "reported",
    "reported_second_source",
    "derived",
    "estimated",
    "lower_bound",
    "upper_bound",
)
STATES = ("selected", "not_selected", "not_shown")
RATED = "rated"  # basis of a cell that experts rated; needs no entry under `bases`

NOTES = text("note", required=False, blank=True)


@dataclass(frozen=True, slots=True)
class Format:
    """Format of one table.

    `key` are the columns whose values together stand once (none: rows may repeat); `free` tables
    take further columns of text.
    """

    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    free: bool = False


COUNTS = Format(
    "answers/counts.csv",
    (
        identifier("question"),
        identifier("option"),
        identifier("group"),
        Column("count", "whole", low=0),
    ),
    ("question", "option", "group"),
)
RESPONSES = Format(
    "answers/responses.csv",
    (
        Column("respondent", "text"),
        identifier("group"),
        identifier("question"),
        identifier("option"),
        choice("state", *STATES),
    ),
    ("respondent", "question", "option"),
)
JUDGEMENTS = Format(
    "answers/judgements.csv",
    (
        Column("respondent", "text"),
        identifier("group"),
        identifier("question"),
        Column("cell", "text"),
        number("value"),
    ),
    ("respondent", "question", "cell"),
)
# Whatever of these a study has is what its experts answered.
ANSWERS = (COUNTS.file, RESPONSES.file, JUDGEMENTS.file)
ALTERNATIVES = Format(
    "alternatives.csv", (identifier("alternative"), *text("title")), ("alternative",), free=True
)
CRITERIA = Format(
    "criteria.csv",
    (
        identifier("criterion"),
        choice("sense", *SENSES),
        *text("unit", "name"),
        choice("measured", *MEASURED),
    ),
    ("criterion",),
)
SCORES = Format(
    "scores.csv",
    (
        identifier("criterion"),
        identifier("alternative"),
        number("value"),
        number("low"),
        number("high"),
        identifier("basis"),
        *text("rule"),
    ),
    ("criterion", "alternative"),
)
SCENARIOS = Format(
    "scenarios/scenarios.csv",
    (
        identifier("scenario"),
        *text("name"),
        number("probability_low", 0, 1),
        number("probability_high", 0, 1),
    ),
    ("scenario",),
)
CELLS = Format(
    "scenarios/table.csv",
    (identifier("indicator"), identifier("scenario"), year(), number("low"), number("high")),
    ("indicator", "scenario", "year"),
)
SCENARIO_INDICATORS = Format(
    "scenarios/indicators.csv",
    (
        identifier("indicator"),
        *text("name", "unit"),
        choice("sense", *SENSES),
        choice("relative", *YES_NO),
        Column("observed", "text", required=False, blank=True),
    ),
    ("indicator",),
)
SIGNPOSTS = Format(
    "scenarios/signposts.csv",
    (identifier("scenario"), *text("signpost"), choice("kind", "external", "internal")),
)
CASE = Format("scenarios/case.csv", (identifier("scenario"), *text("statement", "place")))
SERIES = Format(
    "resilience/series.csv",
    (
        identifier("series"),
        year(),
        number("value"),
        choice("status", *STATUSES),
        identifier("source"),
    ),
    ("series", "year"),
)
SERIES_NAMES = Format(
    "resilience/series_names.csv", (identifier("series"), *text("name", "unit")), ("series",)
)
FACTORS = Format("resilience/factors.csv", (identifier("factor"), *text("name")), ("factor",))
INDICATORS = Format(
    "resilience/indicators.csv",
    (
        identifier("factor"),
        identifier("indicator"),
        choice("sense", *SENSES),
        Column("formula", "text"),
        *text("unit", "name"),
        choice("default", *YES_NO),
        Column("variant_of", "id", required=False, blank=True),
    ),
    ("indicator",),
)
MAPPING = Format(
    "resilience/mapping.csv",
    (identifier("indicator"), Column("formula", "text", blank=True), *text("how")),
    ("indicator",),
)
BREAKS = Format(
    "resilience/breaks.csv",
    (identifier("series"), year(), choice("kind", "break", "gap", "end"), *text("what")),
    ("series", "year"),
)
PUBLISHED = Format(
    "published.csv",
    (
        identifier("id"),
        identifier("source"),
        *text("statement"),
        number("printed_low", blank=True),
        number("printed_high", blank=True),
        *text("unit", blank=True),
        Column("measure", "text", blank=True),
        Column("tolerance", "number", blank=True, low=0),
        *text("verdict_note", blank=True),
    ),
    ("id",),
)
REFERENCE_LINES = Format(
    "context/reference_lines.csv",
    (
        identifier("series"),
        *text("name"),
        year(),
        number("low"),
        number("high"),
        *text("unit", "what"),
        identifier("source"),
    ),
)


def relevance(file: str, criteria: Iterable[str]) -> Format:
    """Relevance of a question's options for the measured criteria."""
    cells = tuple(number(criterion, 0) for criterion in criteria)
    return Format(file, (identifier("option"), *cells), ("option",))


def profile(file: str, options: Iterable[str]) -> Format:
    """Profile of the alternatives over a question's options."""
    cells = tuple(number(option, 0, 1) for option in options)
    return Format(file, (identifier("alternative"), *cells, *text("rule")), ("alternative",))


def emphasis(criteria: Iterable[str]) -> Format:
    """Multipliers of the measured criteria's weights under each scenario."""
    cells = tuple(number(criterion, 0) for criterion in criteria)
    return Format(
        "scenarios/emphasis.csv", (identifier("scenario"), *cells, *text("reason")), ("scenario",)
    )


def context(file: str) -> Format:
    """Any further table: shown as it stands."""
    return REFERENCE_LINES if file == REFERENCE_LINES.file else Format(file, (), free=True)


SCENARIO_FORMATS = (SCENARIOS, CELLS, SCENARIO_INDICATORS, SIGNPOSTS, CASE)
RESILIENCE_FORMATS = (SERIES, SERIES_NAMES, FACTORS, INDICATORS, MAPPING, BREAKS)
