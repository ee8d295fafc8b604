"""A wave of answers to CSV: tidy (a row for each cell) or wide (a row for each respondent).

UTF-8 with a byte order mark, so that spreadsheets show Cyrillic; commas; lines end in CR LF. Text
that a spreadsheet would run has an apostrophe before it, which the reader takes away; numbers stay
numbers. The order of groups is that of the respondents: give the reader `group_names` to keep
another one, or groups of nobody.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from survey.answers import Answers
from survey.dataset import Dataset, Remark, Response
from survey.formats.outgoing import Outgoing
from survey.formats.wide import (
    GROUP,
    RESPONDENT,
    SECONDS,
    SUBMITTED,
    WideColumn,
    number_text,
    wide_columns,
)
from survey.responses import Numbers, Texts

TIDY = (RESPONDENT, GROUP, "question", "option", "state")
TIDY_MORE = ("value", "text")
# Of choices by their code; of other cells, which were given or not.
STATES = {1: "selected", 0: "not_selected", -1: "not_shown"}
ANSWERED, EMPTY, NOT_SHOWN_STATE = "answered", "empty", "not_shown"


def write_wide_csv(dataset: Dataset, path: Path) -> tuple[Remark, ...]:
    """Write the wide table of `survey.formats.wide`; what had to be changed is told."""
    out = Outgoing()
    columns = wide_columns(dataset)
    cells = [_cells(column, out) for column in columns]
    headings = [out.text(column.heading) for column in columns]
    _write(path, headings, zip(*cells, strict=True))
    return out.remarks()


def _cells(column: WideColumn, out: Outgoing) -> list[str]:
    if isinstance(column.cells, np.ndarray):
        return [number_text(value) for value in column.cells.tolist()]
    return [out.text(value or "") for value in column.cells]


def write_tidy_csv(dataset: Dataset, path: Path) -> tuple[Remark, ...]:
    """Write a row for each respondent and cell: ``respondent, group, question, option, state``.

    Where anything but choices was asked, ``value`` and ``text`` follow, and the state of such a
    cell is ``answered``, ``empty`` or ``not_shown``; where it is known how long respondents took
    or that some did not finish, ``seconds`` and ``submitted`` follow. Texts written beside an open
    option have the question ``question:option``.
    """
    out = Outgoing()
    more = [r for r in dataset.responses.values() if not isinstance(r, Answers)]
    headings = [*TIDY, *(TIDY_MORE if more else ())]
    person: list[list[str]] = [[] for _ in dataset.respondents]
    if dataset.seconds is not None:
        headings.append(SECONDS)
        person = [[*p, number_text(s)] for p, s in zip(person, dataset.seconds, strict=True)]
    if dataset.submitted is not None and not dataset.submitted.all():
        headings.append(SUBMITTED)
        person = [[*p, str(int(d))] for p, d in zip(person, dataset.submitted, strict=True)]
    _write(path, headings, _tidy(dataset, person, out, wide=bool(more)))
    return out.remarks()


def _tidy(
    dataset: Dataset, person: Sequence[Sequence[str]], out: Outgoing, *, wide: bool
) -> Iterator[list[str]]:
    cells = {key: list(_states(response, out)) for key, response in dataset.responses.items()}
    for row, name in enumerate(dataset.respondents):
        who = [out.text(name), out.text(dataset.groups[dataset.group_of[row]])]
        for key, columns in cells.items():
            for cell, states in columns:
                what = states[row] if wide else states[row][:1]
                yield [*who, out.text(key), out.text(cell), *what, *person[row]]
        if not cells:
            yield [*who, "", "", "", *person[row]]


def _states(response: Response, out: Outgoing) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Cells of a response, and the state, value and text of each respondent there."""
    match response:
        case Answers():
            for k, option in enumerate(response.options):
                yield option, [(STATES[s], "", "") for s in response.cells[:, k].tolist()]
        case Numbers():
            for k, cell in enumerate(response.columns):
                values = [number_text(value) for value in response.values[:, k].tolist()]
                shown = response.shown[:, k].tolist()
                # The one cell of a question has no name beside the question's.
                name = "" if cell == response.question else cell
                yield name, [(_state(v, s), v, "") for v, s in zip(values, shown, strict=True)]
        case Texts():
            words = [out.text(text or "") for text in response.values]
            shown = response.shown.tolist()
            yield "", [(_state(w, s), "", w) for w, s in zip(words, shown, strict=True)]


def _state(given: str, shown: bool) -> str:
    if given and shown:
        return ANSWERED
    return EMPTY if shown else NOT_SHOWN_STATE


def _write(path: Path, headings: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)  # its line end is CR LF: cells with either are then quoted
        writer.writerow(headings)
        writer.writerows(rows)
