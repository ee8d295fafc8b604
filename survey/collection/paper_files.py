"""Sheets of paper typed into a spreadsheet: the empty table, and the typed one read back.

One row for a sheet: what is written on it, its group, then a column for each cell as in the wide
table of `survey.formats.wide`. Of a choice 1 is ticked, 0 or nothing is not; a comparison may be
typed as ``1/3``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from survey.collection.replies import RATIOS, Reply
from survey.errors import SurveyError
from survey.formats.names import number_of
from survey.formats.outgoing import Outgoing
from survey.formats.sheets import read_sheet
from survey.formats.wide import GROUP, TEXT
from survey.formats.write_xlsx import CODEBOOK, cell_texts
from survey.formats.xlsx_parts import Cell, write_workbook
from survey.questionnaire import Questionnaire
from survey.questions import AnyQuestion, FreeText, MultipleChoice, Pairwise, SingleChoice

SHEET: Final = "sheet"
SHEETS: Final = "sheets"
_QUOTED: Final = 60  # characters of a cell that a sentence quotes
_FRACTION: Final = re.compile(r"\s*1\s*[/:]\s*([1-9])\s*")
_VALUES: Final = {
    "tick": "1 = ticked, 0 or empty = not ticked",
    "text": "as it is written, empty = nothing",
    "number": "number, empty = nothing",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table; `role` is ``tick``, ``text`` or ``number``."""

    heading: str
    question: str
    cell: str
    role: str


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """One row: what is written on the sheet, its group, and replies by question."""

    sheet: str
    group: str
    replies: Mapping[str, Reply]


def columns_of(questionnaire: Questionnaire) -> tuple[Column, ...]:
    """Columns of the table of a questionnaire, sheet and group left out."""
    return tuple(column for q in questionnaire.questions for column in _columns(q))


def write_template(questionnaire: Questionnaire, path: Path) -> None:
    """Write the empty table, ``.csv`` or ``.xlsx``; a workbook also says what each column is."""
    out = Outgoing()
    columns = columns_of(questionnaire)
    headings = [SHEET, GROUP, *(out.text(column.heading) for column in columns)]
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerow(headings)
        return
    if path.suffix.lower() != ".xlsx":
        raise SurveyError(
            "template_kind",
            "the file {file} is neither .csv nor .xlsx; one of the two is expected",
            file=path.name,
        )
    write_workbook(path, [(SHEETS, [headings]), (CODEBOOK, _codebook(questionnaire, columns, out))])


def read_sheets(path: Path, questionnaire: Questionnaire) -> tuple[TypedSheet, ...]:
    """Sheets typed into a table, by its headings; columns may stand in any order.

    Raises
    ------
    SurveyError
        A heading that is not of the questionnaire, a sheet that stands twice, or a cell that holds
        neither what its column may nor nothing.

    """
    table = read_sheet(path)
    headings = [heading.strip() for heading in table.headings]
    known = {column.heading: column for column in columns_of(questionnaire)}
    _check_headings(path.name, headings, known)
    found: dict[str, TypedSheet] = {}
    for number, row in enumerate(table.rows[1:], start=2):
        cells = dict(zip(headings, row, strict=True))
        if not any(cell.strip() for cell in row):
            continue
        sheet, group = cells[SHEET].strip(), cells[GROUP].strip()
        if not sheet or sheet in found:
            raise SurveyError(
                "typed_sheet",
                "row {row} of the file {file} has the sheet {found}; a name of its own for each "
                "sheet is expected",
                row=number,
                file=path.name,
                found=repr(sheet[:_QUOTED]),
            )
        replies = _replies(cells, known, questionnaire, (path.name, number))
        found[sheet] = TypedSheet(sheet, group, replies)
    return tuple(found.values())


def _columns(question: AnyQuestion) -> Iterator[Column]:
    match question:
        case SingleChoice() | MultipleChoice():
            for option in question.options:
                heading = f"{question.id}:{option.id}"
                yield Column(heading, question.id, option.id, "tick")
                if option.open_text:
                    yield Column(f"{heading}{TEXT}", question.id, option.id, "text")
        case FreeText():
            yield Column(question.id, question.id, "", "text")
        case _:
            for cell in question.columns:
                heading = question.id if cell == question.id else f"{question.id}:{cell}"
                yield Column(heading, question.id, cell, "number")


def _codebook(
    questionnaire: Questionnaire, columns: tuple[Column, ...], out: Outgoing
) -> Iterator[list[Cell]]:
    yield ["column", "question_en", "question_ru", "cell_en", "cell_ru", "values"]
    for column in columns:
        question = questionnaire.question(column.question)
        texts = (question.text.en, question.text.ru, *cell_texts(question, column.cell))
        yield [out.text(text) for text in (column.heading, *texts, _VALUES[column.role])]


def _check_headings(file: str, headings: list[str], known: Mapping[str, Column]) -> None:
    strange = [h for h in headings if h and h not in known and h not in {SHEET, GROUP}]
    missing = [h for h in (SHEET, GROUP) if h not in headings]
    twice = [h for place, h in enumerate(headings) if h in headings[:place]]
    if strange or missing or twice or len(headings) < 3:
        raise SurveyError(
            "typed_headings",
            "the file {file} has the headings {found}; {expected}, each once, are expected, as in "
            "the table that paper-template writes",
            file=file,
            found=", ".join((strange or twice or headings)[:5]) or "-",
            expected=", ".join((SHEET, GROUP, *list(known)[:3], "...")),
        )


def _replies(
    cells: Mapping[str, str],
    known: Mapping[str, Column],
    questionnaire: Questionnaire,
    place: tuple[str, int],
) -> dict[str, Reply]:
    chosen: dict[str, list[str]] = {}
    numbers: dict[str, dict[str, float]] = {}
    texts: dict[str, dict[str, str]] = {}
    for heading, column in known.items():
        cell = cells.get(heading, "")
        if not cell.strip():
            continue
        if column.role == "text":
            texts.setdefault(column.question, {})[column.cell] = cell.strip()
        elif column.role == "number":
            value = _number(cell, questionnaire.question(column.question))
            if value is None:
                raise SurveyError(
                    "typed_number",
                    "row {row} of the file {file} has {found} in the column {heading}; a number or "
                    "nothing is expected",
                    **_place(place, heading, cell),
                )
            numbers.setdefault(column.question, {})[column.cell] = value
        elif cell.strip() == "1":
            chosen.setdefault(column.question, []).append(column.cell)
        elif cell.strip() != "0":
            raise SurveyError(
                "typed_tick",
                "row {row} of the file {file} has {found} in the column {heading}; 1, 0 or nothing "
                "is expected",
                **_place(place, heading, cell),
            )
    found = {}
    for question in questionnaire.questions:
        written = texts.get(question.id, {})
        reply = Reply(
            tuple(chosen.get(question.id, ())),
            numbers.get(question.id, {}),
            written.get("", ""),
            {option: text for option, text in written.items() if option},
        )
        if not reply.empty:
            found[question.id] = reply
    return found


def _number(cell: str, question: AnyQuestion) -> float | None:
    if isinstance(question, Pairwise):
        if fraction := _FRACTION.fullmatch(cell):
            return 1 / int(fraction[1])
        typed = number_of(cell)
        # Nobody types 1/3 with more than two decimals.
        close = [r for r in RATIOS if typed is not None and abs(r - typed) < 0.005]
        return close[0] if close else typed
    return number_of(cell)


def _place(place: tuple[str, int], heading: str, cell: str) -> dict[str, object]:
    found = repr(cell[:_QUOTED])
    return {"row": place[1], "file": place[0], "found": found, "heading": heading}
