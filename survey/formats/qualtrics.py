"""Qualtrics: CSV and TSV with three heading rows, or two as before 2017.

A choice with several answers has a column for each, holding 1 or the label where it was selected;
-99 marks what was seen and left unanswered, if the exporter asked for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from survey.answers import NOT_SELECTED
from survey.dataset import Dataset, Remark, remark
from survey.errors import SurveyError
from survey.formats.assemble import People, assemble, lost_state
from survey.formats.base import NOT_RECOGNISED, Candidate, Reader, Recognition, Request
from survey.formats.names import column_place, numbers_of, plain
from survey.formats.qualtrics_groups import SEEN, raw_questions
from survey.formats.qualtrics_headings import (
    Tag,
    heading_rows,
    read_tags,
    tags_by_question,
)
from survey.formats.raw import Raw, Ticks
from survey.formats.sheets import read_sheet
from survey.formats.unasked import hide_unasked
from survey.questions import Text

# Preview, test, spam and their combinations, as numbers and as texts.
_NO_ANSWERS = frozenset(
    ("1", "2", "8", "9", "12", "17", "survey preview", "survey test", "spam", "offline preview"),
)
_DONE = frozenset(("1", "true", "wahr", "yes"))


def recognise(candidate: Candidate) -> Recognition:
    """A row of ImportIds, or the columns that older exports begin with."""
    rows = heading_rows(candidate.head) if candidate.head is not None else 0
    if rows == 3:
        told = remark("qualtrics_import_ids", "the third row holds the ImportIds of Qualtrics")
        return Recognition(1.0, (told,))
    if rows:
        told = remark("qualtrics_columns", "the first columns are those of a Qualtrics export")
        return Recognition(0.9, (told,))
    return NOT_RECOGNISED


def read(path: Path, request: Request) -> Dataset:
    """Answers in a Qualtrics export; previews, tests and spam are left out."""
    sheet = read_sheet(
        path, encoding=request.encoding, delimiter=request.delimiter, sheet=request.sheet
    )
    above = request.heading_rows or heading_rows(sheet)
    if above not in (1, 2, 3) or len(sheet.rows) < above:
        raise SurveyError(
            "heading_rows_wrong",
            "the file {file} has {found} heading rows of Qualtrics; 1 to 3 are expected",
            file=path.name,
            found=above,
        )
    tags = read_tags(sheet, above)
    told = list(sheet.remarks)
    columns = _kept(sheet.columns(above), tags, told)
    group = None
    if request.group_column is not None:
        place = column_place(request.group_column, sheet.rows[:above], sheet.width)
        group = columns[place]
        if request.questionnaire is None:
            tags = [tag for tag in tags if tag.place != place]
    told += _left_out(tags)
    tells = any(cell.strip() == SEEN for cells in columns for cell in cells)
    raws: list[Raw] = []
    for part in tags_by_question(tags):
        raws += raw_questions(part, columns, request.questionnaire, tells=tells)
    if not tells:
        silent = sum(isinstance(raw, Ticks) and _leaves_doubt(raw) for raw in raws)
        told += lost_state(raws, silent)
    wave = assemble(
        raws, _people(tags, columns, group), request, source="qualtrics", title=path.name,
        remarks=told,
    )  # fmt: skip
    return wave if tells else hide_unasked(wave)


def _kept(
    columns: list[tuple[str, ...]], tags: Sequence[Tag], told: list[Remark]
) -> list[tuple[str, ...]]:
    """Columns without the rows of previews, tests and spam."""
    status = next((columns[tag.place] for tag in tags if tag.system == "status"), None)
    if status is None:
        return columns
    drop = [plain(cell) in _NO_ANSWERS for cell in status]
    if not any(drop):
        return columns
    told.append(
        remark(
            "previews_dropped",
            "{count} rows are previews, tests or spam by their status and were left out",
            count=sum(drop),
        )
    )
    return [tuple(c for c, d in zip(cells, drop, strict=True) if not d) for cells in columns]


def _left_out(tags: Sequence[Tag]) -> list[Remark]:
    told = []
    personal = [tag.tag for tag in tags if tag.system == "personal"]
    derived = [tag.tag for tag in tags if tag.system == "derived"]
    if personal:
        told.append(
            remark(
                "personal_dropped",
                "columns that may identify a person were left out: {found}",
                found=", ".join(personal),
            )
        )
    if derived:
        told.append(
            remark(
                "derived_dropped",
                "columns that the survey tool derived from answers were left out: {found}",
                found=", ".join(derived),
            )
        )
    return told


def _people(
    tags: Sequence[Tag], columns: list[tuple[str, ...]], group: Sequence[str] | None
) -> People:
    own = {tag.system: columns[tag.place] for tag in reversed(tags) if tag.system}
    finished, progress = own.get("finished"), own.get("progress")
    done = None
    if progress is not None:
        done = numbers_of(progress)[0] >= 100
    elif finished is not None:
        done = np.array([plain(cell) in _DONE for cell in finished])
    seconds = numbers_of(own["seconds"])[0] if "seconds" in own else None
    return People(len(columns[0]) if columns else 0, own.get("id"), group, seconds, done)


def _leaves_doubt(raw: Ticks) -> bool:
    return bool((raw.states == NOT_SELECTED).all(axis=1).any())


READER = Reader(
    "qualtrics",
    Text(en="Qualtrics (CSV, TSV)", ru="Qualtrics (CSV, TSV)"),
    recognise,
    read,
)
