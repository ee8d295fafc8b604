"""Konsilium's wide table, as cells of text, back to a wave of answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from survey.answers import NOT_SHOWN, Answers
from survey.dataset import Dataset, Remark, Response, remark
from survey.errors import SurveyError
from survey.formats.names import examples, number_of
from survey.formats.wide import (
    GROUP,
    PERSON,
    RESPONDENT,
    SECONDS,
    SHOWN,
    SUBMITTED,
    TEXT,
    group_order,
)
from survey.questionnaire import Questionnaire
from survey.questions import FreeText, MultipleChoice, SingleChoice
from survey.responses import Numbers, Texts

Cells = Sequence[str]
_SHOWN_CHARACTERS = 60  # of a cell that a sentence quotes


@dataclass(slots=True)
class _Columns:
    """Columns of one response by cell, and which of their cells were shown."""

    cells: dict[str, Cells] = field(default_factory=dict)
    shown: dict[str, Cells] = field(default_factory=dict)


def from_wide(
    file: str,
    table: Mapping[str, Cells],
    questionnaire: Questionnaire,
    *,
    group_names: Mapping[str, str],
    groups: Sequence[str] = (),
    source: str = "konsilium",
    remarks: Sequence[Remark] = (),
) -> Dataset:
    """Wave of answers from the columns of a wide table, by their headings.

    Parameters
    ----------
    file
        Its name, for sentences.
    table
        Cells of each column by its heading.
    questionnaire
        What was asked.
    group_names
        Name of a group by what stands in the table.
    groups
        Groups in order, where the file tells: one may have nobody.

    """
    told = list(remarks)
    names = tuple(table[RESPONDENT])
    known, group_of = group_order(table[GROUP], group_names, groups)
    people = (names, known, group_of)
    found: dict[str, _Columns] = {}
    passed = []
    for heading, cells in table.items():
        if heading in PERSON:
            continue
        key, cell, shown = _key(heading, questionnaire)
        if key is None:
            passed.append(heading)
            continue
        columns = found.setdefault(key, _Columns())
        (columns.shown if shown else columns.cells)[cell] = cells
    # What was shown says nothing without the column it is about.
    alone = [key for key, columns in found.items() if not columns.cells]
    passed += [f"{key}{SHOWN}" for key in alone]
    for key in alone:
        del found[key]
    if passed:
        told.append(
            remark(
                "columns_passed",
                "{count} questions of the file are not in the questionnaire and are passed over: "
                "{found}",
                grave=True,
                count=len(passed),
                found=examples(passed),
            )
        )
    responses = {k: _response(file, k, c, questionnaire, people) for k, c in found.items()}
    seconds = table.get(SECONDS)
    done = table.get(SUBMITTED)
    return Dataset(
        questionnaire=questionnaire,
        respondents=names,
        groups=known,
        group_of=group_of,
        responses=responses,
        seconds=None if seconds is None else _numbers(file, SECONDS, seconds),
        submitted=None if done is None else _states(file, SUBMITTED, done) == 1,
        source=source,
        remarks=tuple(told),
    )


def _key(heading: str, questionnaire: Questionnaire) -> tuple[str | None, str, bool]:
    """Response and cell that a heading belongs to, and whether it tells what was shown."""
    base, shown = heading.removesuffix(SHOWN), heading.endswith(SHOWN)
    base, beside = base.removesuffix(TEXT), base.endswith(TEXT)
    name, _, cell = base.partition(":")
    known = {q.id: q for q in questionnaire.questions}
    if name not in known or (cell or name) not in known[name].columns:
        return None, "", False
    return (f"{name}:{cell}" if beside else name), cell or name, shown


def _response(
    file: str,
    key: str,
    columns: _Columns,
    questionnaire: Questionnaire,
    people: tuple[Sequence[str], Sequence[str], npt.NDArray[np.intp]],
) -> Response:
    name, _, beside = key.partition(":")
    question = questionnaire.question(name)
    names, groups, group_of = people
    if beside or isinstance(question, FreeText):
        ((cell, words),) = columns.cells.items()
        texts = tuple(word or None for word in words)
        return Texts(key, texts, _shown(file, name, cell, columns, len(names)))
    if isinstance(question, (SingleChoice, MultipleChoice)):
        states = [_states(file, f"{name}:{cell}", c) for cell, c in columns.cells.items()]
        single = isinstance(question, SingleChoice)
        grid = np.stack(states, axis=1)
        return Answers(name, tuple(columns.cells), groups, grid, group_of, respondents=names,
                       single=single)  # fmt: skip
    values = [_numbers(file, f"{name}:{cell}", c) for cell, c in columns.cells.items()]
    shown = [_shown(file, name, cell, columns, len(names)) for cell in columns.cells]
    return Numbers(name, tuple(columns.cells), np.stack(values, axis=1), np.stack(shown, axis=1))


def _shown(file: str, name: str, cell: str, columns: _Columns, rows: int) -> npt.NDArray[np.bool_]:
    if cell not in columns.shown:
        return np.ones(rows, dtype=np.bool_)
    states = _states(file, f"{name}:{cell}{SHOWN}", columns.shown[cell])
    return np.asarray(states == 1, dtype=np.bool_)


def _states(file: str, heading: str, cells: Cells) -> npt.NDArray[np.int8]:
    known = {"1": 1, "0": 0, "": int(NOT_SHOWN)}
    for row, cell in enumerate(cells):
        if cell.strip() not in known:
            raise SurveyError(
                "cell_no_state",
                "row {row} of the file {file} has {found} in the column {heading}; "
                "1, 0 or nothing is expected",
                row=row + 2,
                file=file,
                found=repr(cell[:_SHOWN_CHARACTERS]),
                heading=heading,
            )
    return np.array([known[cell.strip()] for cell in cells], dtype=np.int8)


def _numbers(file: str, heading: str, cells: Cells) -> npt.NDArray[np.float64]:
    values = np.full(len(cells), np.nan)
    for row, cell in enumerate(cells):
        if not cell.strip():
            continue
        found = number_of(cell)
        if found is None or np.isinf(found):
            raise SurveyError(
                "cell_no_number",
                "row {row} of the file {file} has {found} in the column {heading}; "
                "a number or nothing is expected",
                row=row + 2,
                file=file,
                found=repr(cell[:_SHOWN_CHARACTERS]),
                heading=heading,
            )
        values[row] = found
    return values
