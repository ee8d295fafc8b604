"""Claims of the sources: each measure must read and name what exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.study import formats
from app.study.checks.paths import expected_instead, known_paths, missing_section
from app.study.draft import SETTINGS, Draft, ids
from app.study.faults import literal, message, one_of
from app.study.measures import MeasureError, parse_measure

if TYPE_CHECKING:
    from app.study.checks.paths import Node
    from app.study.faults import Message
    from app.study.measures import Measure
    from app.study.tables import Row, Table


def check_published(draft: Draft) -> None:
    """Read and check published.csv, if the study has it."""
    table = draft.read(formats.PUBLISHED, required=False)
    draft.refer(table, "source", draft.settings.sources)
    known = known_paths(draft)
    for row in table:
        low, high = row.figure("printed_low"), row.figure("printed_high")
        if low is not None and high is not None and low > high:
            draft.add(
                table.file,
                row,
                "printed_low",
                literal(f"{low:g}"),
                message("at most {high}, the printed_high of the row", high=f"{high:g}"),
            )
        text = row.known("measure")
        if text is None:
            continue
        _check_testable(draft, table, row)
        try:
            measure = parse_measure(text)
        except MeasureError as error:
            draft.add(table.file, row, "measure", error.found, error.expected)
            continue
        _check_paths(draft, table, row, measure, known)


def _check_testable(draft: Draft, table: Table, row: Row) -> None:
    """A claim with a measure needs a figure to set beside it and a tolerance."""
    if row["printed_low"] is None and row["printed_high"] is None:
        draft.add(
            table.file,
            row,
            "printed_low",
            message("a measure without printed_low and printed_high"),
            message("one of them at least"),
        )
    if row["tolerance"] is None:
        draft.add(
            table.file,
            row,
            "tolerance",
            message("an empty cell"),
            message("a number from {low} up", low="0"),
        )


def _check_paths(draft: Draft, table: Table, row: Row, measure: Measure, known: Node) -> None:
    """Each path leads to a figure; of a section that the study has not, one fault is enough."""
    absent: set[str] = set()
    for path in dict.fromkeys(measure.paths):
        section = missing_section(draft, path)
        if section is None:
            _check_path(draft, table, row, path, known)
        elif section not in absent:
            absent.add(section)
            draft.add(
                table.file,
                row,
                "measure",
                literal(path),
                message(
                    "an empty measure, for {file} has no section {section}",
                    file=SETTINGS,
                    section=section,
                ),
            )


def _check_path(draft: Draft, table: Table, row: Row, path: str, known: Node) -> None:
    first = path.partition(".")[0]
    expected = {"series": _of_series, "probability": _of_probability}.get(first)
    fault = expected_instead(path, known) if expected is None else expected(draft, path)
    if fault is not None:
        draft.add(table.file, row, "measure", literal(path), fault)


def _of_series(draft: Draft, path: str) -> Message | None:
    series = draft.tables.get(formats.SERIES.file)
    if series is None or not series.sound:
        return None
    match path.split(".")[1:]:
        case [name, year]:
            known = series.names("series")
            if name not in known:
                return one_of(name, known)
            if any(row["series"] == name and str(row["year"]) == year for row in series):
                return None
            return message("a year of this series in {file}", file=series.file)
    return message("series.name.year")


def _of_probability(draft: Draft, path: str) -> Message | None:
    match path.split(".")[1:]:
        case [name, "low" | "high"]:
            scenarios = draft.tables.get(formats.SCENARIOS.file)
            known = None if scenarios is None else ids(scenarios, "scenario")
            return None if known is None or name in known else one_of(name, known)
    return message("probability.scenario.low or .high")
