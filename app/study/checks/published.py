"""Claims of the sources: each measure must read and name what exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.study import formats
from app.study.draft import Draft, ids
from app.study.faults import literal, message, one_of
from app.study.measures import MeasureError, parse_measure

if TYPE_CHECKING:
    from app.study.tables import Row, Table


def check_published(draft: Draft) -> None:
    """Read and check published.csv, if the study has it."""
    table = draft.read(formats.PUBLISHED, required=False)
    draft.refer(table, "source", draft.settings.sources)
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
        for path in measure.paths:
            _check_path(draft, table, row, path)


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


def _check_path(draft: Draft, table: Table, row: Row, path: str) -> None:
    first, *rest = path.split(".")
    shown = literal(path)
    if first == "series":
        series = draft.tables.get(formats.SERIES.file)
        if series is None or not series.sound or len(rest) != 2:
            if series is None or series.sound:
                draft.add(table.file, row, "measure", shown, message("series.name.year"))
            return
        known = series.names("series")
        if rest[0] not in known:
            draft.add(table.file, row, "measure", shown, one_of(rest[0], known))
        elif not any(each["series"] == rest[0] and str(each["year"]) == rest[1] for each in series):
            draft.add(
                table.file,
                row,
                "measure",
                shown,
                message("a year of this series in {file}", file=series.file),
            )
        return
    scenario = None
    if first == "probability":
        if len(rest) != 2 or rest[1] not in ("low", "high"):
            draft.add(
                table.file, row, "measure", shown, message("probability.scenario.low or .high")
            )
            return
        scenario = rest[0]
    elif path.startswith("resilience.scenarios.") and len(rest) > 1:
        scenario = rest[1]
    scenarios = draft.tables.get(formats.SCENARIOS.file)
    known_scenarios = None if scenarios is None else ids(scenarios, "scenario")
    if scenario is not None and known_scenarios is not None and scenario not in known_scenarios:
        draft.add(table.file, row, "measure", shown, one_of(scenario, known_scenarios))
