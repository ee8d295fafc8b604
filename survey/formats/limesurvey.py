"""LimeSurvey: CSV in all its headings, VV, and the survey archive .lsa.

The forms are those its writers produce: a part of a question stands in brackets after the code, a
ticked option is Y (in full answers Yes, in the language of the survey), a left one empty (No), and
one that was not shown empty too (N/A), unless the file writes empty answers as two quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from survey.dataset import Dataset, Remark, remark
from survey.formats.assemble import People, assemble
from survey.formats.base import NOT_RECOGNISED, Candidate, Reader, Recognition, Request
from survey.formats.cells import Sheet
from survey.formats.labels import split_label
from survey.formats.limesurvey_groups import raw_questions, remarks_of
from survey.formats.limesurvey_headings import (
    PERSONAL,
    SGQA,
    Heading,
    groups_of,
    read_headings,
)
from survey.formats.limesurvey_own import own_remarks, seconds_taken
from survey.formats.limesurvey_table import Table
from survey.formats.limesurvey_vv import is_vv, vv_cells
from survey.formats.limesurvey_xml import (
    Known,
    heading_of,
    is_archive,
    read_archive,
    read_structure,
)
from survey.formats.names import column_place
from survey.formats.quoting import bare_empty
from survey.formats.sheets import read_sheet
from survey.formats.text import decode, read_bytes, read_start
from survey.formats.unasked import hide_unasked
from survey.formats.workbook import ZIP_MAGIC
from survey.questions import Text

_BRACKETS = re.compile(r"[A-Za-z][A-Za-z0-9_]*\[[^\[\]]*\]")


def recognise(candidate: Candidate) -> Recognition:
    """LimeSurvey's own leading columns, or codes with parts in brackets."""
    if candidate.head is None:
        if candidate.start.startswith(ZIP_MAGIC) and is_archive(candidate.path):
            told = remark("limesurvey_archive", "the archive holds a LimeSurvey survey and answers")
            return Recognition(1.0, (told,))
        return NOT_RECOGNISED
    rows = candidate.head.rows
    codes = rows[1] if is_vv(candidate.head) else rows[0]
    mode, headings = read_headings(codes)
    own = {h.system for h in headings} - {"", "unnamed", "timing", "attribute"} - set(PERSONAL)
    if len(own) > 1 and (own & {"lastpage", "submitdate", "startlanguage"}):
        told = remark(
            "limesurvey_columns",
            "the file has LimeSurvey's own columns: {found}",
            found=", ".join(sorted(own)),
        )
        return Recognition(0.95, (told,))
    named = [cell for cell in codes if cell.strip()]
    parted = sum(
        bool(_BRACKETS.match(cell.strip()) or SGQA.fullmatch(cell.strip())) for cell in named
    )
    if mode != "full" and parted * 5 >= len(named) and parted > 1:
        told = remark(
            "limesurvey_headings",
            "{count} headings are codes of questions with their parts in brackets, as LimeSurvey "
            "writes them",
            count=parted,
        )
        return Recognition(0.75, (told,))
    if mode == "codetext" and len(named) > 1:
        told = remark(
            "limesurvey_codes",
            "the headings are codes with the texts of the questions after them, as LimeSurvey "
            "writes them",
        )
        return Recognition(0.5, (told,))
    return NOT_RECOGNISED


def read(path: Path, request: Request) -> Dataset:
    """Answers in a LimeSurvey export."""
    if read_start(path, len(ZIP_MAGIC)) == ZIP_MAGIC and is_archive(path):
        return _archive(path, request)
    sheet = read_sheet(
        path, encoding=request.encoding, delimiter=request.delimiter, sheet=request.sheet
    )
    known = read_structure(request.dictionary) if request.dictionary else {}
    told = list(sheet.remarks)
    if not is_vv(sheet):
        return _dataset(
            path.name,
            read_headings([heading_of(cell.strip(), known) for cell in sheet.headings])[1],
            sheet.columns(),
            written=(sheet.headings,),
            never=_bare(path, sheet),
            request=request,
            known=known,
            told=told,
        )
    columns, never = vv_cells(sheet.columns(2))
    labels, codes = sheet.rows[0], sheet.rows[1]
    headings = []
    for h, label in zip(read_headings(codes)[1], labels, strict=True):
        text, part = split_label(label)
        headings.append(replace(h, text=text, label=part) if h.subs else replace(h, text=label))
    return _dataset(
        path.name,
        headings,
        columns,
        written=(labels, codes),
        never=never,
        request=request,
        known=known,
        told=told,
    )


def _bare(path: Path, sheet: Sheet) -> npt.NDArray[np.bool_] | None:
    """Cells that were never shown, if the file writes empty answers in quotation marks."""
    if not sheet.delimiter:
        return None
    text, _, _ = decode(read_bytes(path), path.name, sheet.encoding)
    bare = bare_empty(text, sheet.delimiter, len(sheet.rows), sheet.width)
    return None if bare is None else bare[1:]


def _archive(path: Path, request: Request) -> Dataset:
    known, fields, rows = read_archive(path)
    columns = [tuple(row.get(field, "") for row in rows) for field in fields]
    never = np.array([[field not in row for field in fields] for row in rows], dtype=np.bool_)
    headings = read_headings([heading_of(field, known) for field in fields])[1]
    return _dataset(
        path.name,
        headings,
        columns,
        written=(fields,),
        never=never.reshape(len(rows), -1),
        request=request,
        known=known,
        told=[],
    )


def _dataset(
    name: str,
    headings: list[Heading],
    columns: list[tuple[str, ...]],
    *,
    written: tuple[Sequence[str], ...],
    never: npt.NDArray[np.bool_] | None,
    request: Request,
    known: dict[str, Known],
    told: list[Remark],
) -> Dataset:
    own = {h.system: columns[h.place] for h in reversed(headings) if h.system}
    group = None
    if request.group_column is not None:
        names = (*written, [h.code for h in headings], [h.text for h in headings])
        place = column_place(request.group_column, names, len(headings))
        group = columns[place]
        if request.questionnaire is None:
            headings = [h for h in headings if h.place != place]
    told += own_remarks(headings, own, never)
    table = Table(columns, never, request, known)
    raws = [raw for group_ in groups_of(headings) for raw in raw_questions(group_, table)]
    done = own.get("submitdate")
    people = People(
        len(columns[0]) if columns else 0,
        own.get("id"),
        group,
        seconds_taken(own),
        None if done is None else np.array([bool(cell.strip()) for cell in done]),
    )
    wave = assemble(
        raws,
        people,
        request,
        source="limesurvey",
        title=name,
        remarks=(*told, *remarks_of(table, raws)),
    )
    return wave if never is not None else hide_unasked(wave)


READER = Reader(
    "limesurvey",
    Text(en="LimeSurvey (CSV, VV, .lsa)", ru="LimeSurvey (CSV, VV, .lsa)"),
    recognise,
    read,
)
