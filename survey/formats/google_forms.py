"""Google Forms and Sheets: CSV and XLSX.

The file holds a timestamp and the questions word for word, and no list of options: Forms joins the
options of a choice by ";", Sheets by ", ", which options hold too. Words under "other" look like
an option.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from survey.dataset import Dataset, Remark, remark
from survey.formats.assemble import People, assemble, lost_state
from survey.formats.base import NOT_RECOGNISED, Candidate, Reader, Recognition, Request
from survey.formats.cells import Sheet
from survey.formats.joined import JoinedReader, holds_several
from survey.formats.labels import split_label
from survey.formats.names import bare, column_place, question_for
from survey.formats.raw import Column, Columns, Item, Joined, Raw
from survey.formats.sheets import read_sheet
from survey.formats.unasked import hide_unasked
from survey.questionnaire import Questionnaire
from survey.questions import FreeText, MultipleChoice, Text

_STAMPS = frozenset(
    (
        "timestamp",
        "отметка времени",
        "zeitstempel",
        "horodateur",
        "marca temporal",
        "сигнатура времени",
    ),
)
_PERSONAL = frozenset(
    ("email address", "email", "username", "адрес электронной почты", "имя пользователя"),
)
_SCORES = frozenset(("score", "total score", "баллы", "общее количество баллов"))
_TIME = re.compile(
    r"(\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}),?[ T]\d{1,2}:\d{2}(:\d{2})?( \S+){0,2}"
)
_SEPARATORS = (";", ", ")


def recognise(candidate: Candidate) -> Recognition:
    """A first column of moments in time, under the heading that Google gives it or another."""
    if candidate.head is None or candidate.head.width < 2:
        return NOT_RECOGNISED
    rows = candidate.head.rows
    body = [row[0] for row in rows[1:] if any(cell.strip() for cell in row)]
    if not all(_TIME.fullmatch(cell.strip()) for cell in body):
        return NOT_RECOGNISED
    first = rows[0][0].strip()
    if bare(first) in _STAMPS:
        told = remark(
            "google_timestamp",
            "the first column is {heading}, as in Google Forms, and holds moments in time",
            heading=first,
        )
        return Recognition(0.9, (told,))
    if body and _TIME.fullmatch(first):
        told = remark(
            "google_no_headings",
            "the first column holds moments in time from the first row on, as in Google Forms "
            "without its headings",
        )
        return Recognition(0.5, (told,))
    told = remark(
        "google_times",
        "the first column, {heading}, holds moments in time, as in Google Forms",
        heading=first,
    )
    return Recognition(0.55, (told,)) if body else NOT_RECOGNISED


@dataclass(frozen=True, slots=True)
class _Asked:
    """Columns of one question: one, or one for each row of a grid."""

    text: str
    rows: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]


def read(path: Path, request: Request) -> Dataset:
    """Answers collected by Google Forms."""
    sheet = read_sheet(
        path, encoding=request.encoding, delimiter=request.delimiter, sheet=request.sheet
    )
    told = list(sheet.remarks)
    headings, columns = _headings(sheet, request, told)
    group = None
    skip = {k for k, heading in enumerate(headings) if bare(heading) in _STAMPS}
    if columns and columns[0] and all(_TIME.fullmatch(c.strip()) for c in columns[0]):
        skip.add(0)
    if request.group_column is not None:
        place = column_place(request.group_column, (headings,), len(headings))
        group = columns[place]
        if request.questionnaire is None:
            skip.add(place)
    skip |= _dropped(headings, skip, told)
    asked = _questions(headings, columns, skip)
    separator = _separator(asked, request.questionnaire)
    raws = [raw for one in asked for raw in _raw(one, separator, request)]
    people = People(len(columns[0]) if columns else 0, group=group)
    wave = assemble(
        raws, people, request, source="google_forms", title=path.name,
        remarks=(*told, *lost_state(raws)),
    )  # fmt: skip
    return hide_unasked(wave)


def _headings(
    sheet: Sheet, request: Request, told: list[Remark]
) -> tuple[list[str], list[tuple[str, ...]]]:
    above = request.heading_rows
    if above is None:
        above = 0 if _TIME.fullmatch(sheet.rows[0][0].strip()) else 1
    if above:
        return list(sheet.rows[above - 1]), sheet.columns(above)
    columns = sheet.columns(0)
    questions = request.questionnaire.questions if request.questionnaire else ()
    fits = len(questions) == len(columns) - 1 and all(len(q.columns) == 1 or isinstance(
        q, MultipleChoice) or q.kind == "single" for q in questions)  # fmt: skip
    by_order = remark(
        "headings_missing_order",
        "the file has no heading row: its columns were taken for the questions of the "
        "questionnaire in their order",
        grave=True,
    )
    by_number = remark(
        "headings_missing",
        "the file has no heading row: its columns were named by their number",
        grave=True,
    )
    told.append(by_order if fits else by_number)
    named = (
        [q.id for q in questions] if fits else [f"column {k + 1}" for k in range(1, len(columns))]
    )
    return ["Timestamp", *named], columns


def _dropped(headings: Sequence[str], skip: set[int], told: list[Remark]) -> set[int]:
    personal = {k for k, h in enumerate(headings) if bare(h) in _PERSONAL and k not in skip}
    scores = {k for k, h in enumerate(headings) if bare(h) in _SCORES and k not in skip}
    if personal:
        told.append(
            remark(
                "personal_dropped",
                "columns that may identify a person were left out: {found}",
                found=", ".join(headings[k].strip() for k in sorted(personal)),
            )
        )
    if scores:
        told.append(
            remark(
                "derived_dropped",
                "columns that the survey tool derived from answers were left out: {found}",
                found=", ".join(headings[k].strip() for k in sorted(scores)),
            )
        )
    return personal | scores


def _questions(
    headings: Sequence[str], columns: Sequence[tuple[str, ...]], skip: set[int]
) -> list[_Asked]:
    """Columns side by side with the same text before ``[row]`` are one grid."""
    made: list[_Asked] = []
    for place, heading in enumerate(headings):
        if place in skip:
            continue
        text, row = split_label(heading)
        last = made[-1] if made else None
        if last is not None and row and last.rows and last.text == text and row not in last.rows:
            made[-1] = _Asked(text, (*last.rows, row), (*last.cells, columns[place]))
        elif not heading.strip() and not any(cell.strip() for cell in columns[place]):
            continue
        else:
            made.append(_Asked(text, (row,) if row else (), (columns[place],)))
    return made


def _separator(asked: Sequence[_Asked], questionnaire: Questionnaire | None) -> str:
    """What joins options in this file: one sign for all its columns.

    With a questionnaire, the one by which least text is left that is no option.
    """
    known = []
    for one in asked:
        question = question_for(questionnaire, one.text, one.text)
        if isinstance(question, MultipleChoice):
            known.append(([(o.text.en, o.text.ru, o.id) for o in question.options], one.cells[0]))
    if known:
        left = {}
        for sign in _SEPARATORS:
            readings = [JoinedReader(o, sign).read(c) for o, cells in known for c in set(cells)]
            left[sign] = sum(len(text) for reading in readings for text in reading.left)
        return min(_SEPARATORS, key=lambda sign: left[sign])
    several = [holds_several(cells, ";") for one in asked for cells in one.cells]
    return ";" if any(several) else ", "


def _raw(one: _Asked, separator: str, request: Request) -> list[Raw]:
    shown = np.ones((len(one.cells[0]), len(one.cells)), dtype=np.bool_)
    question = question_for(request.questionnaire, one.text, one.text)
    if len(one.rows) == 1 and question is None:
        # A heading may end in brackets without being a row of a grid.
        whole = f"{one.text} [{one.rows[0]}]" if one.text else one.rows[0]
        return _raw(_Asked(whole, (), one.cells), separator, request)
    if one.rows and not isinstance(question, (MultipleChoice, FreeText)):
        if question is None and any(holds_several(cells, separator) for cells in one.cells):
            return [Joined(f"{one.text} [{row}]", f"{one.text} [{row}]", cells, separator, shown[:, 0])
                    for row, cells in zip(one.rows, one.cells, strict=True)]  # fmt: skip
        items = tuple(Item.of(row) for row in one.rows)
        return [Columns(one.text, one.text, items, one.cells, shown)]
    cells = one.cells[0]
    listed = {bare(key) for key in request.options}
    several = isinstance(question, MultipleChoice) or (
        question is None and (bare(one.text) in listed or holds_several(cells, separator))
    )
    if several:
        return [Joined(one.text, one.text, cells, separator, shown[:, 0])]
    return [Column(one.text, one.text, cells, shown[:, 0])]


READER = Reader(
    "google_forms",
    Text(en="Google Forms and Sheets (CSV, XLSX)", ru="Google Формы и Таблицы (CSV, XLSX)"),
    recognise,
    read,
)
