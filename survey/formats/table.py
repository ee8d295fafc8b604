"""Plain tables of a spreadsheet: a row for each respondent, columns as somebody laid them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from survey.dataset import Dataset, Remark, remark
from survey.formats.assemble import People, assemble, lost_state
from survey.formats.base import NOT_RECOGNISED, Candidate, Reader, Recognition, Request
from survey.formats.bulk import BulkTable, read_bulk
from survey.formats.cells import Sheet
from survey.formats.coded import Coded
from survey.formats.layout import SEPARATORS, question_parts
from survey.formats.names import bare, column_place, number_of, plain, question_for
from survey.formats.raw import Column, Item, Joined, Raw
from survey.formats.sheets import read_sheet
from survey.formats.table_codings import NO, YES, Codings, raw_of
from survey.formats.text import read_start
from survey.formats.workbook import ZIP_MAGIC
from survey.questions import Quantity, Text

_NAMES = frozenset(
    ("respondent", "respondent id", "respondent_id", "id", "№", "номер", "респондент", "анкета",
     "номер анкеты")
)  # fmt: skip
_SIGNS = (";", "|", "\n", ", ")
_MOST_PARTS = 40  # distinct parts of joined cells known by the cells only
_LEAST_SCORE, _SURER_SCORE = 0.35, 0.6
Group = tuple[str, str, list[tuple[int, Item]]]


def recognise(candidate: Candidate) -> Recognition:
    """Any table of several columns and rows, if no format has plainer marks."""
    head = candidate.head
    if head is None or head.width < 2 or len(head.rows) < 2 or any(r.grave for r in head.remarks):
        return NOT_RECOGNISED
    told = remark(
        "plain_table",
        "it is a table of {columns} columns without the marks of any survey tool",
        columns=head.width,
    )
    return Recognition(_SURER_SCORE if _has_choices(head) else _LEAST_SCORE, (told,))


def _has_choices(head: Sheet) -> bool:
    """Whether neighbours named alike say chosen or not, as LimeSurvey's ``code. text`` never do."""
    columns = [Coded.of(cells) for cells in head.columns()]
    found = Codings()
    for name, text, members in _alike(head.headings, range(head.width), Request()):
        if not head.headings[members[0][0]].strip().endswith("]"):
            parts = [columns[place] for place, _ in members]
            raw_of(name, text, [item for _, item in members], parts, None, Request(), found)
    return bool(found.marks)


def read(path: Path, request: Request) -> Dataset:
    """Read a table.

    Columns of one question are known by `request.columns`, by the questionnaire's ids and texts,
    or by what their headings have in common.
    A choice may be coded as 1 and 0, yes and no, a mark or nothing, the option's own code or label
    and 0 or nothing, or as the chosen codes in the order of choice.
    """
    told: list[Remark] = []
    table = _table(path, request, told)
    headings = _headings(table, told)
    body = table.columns
    skip: set[int] = set()
    group = None
    if request.group_column is not None:
        place = column_place(request.group_column, [headings], len(headings))
        group = body[place].cells
        if request.questionnaire is None:
            skip.add(place)
    names = _names(headings, body, skip, request)
    found = Codings()
    raws = _raws(headings, body, skip, request, found)
    told += [*found.remarks(), *lost_state(raws, found.lost)]
    people = People(table.rows, names, group)
    return assemble(raws, people, request, source="table", title=path.name, remarks=told)


READER = Reader(
    "table", Text(en="Plain table (CSV, XLSX)", ru="Простая таблица (CSV, XLSX)"), recognise, read
)


def _table(path: Path, request: Request, told: list[Remark]) -> BulkTable:
    """Headings and columns; the large and plain ones in bulk."""
    start = read_start(path, 4)
    if request.heading_rows in {None, 1} and not start.startswith(ZIP_MAGIC):
        bulk = read_bulk(path, encoding=request.encoding, delimiter=request.delimiter)
        if bulk is not None:
            return bulk
    sheet = read_sheet(
        path, encoding=request.encoding, delimiter=request.delimiter, sheet=request.sheet
    )
    told += sheet.remarks
    above = request.heading_rows
    if above is None:
        above = int(not _is_body(sheet.headings))
        if not above:
            told.append(
                remark(
                    "headings_missing",
                    "the first row holds answers, not headings; the columns are numbered instead",
                    grave=True,
                )
            )
    headings = sheet.rows[above - 1] if above else tuple(f"c{k + 1}" for k in range(sheet.width))
    columns = tuple(Coded.of(cells) for cells in sheet.columns(above))
    return BulkTable(headings, columns, len(sheet.rows) - above)


def _is_body(row: Sequence[str]) -> bool:
    """Whether a first row is one of answers: marks and numbers, and one of them twice."""
    cells = [plain(cell) for cell in row if cell.strip()]
    answers = all(cell in YES | NO or number_of(cell) is not None for cell in cells)
    return answers and len(set(cells)) < len(cells)


def _headings(table: BulkTable, told: list[Remark]) -> tuple[str, ...]:
    empty = [k for k, heading in enumerate(table.headings) if not heading.strip()]
    filled = [k for k in empty if table.columns[k].met != {""}]
    if filled:
        told.append(
            remark(
                "headings_empty",
                "{count} columns with answers have no heading; they are called by their numbers",
                count=len(filled),
            )
        )
    return tuple(h if h.strip() else f"c{k + 1}" for k, h in enumerate(table.headings))


def _names(
    headings: Sequence[str], body: Sequence[Coded], skip: set[int], request: Request
) -> list[str] | None:
    """Column of the respondents' names, if one is called so and they are distinct."""
    asked = request.questionnaire
    for place, heading in enumerate(headings):
        if plain(heading) in _NAMES and question_for(asked, heading, heading) is None:
            column = body[place]
            if len(column.texts) == len(column.codes) and "" not in column.met:
                skip.add(place)
                return column.cells
    return None


def _raws(
    headings: Sequence[str],
    body: Sequence[Coded],
    skip: set[int],
    request: Request,
    found: Codings,
) -> list[Raw]:
    made: list[tuple[int, Raw]] = []
    used = set(skip)
    for name, text, members in _groups(headings, skip, request):
        places = [place for place, _ in members]
        if used & set(places):
            continue
        question = question_for(request.questionnaire, name, text)
        items = [item for _, item in members]
        raw = raw_of(name, text, items, [body[k] for k in places], question, request, found)
        if raw is not None:
            used |= set(places)
            made.append((places[0], raw))
    for place, heading in enumerate(headings):
        if place in used or (body[place].met <= {""} and heading == f"c{place + 1}"):
            continue
        made.append((place, _alone(heading, body[place].cells, request)))
    return [raw for _, raw in sorted(made, key=lambda pair: pair[0])]


def _groups(headings: Sequence[str], skip: set[int], request: Request) -> list[Group]:
    """Columns that may be one question: as told, as the questionnaire has it, as headings say."""
    groups: list[Group] = []
    for name, columns in request.columns.items():
        places = [column_place(wanted, [headings], len(headings)) for wanted in columns]
        parts = [_part(headings[place], name) for place in places]
        members = [(k, Item.of(p)) for k, p in zip(places, parts, strict=True)]
        if len(members) > 1:
            groups.append((name, name, members))
    kept = [k for k in range(len(headings)) if k not in skip]
    named = [headings[k] for k in kept]
    for name, cells in question_parts(named, request.questionnaire).items():
        groups.append((name, name, [(kept[k], Item(code, named[k])) for k, code in cells]))
    groups += _alike(headings, kept, request)
    return groups


def _part(heading: str, name: str) -> str:
    start = len(name) if plain(heading).startswith(plain(name)) else 0
    return heading[start:].strip(" _:./-[]()") or heading


def _alike(headings: Sequence[str], kept: Sequence[int], request: Request) -> list[Group]:
    """Neighbours whose headings are one text, a separator and different parts."""
    for_asked = request.questionnaire is not None
    made: list[Group] = []
    seen: set[str] = set()
    last = -2
    for place in kept:
        base, part = _split(headings[place])
        if for_asked and base and question_for(request.questionnaire, base, base) is None:
            base = ""
        if base and made and place == last + 1 and made[-1][0] == base and plain(part) not in seen:
            made[-1][2].append((place, Item.of(part)))
            seen.add(plain(part))
        else:
            made.append((base, base, [(place, Item.of(part))]))
            seen = {plain(part)}
        last = place
    return [group for group in made if group[0] and len(group[2]) > 1]


def _split(heading: str) -> tuple[str, str]:
    """Question and part of a heading; the question is empty if nothing parts them."""
    whole = heading.strip()
    if whole.endswith("]") and "[" in whole[1:]:
        base, _, part = whole[:-1].partition("[")
        return base.strip(), part.strip()
    for sign in SEPARATORS:
        if sign == " ":
            continue
        base, found, part = whole.rpartition(sign)
        if found and base.strip() and part.strip():
            return base.strip(), part.strip()
    return "", whole


def _alone(heading: str, cells: Sequence[str], request: Request) -> Raw:
    """A question of one column, of which joined options are told or recognised."""
    shown = np.ones(len(cells), dtype=np.bool_)
    question = question_for(request.questionnaire, heading, heading)
    told = {bare(key) for key in request.options}
    if bare(heading) in told:
        return Joined(heading, heading, cells, _sign(cells), shown)
    if request.questionnaire is None and _is_joined(cells, sign := _sign(cells)):
        return Joined(heading, heading, cells, sign, shown)
    kind = "number" if isinstance(question, Quantity) else ""
    return Column(heading, heading, cells, shown, kind=kind)


def _sign(cells: Sequence[str]) -> str:
    counts = {sign: sum(sign in cell for cell in cells) for sign in _SIGNS}
    return max(counts, key=lambda sign: counts[sign])


def _is_joined(cells: Sequence[str], sign: str) -> bool:
    """Whether few parts, parted by `sign`, make many cells, as no prose does."""
    given = [cell for cell in cells if cell.strip()]
    parted = sum(sign in cell for cell in given)
    parts = Counter(part.strip() for cell in given for part in cell.split(sign))
    return (
        parted * 10 >= len(given) > 0
        and 1 < len(parts) <= _MOST_PARTS
        and sum(parts.values()) >= 3 * len(parts)
    )
