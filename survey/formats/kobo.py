"""KoboToolbox and ODK Central: choices as "a b", as a column for each option, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from survey.answers import NOT_SHOWN
from survey.dataset import Dataset, Remark, remark
from survey.formats.assemble import People, assemble
from survey.formats.base import NOT_RECOGNISED, Candidate, Reader, Recognition, Request
from survey.formats.kobo_questions import KoboTable, raw_questions
from survey.formats.names import column_place, examples
from survey.formats.raw import Raw, Ticks
from survey.formats.sheets import read_sheet
from survey.questions import Text

_KOBO = frozenset((
    "_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status",
    "_submitted_by", "_tags", "_index", "__version__", "_version_", "_attachments",
    "_geolocation", "_xform_id_string", "_parent_index", "_parent_table_name", "formhub/uuid",
    "meta/instanceid", "meta/instancename", "meta/rootuuid", "start", "end", "today"
))  # fmt: skip
_ODK = frozenset((
    "submissiondate", "meta-instanceid", "meta-instancename", "instanceid", "key", "submitterid",
    "attachmentspresent", "attachmentsexpected", "status", "reviewstate", "edits", "formversion"
))  # fmt: skip
# These tell who a person is.
_PERSONAL = frozenset((
    "deviceid", "username", "phonenumber", "phone_number", "simserial", "simid", "subscriberid",
    "email", "submittername", "_submitted_by"
))  # fmt: skip
_ODK_MARKS = frozenset((
    "submissiondate", "key", "submitterid", "attachmentspresent", "formversion"
))  # fmt: skip


def recognise(candidate: Candidate) -> Recognition:
    """By the columns that the servers add."""
    if candidate.head is None:
        return NOT_RECOGNISED
    found = {_last(h) for h in candidate.head.headings} | {
        h.strip().casefold() for h in candidate.head.headings
    }
    kobo, odk = (
        sorted(found & {"_uuid", "_submission_time", "_index", "_id", "_status"}),
        sorted(found & _ODK_MARKS),
    )
    if len(kobo) > 1:
        told = remark(
            "kobo_columns",
            "the file has KoboToolbox's own columns: {found}",
            found=", ".join(kobo),
        )
        return Recognition(0.95, (told,))
    if len(odk) > 2:
        told = remark(
            "odk_columns", "the file has ODK Central's own columns: {found}", found=", ".join(odk)
        )
        return Recognition(0.95, (told,))
    return NOT_RECOGNISED


def read(path: Path, request: Request) -> Dataset:
    """Read the export; a question not answered is empty in all its columns, and not shown then.

    What was shown and left empty cannot be told from it: a remark says so.
    """
    sheet = read_sheet(
        path, encoding=request.encoding, delimiter=request.delimiter, sheet=request.sheet
    )
    told = list(sheet.remarks)
    headings, columns = sheet.headings, sheet.columns()
    kept = _kept(headings, told)
    group = None
    if request.group_column is not None:
        place = column_place(request.group_column, [headings, [_last(h) for h in headings]],
                             len(headings))  # fmt: skip
        group = columns[place]
        kept = [k for k in kept if k != place or request.questionnaire is not None]
    odk = len({h.strip().casefold() for h in headings} & _ODK_MARKS) > 2
    table = KoboTable(tuple(headings[k] for k in kept), tuple(tuple(columns[k]) for k in kept), odk)
    rows = len(columns[0]) if columns else 0
    raws = raw_questions(table, request, told) if rows else []
    told += _said(raws, rows, odk=odk)
    own = {h.strip().casefold(): tuple(c) for h, c in zip(headings, columns, strict=True)}
    people = People(rows, own.get("key") or own.get("_id"), group, _seconds(own, rows))
    return assemble(raws, people, request, source="kobo", title=path.name, remarks=told)


READER = Reader(
    "kobo", Text(en="KoboToolbox, ODK Central", ru="KoboToolbox, ODK Central"), recognise, read
)


def _last(heading: str) -> str:
    """Name of a question without the groups it is in."""
    return heading.strip().rpartition("/")[2].casefold()


def _kept(headings: Sequence[str], told: list[Remark]) -> list[int]:
    kept, personal = [], []
    for place, heading in enumerate(headings):
        name = heading.strip().casefold()
        if {name, _last(heading)} & _PERSONAL:
            personal.append(heading)
        elif name and not ({name, _last(heading)} & (_KOBO | _ODK)) and "submission__" not in name:
            kept.append(place)
    if personal:
        told.append(
            remark(
                "personal_dropped",
                "columns that may identify a person were left out: {found}",
                found=", ".join(personal),
            )
        )
    return kept


def _said(raws: Sequence[Raw], rows: int, *, odk: bool) -> list[Remark]:
    told = []
    ticks = [raw for raw in raws if isinstance(raw, Ticks)]
    blank = [raw.name for raw in raws if rows and _left_out(raw)]
    if blank:
        told.append(
            remark(
                "unanswered_is_empty",
                "the file leaves a question that was not answered empty in all its columns, whether "
                "it was shown or not: it is read as not shown, in {count} questions: {found}",
                grave=True,
                count=len(blank),
                found=examples(blank),
            )
        )
    if odk and ticks:
        told.append(
            remark(
                "odk_chosen_only",
                "ODK Central writes a column only for options that somebody chose: the questions "
                "{found} may have more options, which a questionnaire tells",
                grave=True,
                found=examples(raw.name for raw in ticks),
            )
        )
    return told


def _left_out(raw: Raw) -> bool:
    if isinstance(raw, Ticks):
        return bool((raw.states == NOT_SHOWN).all(axis=1).any())
    return not bool(raw.shown.all())


def _seconds(own: Mapping[str, Sequence[str]], rows: int) -> npt.NDArray[np.float64] | None:
    """From start to end of the interview, where the form records both."""
    if "start" not in own or "end" not in own:
        return None
    times = np.full(rows, np.nan)
    for row, (start, end) in enumerate(zip(own["start"], own["end"], strict=True)):
        try:
            times[row] = (
                datetime.fromisoformat(end) - datetime.fromisoformat(start)
            ).total_seconds()
        except (ValueError, TypeError):
            continue
    return times
