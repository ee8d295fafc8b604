"""A wave of answers to a workbook: the wide table, a codebook, the groups and the questionnaire."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from survey.dataset import Dataset, Remark
from survey.errors import SurveyError
from survey.formats.cells import MOST_COLUMNS
from survey.formats.outgoing import Outgoing
from survey.formats.wide import WideColumn, wide_columns
from survey.formats.xlsx_parts import MOST_CHARACTERS, MOST_ROWS, Cell, Rows, write_workbook
from survey.questionnaire import Questionnaire
from survey.questions import AnyQuestion, Grid, Option, Rating

ANSWERS, CODEBOOK, GROUPS, QUESTIONNAIRE = "answers", "codebook", "groups", "questionnaire"
# Room for the apostrophe of a masked text.
_LONGEST = MOST_CHARACTERS - 1
_VALUES = {
    "choice": "1 = selected, 0 = shown and not selected, empty = not shown",
    "shown": "1 = shown, 0 = not shown",
    "text": "text, empty = nothing written",
    "number": "number, empty = nothing given",
}


def write_xlsx(dataset: Dataset, path: Path) -> tuple[Remark, ...]:
    """Write the workbook; what had to be changed is told.

    The first sheet, ``answers``, is the wide table; ``codebook`` says what each of its columns and
    values means, in both languages; ``groups`` keeps their order and those of nobody;
    ``questionnaire`` holds the YAML, so that the file is read back by itself.
    """
    out = Outgoing()
    columns = wide_columns(dataset)
    if len(dataset.respondents) >= MOST_ROWS or len(columns) > MOST_COLUMNS:
        raise SurveyError(
            "workbook_small",
            "a sheet of a workbook has {most_rows} rows and {most_columns} columns at most; "
            "{rows} respondents and {columns} columns are written to CSV instead",
            most_rows=MOST_ROWS,
            most_columns=MOST_COLUMNS,
            rows=len(dataset.respondents),
            columns=len(columns),
        )
    sheets: list[tuple[str, Rows]] = [
        (ANSWERS, list(_answers(columns, out))),
        (CODEBOOK, list(_codebook(columns, dataset.questionnaire, out))),
        (GROUPS, [["group"], *([out.text(name, _LONGEST)] for name in dataset.groups)]),
        (QUESTIONNAIRE, list(_lines(dataset.questionnaire, out))),
    ]
    write_workbook(path, sheets)
    return out.remarks()


def _answers(columns: list[WideColumn], out: Outgoing) -> Iterator[list[Cell]]:
    yield [out.text(column.heading) for column in columns]
    cells = [_cells(column, out) for column in columns]
    for row in zip(*cells, strict=True):
        yield list(row)


def _cells(column: WideColumn, out: Outgoing) -> list[Cell]:
    if isinstance(column.cells, np.ndarray):
        return list(column.cells.tolist())
    return [None if value is None else out.text(value, _LONGEST) for value in column.cells]


def _codebook(
    columns: list[WideColumn], questionnaire: Questionnaire, out: Outgoing
) -> Iterator[list[Cell]]:
    yield ["column", "question", "kind", "cell", "question_en", "question_ru",
           "cell_en", "cell_ru", "values"]  # fmt: skip
    for column in columns:
        if column.role == "person":
            yield [column.heading]
            continue
        question = questionnaire.question(column.question)
        cell_en, cell_ru = cell_texts(question, column.cell)
        values = _VALUES[column.role]
        if column.role == "number" and isinstance(question, (Rating, Grid)):
            values = f"{question.scale.low} to {question.scale.high}, empty = nothing given"
        texts = (question.id, question.kind, column.cell, question.text.en, question.text.ru,
                 cell_en, cell_ru, values)  # fmt: skip
        yield [out.text(column.heading), *(out.text(text, _LONGEST) for text in texts)]


def cell_texts(question: AnyQuestion, cell: str) -> tuple[str, str]:
    """What a cell of a question is called in English and Russian; empty if it is the question."""
    things: list[Option] = [*getattr(question, "options", ()), *getattr(question, "criteria", ())]
    known = {option.id: option.text for option in things}
    found = [known[part] for part in cell.split(":") if part in known]
    return " : ".join(text.en for text in found), " : ".join(text.ru for text in found)


def _lines(questionnaire: Questionnaire, out: Outgoing) -> Iterator[list[Cell]]:
    yield ["line", "yaml"]
    for number, line in enumerate(questionnaire.to_yaml().split("\n"), start=1):
        yield [number, out.text(line)]
