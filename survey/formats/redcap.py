"""REDCap: raw or labelled CSV, with its data dictionary if there is one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from survey.answers import NOT_SELECTED, NOT_SHOWN, SELECTED
from survey.dataset import Dataset, Remark, remark
from survey.errors import SurveyError
from survey.formats.assemble import People, assemble
from survey.formats.base import NOT_RECOGNISED, Candidate, Reader, Recognition, Request
from survey.formats.names import column_place, examples, plain
from survey.formats.raw import Column, Columns, Item, Raw, Ticks
from survey.formats.redcap_dictionary import Field, is_dictionary, read_dictionary
from survey.formats.sheets import read_sheet
from survey.questions import Text

_PART = re.compile(r"(.+?)___(.+)")
_EVENT = ("redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance",
          "redcap_data_access_group", "redcap_survey_identifier")  # fmt: skip
_REPEATS = _EVENT[:3]
_TICKS = {"1": SELECTED, "0": NOT_SELECTED, "": NOT_SHOWN,
          "checked": SELECTED, "unchecked": NOT_SELECTED}  # fmt: skip
_COMPLETE = "_complete"
_DONE = ("2", "complete")
_TIMESTAMP = "_timestamp"


@dataclass(frozen=True, slots=True)
class _Table:
    headings: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    rows: int

    def cells(self, name: str) -> tuple[str, ...]:
        """Cells of the first column with this heading."""
        return self.columns[self.headings.index(name)]


def recognise(candidate: Candidate) -> Recognition:
    """By ``field___option``, ``form_complete`` and the columns of events."""
    if candidate.head is None:
        return NOT_RECOGNISED
    headings = [h.strip() for h in candidate.head.headings]
    if is_dictionary(headings):
        told = remark("redcap_dictionary", "its headings are those of a REDCap data dictionary")
        return Recognition(0.9, (told,))
    parts = sum(_PART.fullmatch(h) is not None for h in headings)
    forms = sum(h.endswith(_COMPLETE) for h in headings)
    events = sum(h in _EVENT for h in headings)
    if (parts > 1 and (forms or events)) or (forms and events):
        told = remark(
            "redcap_columns",
            "{parts} headings part a field from an option by three underscores and {forms} tell "
            "whether a form is complete, as in REDCap",
            parts=parts,
            forms=forms,
        )
        return Recognition(0.95, (told,))
    return Recognition(0.6) if parts > 1 or forms else NOT_RECOGNISED


def read(path: Path, request: Request) -> Dataset:
    """Read an export; without its dictionary the names of fields and codes are all there is.

    A check box that was not ticked, not answered and never shown is 0 alike: a remark says so.
    """
    sheet = read_sheet(path, encoding=request.encoding, delimiter=request.delimiter)
    headings = tuple(h.strip() for h in sheet.headings)
    if is_dictionary(headings):
        raise SurveyError(
            "redcap_dictionary_read",
            "the file {file} is a REDCap data dictionary, which holds no answers; it is expected "
            "beside a file of answers",
            file=path.name,
        )
    table = _Table(headings, tuple(map(tuple, sheet.columns())), len(sheet.rows) - 1)
    fields = {} if request.dictionary is None else read_dictionary(request.dictionary)
    told = list(sheet.remarks)
    skip = {0} | {k for k, h in enumerate(headings) if h in _EVENT}
    group: Sequence[str] | None = None
    if request.group_column is not None:
        place = column_place(request.group_column, [headings], len(headings))
        group = table.columns[place]
        field = fields.get(headings[place])
        if field is not None:
            group = [field.choices.get(cell, cell) for cell in group]
        skip |= set() if request.questionnaire is not None else {place}
    raws = _raws(table, fields, skip, told)
    told += _zeros(raws, fields)
    people = People(table.rows, _names(table, told), group, submitted=_submitted(table, fields))
    return assemble(raws, people, request, source="redcap", title=path.name, remarks=told)


READER = Reader("redcap", Text(en="REDCap", ru="REDCap"), recognise, read)


def _raws(
    table: _Table, fields: Mapping[str, Field], skip: set[int], told: list[Remark]
) -> list[Raw]:
    boxes: dict[str, list[tuple[int, str]]] = {}
    matrices: dict[str, list[int]] = {}
    single: list[int] = []
    personal = []
    order: dict[str, int] = {}
    for place, heading in enumerate(table.headings):
        field = fields.get(heading)
        part = _PART.fullmatch(heading)
        if place in skip or _own(heading, fields):
            continue
        if field is not None and field.identifier:
            personal.append(heading)
        elif part is not None:
            boxes.setdefault(part[1], []).append((place, part[2]))
            order.setdefault(part[1], place)
        elif field is not None and field.matrix:
            matrices.setdefault(field.matrix, []).append(place)
            order.setdefault(field.matrix, place)
        elif field is None or field.kind not in {"descriptive", "file", "signature"}:
            single.append(place)
    if personal:
        told.append(
            remark(
                "personal_dropped",
                "columns that may identify a person were left out: {found}",
                found=", ".join(personal),
            )
        )
    made: list[tuple[int, Raw]] = [
        *(
            (order[name], _ticks(name, members, table, fields, told))
            for name, members in boxes.items()
        ),
        *((order[name], _matrix(name, places, table, fields)) for name, places in matrices.items()),
        *((place, _column(place, table, fields)) for place in single),
    ]
    return [raw for _, raw in sorted(made, key=lambda pair: pair[0])]


def _own(heading: str, fields: Mapping[str, Field]) -> bool:
    """Columns that REDCap adds for each form."""
    if heading in fields:
        return False
    return heading.endswith((_COMPLETE, _TIMESTAMP)) and _PART.fullmatch(heading) is None


def _ticks(
    name: str,
    members: Sequence[tuple[int, str]],
    table: _Table,
    fields: Mapping[str, Field],
    told: list[Remark],
) -> Ticks:
    field = fields.get(name)
    # Headings hold codes in small letters, with _ for the minus sign.
    known = {} if field is None else {
        code.casefold().replace("-", "_"): (code, text) for code, text in field.choices.items()
    }  # fmt: skip
    items = tuple(Item(*known.get(code.casefold(), (code, code))) for _, code in members)
    columns = [[plain(cell) for cell in table.columns[place]] for place, _ in members]
    strange = {c for cells in columns for c in cells if c not in _TICKS}
    if strange:
        # In labelled exports some versions write the option's own label for a ticked box.
        labels = {plain(item.text) for item in items}
        odd = strange - labels
        if odd:
            told.append(
                remark(
                    "ticks_unknown",
                    "the boxes of question {question} hold {found}, which is neither ticked nor "
                    "not; they are read as not shown",
                    grave=True,
                    question=name,
                    found=examples(odd),
                )
            )
        known_ticks = _TICKS | dict.fromkeys(labels, SELECTED) | dict.fromkeys(odd, NOT_SHOWN)
    else:
        known_ticks = _TICKS
    states = np.array([[known_ticks[c] for c in cells] for cells in columns], dtype=np.int8).T
    text = name if field is None else field.label or name
    return Ticks(name, text, items, states)


def _matrix(
    name: str, places: Sequence[int], table: _Table, fields: Mapping[str, Field]
) -> Columns:
    mine = [fields[table.headings[place]] for place in places]
    cells = [table.columns[place] for place in places]
    items = tuple(Item(field.name, field.label or field.name) for field in mine)
    shown = np.array([_asked(field, column) for field, column in zip(mine, cells, strict=True)]).T
    return Columns(name, name, items, cells, shown, mine[0].choices)


def _column(place: int, table: _Table, fields: Mapping[str, Field]) -> Column:
    name, cells = table.headings[place], table.columns[place]
    field = fields.get(name)
    if field is None:
        return Column(name, name, cells, np.ones(table.rows, dtype=np.bool_))
    return Column(name, field.label or name, cells, _asked(field, cells), field.choices,
                  kind=field.answer)  # fmt: skip


def _asked(field: Field, cells: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Under branching logic an empty cell is taken as not shown; else everything was shown."""
    if not field.branching:
        return np.ones(len(cells), dtype=np.bool_)
    return np.array([bool(cell.strip()) for cell in cells], dtype=np.bool_)


def _zeros(raws: Sequence[Raw], fields: Mapping[str, Field]) -> list[Remark]:
    """What the zeros of check boxes leave open."""
    told = []
    for raw in raws:
        if not isinstance(raw, Ticks):
            continue
        none = int((raw.states == NOT_SELECTED).all(axis=1).sum())
        if not none:
            continue
        field = fields.get(raw.name)
        if field is not None and field.branching:
            told.append(
                remark(
                    "redcap_zero_branching",
                    "REDCap writes 0 for a box that was never shown, and {question} is shown only "
                    "if {logic}: {count} rows without a ticked box are read as shown, which may be "
                    "wrong",
                    grave=True,
                    question=raw.name,
                    logic=field.branching,
                    count=none,
                )
            )
        else:
            told.append(
                remark(
                    "redcap_zero",
                    "REDCap writes 0 for a box that was not ticked, not answered or never shown: "
                    "{count} rows of {question} without a ticked box are read as shown and none "
                    "chosen",
                    grave=True,
                    count=none,
                    question=raw.name,
                )
            )
    return told


def _names(table: _Table, told: list[Remark]) -> list[str] | None:
    """Record, event and instance: a record of several rows is told."""
    records = table.columns[0]
    present = [table.cells(name) for name in _REPEATS if name in table.headings]
    if not present:
        return list(records)
    several = len(records) - len(set(records))
    if several:
        told.append(
            remark(
                "redcap_repeats",
                "{rows} rows are of {records} records: events or repeated forms of one person "
                "stand in rows of their own and are read as respondents of their own",
                grave=True,
                rows=len(records),
                records=len(set(records)),
            )
        )
    parts = zip(records, *present, strict=True)
    return ["/".join(part for part in row if part.strip()) for row in parts]


def _submitted(table: _Table, fields: Mapping[str, Field]) -> npt.NDArray[np.bool_] | None:
    """Complete where every form that asks something is; without a dictionary, where any is."""
    forms = [h for h in table.headings if h.endswith(_COMPLETE) and h not in fields]
    first = table.headings[0]
    asking = {f"{field.form}{_COMPLETE}" for field in fields.values() if field.name != first}
    known = [form for form in forms if form in asking]
    done = [np.array([plain(c) in _DONE for c in table.cells(form)]) for form in known or forms]
    if not done:
        return None
    every = np.stack(done)
    return np.asarray(every.all(axis=0) if known else every.any(axis=0), dtype=np.bool_)
