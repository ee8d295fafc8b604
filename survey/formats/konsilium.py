"""Konsilium's own files: wide table (CSV or workbook), tidy table, counts of groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from survey.answers import NOT_SELECTED, NOT_SHOWN, SELECTED
from survey.counts import Counts
from survey.dataset import Dataset, remark
from survey.errors import SurveyError
from survey.formats.assemble import People, assemble
from survey.formats.base import NOT_RECOGNISED, Candidate, Reader, Recognition, Request
from survey.formats.cells import Sheet
from survey.formats.names import numbers_of
from survey.formats.raw import Column, Columns, Item, Raw, Ticks
from survey.formats.sheets import read_sheet
from survey.formats.text import read_start
from survey.formats.tidy import tidy_to_wide
from survey.formats.wide import GROUP, PERSON, RESPONDENT, SECONDS, SHOWN, SUBMITTED, TEXT
from survey.formats.wide_read import from_wide
from survey.formats.workbook import ZIP_MAGIC, sheet_names
from survey.formats.write_csv import TIDY
from survey.formats.write_xlsx import GROUPS, QUESTIONNAIRE
from survey.questionnaire import Questionnaire
from survey.questions import SingleChoice, Text

COUNTS = ("question", "option", "group", "count")


def recognise(candidate: Candidate) -> Recognition:
    """By the headings, which are Konsilium's own."""
    if candidate.head is None:
        return NOT_RECOGNISED
    form = _form(candidate.head.headings)
    if not form:
        return NOT_RECOGNISED
    parted = form != "wide" or any(":" in heading for heading in candidate.head.headings)
    told = remark("konsilium_headings", "its headings are those of a table that Konsilium writes")
    return Recognition(1.0 if parted else 0.4, (told,))


def read(path: Path, request: Request) -> Dataset:
    """Read a wide or tidy table; one of counts has no respondents, see `read_counts`."""
    sheet = read_sheet(
        path,
        encoding=request.encoding,
        delimiter=request.delimiter or _delimiter(path),
        sheet=request.sheet,
    )
    form = _form(sheet.headings)
    if form == "counts":
        raise SurveyError(
            "file_of_counts",
            "the file {file} holds counts of groups, not answers of respondents; it is read as "
            "counts, which not every analysis can start from",
            file=path.name,
        )
    if not form:
        raise SurveyError(
            "headings_not_own",
            "the file {file} has the headings {found}; {expected} are expected first",
            file=path.name,
            found=", ".join(sheet.headings[:5]),
            expected=f"{RESPONDENT}, {GROUP}",
        )
    if len(sheet.rows) < 2:
        raise SurveyError(
            "file_no_answers",
            "the file {file} holds no answers; at least one row below the headings is expected",
            file=path.name,
        )
    groups: Sequence[str] = ()
    questionnaire = request.questionnaire
    if sheet.encoding == "xlsx":
        own = sheet_names(path)
        if GROUPS in own:
            groups = [row[0] for row in read_sheet(path, sheet=GROUPS).rows[1:]]
        if questionnaire is None and QUESTIONNAIRE in own:
            lines = read_sheet(path, sheet=QUESTIONNAIRE).rows[1:]
            questionnaire = Questionnaire.from_yaml("\n".join(row[1] for row in lines))
    table: Mapping[str, Sequence[str]] = _table(sheet)
    if form == "tidy":
        table = tidy_to_wide(path.name, table)
    if questionnaire is None:
        return _inferred(path, sheet, table, request)
    return from_wide(path.name, table, questionnaire, group_names=request.group_names,
                     groups=groups, remarks=sheet.remarks)  # fmt: skip


READER = Reader(
    "konsilium",
    Text(en="Konsilium's own table", ru="Собственная таблица «Консилиума»"),
    recognise,
    read,
)


def read_counts(
    path: Path,
    experts: Mapping[str, int],
    *,
    questionnaire: Questionnaire | None = None,
) -> dict[str, Counts]:
    """Published totals: ``question,option,group,count``, one row for each option and group.

    Parameters
    ----------
    path
        The file.
    experts
        Number of experts in each group.
    questionnaire
        Gives the order of the options, and which questions are single choices.

    """
    sheet = read_sheet(path, delimiter=_delimiter(path))
    if _form(sheet.headings) != "counts":
        raise SurveyError(
            "headings_not_counts",
            "the file {file} has the headings {found}; {expected} are expected",
            file=path.name,
            found=", ".join(sheet.headings[:5]),
            expected=", ".join(COUNTS),
        )
    frame = pd.DataFrame(_table(sheet), dtype=object)
    counts = [int(text) if text.strip().isdecimal() else text for text in frame["count"]]
    frame["count"] = pd.Series(counts, dtype=object)
    made = {}
    for question in dict.fromkeys(frame["question"]):
        rows = frame[frame["question"] == question]
        asked = None if questionnaire is None else questionnaire.choice(question)
        if asked is not None:
            order = {option: k for k, option in enumerate(asked.option_ids)}
            places = rows["option"].map(lambda name, known=order: known.get(name, len(known)))
            rows = rows.loc[places.sort_values(kind="stable").index]
        made[question] = Counts.from_frame(
            rows, experts, question=question, single=isinstance(asked, SingleChoice)
        )
    return made


def _form(headings: Sequence[str]) -> str:
    """Which of the tables has such headings; empty if none."""
    found = tuple(heading.strip() for heading in headings)
    if found[: len(TIDY)] == TIDY:
        return "tidy"
    if set(COUNTS) <= set(found) and RESPONDENT not in found:
        return "counts"
    return "wide" if found[:2] == (RESPONDENT, GROUP) and len(found) > 2 else ""


def _delimiter(path: Path) -> str | None:
    """Of the headings, which hold neither delimiters nor quotes: texts below may mislead."""
    start = read_start(path, 1 << 16)
    if start.startswith(ZIP_MAGIC):
        return None
    first = start.partition(b"\n")[0]
    return next((sign for sign in (",", ";", "\t") if sign.encode() in first), None)


def _table(sheet: Sheet) -> dict[str, tuple[str, ...]]:
    headings = [heading.strip() for heading in sheet.headings]
    for place, heading in enumerate(headings):
        if heading in headings[:place]:
            raise SurveyError(
                "heading_twice",
                "the file {file} has the heading {heading} twice; distinct headings are expected",
                file=sheet.name,
                heading=heading,
            )
    return dict(zip(headings, sheet.columns(), strict=True))


def _inferred(
    path: Path, sheet: Sheet, table: Mapping[str, Sequence[str]], request: Request
) -> Dataset:
    """Without a questionnaire the headings tell the cells, and the values their kind."""
    rows = len(table[RESPONDENT])
    parts: dict[str, dict[str, Sequence[str]]] = {}
    for heading, cells in table.items():
        if heading not in PERSON and not heading.endswith((SHOWN, TEXT)):
            question, _, cell = heading.partition(":")
            parts.setdefault(question, {})[cell] = cells
    people = People(
        rows,
        names=table[RESPONDENT],
        group=table[GROUP],
        seconds=numbers_of(table[SECONDS])[0] if SECONDS in table else None,
        submitted=None if SUBMITTED not in table else np.array(list(table[SUBMITTED])) == "1",
    )
    raws = [_raw(name, columns, rows) for name, columns in parts.items()]
    return assemble(raws, people, request, source="konsilium", title=path.name,
                    remarks=sheet.remarks)  # fmt: skip


def _raw(name: str, columns: Mapping[str, Sequence[str]], rows: int) -> Raw:
    if tuple(columns) == ("",):
        return Column(name, name, columns[""], np.ones(rows, dtype=np.bool_))
    items = tuple(Item.of(cell or name) for cell in columns)
    values = {value for cells in columns.values() for value in set(cells)}
    if values <= {"1", "0", ""}:
        states = {"1": SELECTED, "0": NOT_SELECTED, "": NOT_SHOWN}
        grid = np.array([[states[c] for c in cells] for cells in columns.values()], dtype=np.int8)
        return Ticks(name, name, items, grid.T)
    shown = np.ones((rows, len(items)), dtype=np.bool_)
    return Columns(name, name, items, tuple(columns.values()), shown)
