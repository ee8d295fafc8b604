"""SurveyMonkey: two heading rows, or one with numbered headings.

An option has a column of its own, with its label where it was selected and nothing elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from survey.answers import NOT_SELECTED, SELECTED
from survey.dataset import Dataset, Remark, remark
from survey.formats.assemble import People, assemble, lost_state
from survey.formats.base import NOT_RECOGNISED, Candidate, Reader, Recognition, Request
from survey.formats.cells import Sheet
from survey.formats.names import bare, column_place, plain
from survey.formats.raw import Column, Columns, Item, Raw, Ticks
from survey.formats.sheets import read_sheet
from survey.formats.unasked import hide_unasked
from survey.questions import Text

_OWN = frozenset(
    ("respondent id", "collector id", "start date", "end date", "date created", "date modified"),
) | frozenset(("respondent_id", "collector_id", "date_created", "date_modified"))  # fmt: skip
_PERSONAL = frozenset(
    ("ip address", "email address", "first name", "last name", "custom data 1", "custom data"),
) | frozenset(("ip_address", "email_address", "first_name", "last_name", "custom_1"))  # fmt: skip
_ALONE = frozenset(("response", "open-ended response", "ответ", "развернутый ответ"))
_OTHER = re.compile(r"(other|другое|иное)\b.*")
_NUMBERED = re.compile(r"(\d+)\.\s*(.*\S)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Part:
    """One column of a question."""

    label: str
    cells: Sequence[str]

    @property
    def met(self) -> set[str]:
        return {plain(cell) for cell in self.cells} - {""}

    @property
    def ticked(self) -> bool:
        """Nothing but its own label stands in it; a full stop may close it in the heading."""
        own = bare(self.label)
        return all(own == bare(cell) or own.endswith(f"- {bare(cell)}") for cell in self.met)

    @property
    def other(self) -> bool:
        return _OTHER.fullmatch(plain(self.label)) is not None and not (self.ticked and self.met)


def recognise(candidate: Candidate) -> Recognition:
    """The columns SurveyMonkey begins with, or numbered headings over labels."""
    if candidate.head is None:
        return NOT_RECOGNISED
    rows = candidate.head.rows
    own = {plain(cell) for cell in rows[0]} & _OWN
    if len(own) > 1 and own & {"respondent id", "respondent_id", "collector id", "collector_id"}:
        told = remark(
            "surveymonkey_columns",
            "the file has SurveyMonkey's own columns: {found}",
            found=", ".join(sorted(own)),
        )
        return Recognition(0.95, (told,))
    numbered = [_NUMBERED.fullmatch(cell.strip()) for cell in rows[0]]
    parts = [_Part(n[2], [row[k] for row in rows[1:]]) for k, n in enumerate(numbered) if n]
    ticked = sum(part.ticked and bool(part.met) for part in parts)
    if ticked > 1 and sum(map(bool, numbered)) * 2 > candidate.head.width:
        told = remark(
            "surveymonkey_numbered",
            "{count} headings are numbered options over columns with that option or nothing, as "
            "SurveyMonkey writes them",
            count=ticked,
        )
        return Recognition(0.8, (told,))
    return NOT_RECOGNISED


def read(path: Path, request: Request) -> Dataset:
    """Answers in a SurveyMonkey export."""
    sheet = read_sheet(
        path, encoding=request.encoding, delimiter=request.delimiter, sheet=request.sheet
    )
    above = request.heading_rows or _heading_rows(sheet)
    columns = sheet.columns(above)
    told = list(sheet.remarks)
    own = {plain(h): k for k, h in reversed(list(enumerate(sheet.headings)))}
    group, skip = None, {k for h, k in own.items() if h in _OWN | _PERSONAL}
    if request.group_column is not None:
        place = column_place(request.group_column, sheet.rows[:above], sheet.width)
        group = columns[place]
        skip |= {place} if request.questionnaire is None else set()
    personal = [h for h in sheet.headings if plain(h) in _PERSONAL]
    if personal:
        told.append(
            remark(
                "personal_dropped",
                "columns that may identify a person were left out: {found}",
                found=", ".join(personal),
            )
        )
    two = above > 1
    parts = _two_rows(sheet, columns, skip) if two else _numbered(sheet, columns, skip, told)
    raws = [raw for name, text, own_parts in parts for raw in _raws(name, text, own_parts)]
    doubtful = sum(
        isinstance(raw, Ticks) and bool((raw.states == NOT_SELECTED).all(axis=1).any())
        for raw in raws
    )
    names = next((columns[own[h]] for h in ("respondent id", "respondent_id") if h in own), None)
    people = People(len(columns[0]) if columns else 0, names, group)
    wave = assemble(
        raws, people, request, source="surveymonkey", title=path.name,
        remarks=(*told, *lost_state(raws, doubtful)),
    )  # fmt: skip
    return hide_unasked(wave)


def _heading_rows(sheet: Sheet) -> int:
    """Two if the second row names options: it is empty under the columns about the interview."""
    if len(sheet.rows) < 2:
        return 1
    own = [k for k, h in enumerate(sheet.headings) if plain(h) in _OWN | _PERSONAL]
    gaps = any(not h.strip() and s.strip() for h, s in zip(*sheet.rows[:2], strict=True))
    below = [sheet.rows[1][k] for k in own]
    alone = any(plain(cell) in _ALONE for cell in sheet.rows[1])
    return 2 if (gaps or alone) and not any(cell.strip() for cell in below) else 1


_Question = tuple[str, str, list[_Part]]


def _two_rows(sheet: Sheet, columns: Sequence[Sequence[str]], skip: set[int]) -> list[_Question]:
    made: list[_Question] = []
    for place, (text, label) in enumerate(zip(*sheet.rows[:2], strict=True)):
        if place in skip:
            continue
        part = _Part(label.strip(), columns[place])
        if text.strip() or not made:
            made.append((text.strip(), text.strip(), [part]))
        else:
            made[-1][2].append(part)
    return made


def _numbered(
    sheet: Sheet, columns: Sequence[Sequence[str]], skip: set[int], told: list[Remark]
) -> list[_Question]:
    """Headings ``3. Python.``: columns of one number are one question.

    Where every option has a number of its own, options side by side are taken together: a column
    that holds nothing but its own heading cannot be a question.
    """
    made: list[_Question] = []
    numbers: list[str] = []
    for place, heading in enumerate(sheet.headings):
        if place in skip or not (heading.strip() or any(columns[place])):
            continue
        found = _NUMBERED.fullmatch(heading.strip())
        number, label = (found[1], found[2]) if found else ("", heading.strip())
        part = _Part(label.removesuffix("."), columns[place])
        if made and number and numbers[-1] == number:
            made[-1][2].append(part)
        else:
            made.append((f"Q{number}" if number else label, label if found else heading, [part]))
            numbers.append(number)
    joined: list[_Question] = []
    merged = 0
    for one in made:
        alone = len(one[2]) == 1 and one[2][0].ticked and bool(one[2][0].met)
        last = joined[-1] if joined else None
        if alone and last is not None and all(p.ticked and p.met for p in last[2]):
            last[2].extend(one[2])
            merged += 1
        else:
            joined.append(one)
    if merged:
        told.append(
            remark(
                "options_gathered",
                "{count} columns hold nothing but their own heading: they are taken as further "
                "options of the question before them",
                grave=True,
                count=merged,
            )
        )
    return joined


def _raws(name: str, text: str, parts: Sequence[_Part]) -> list[Raw]:
    rows = len(parts[0].cells)
    shown = np.ones(rows, dtype=np.bool_)
    others = [part for part in parts if part.other]
    rest = [part for part in parts if not part.other]
    written = [c if c.strip() else None for c in others[0].cells] if others else None
    if not rest:
        return [Column(name, text, part.cells, shown, kind="text") for part in others]
    if len(rest) == 1 and (len(parts) == 1 or plain(rest[0].label) in _ALONE):
        if rest[0].ticked and rest[0].met and plain(rest[0].label) not in _ALONE:
            return [_ticks(name, text, rest, None)]
        kind = "text" if plain(rest[0].label).startswith(("open", "разв")) else ""
        other = others[0].label if others else ""
        return [Column(name, text, rest[0].cells, shown, written=written, kind=kind, other=other)]
    if all(part.ticked for part in rest):
        return [_ticks(name, text, [*rest, *others], written)]
    items = tuple(Item.of(part.label or str(k + 1)) for k, part in enumerate(rest))
    cells = [part.cells for part in rest]
    grid = Columns(name, text, items, cells, np.ones((rows, len(rest)), dtype=np.bool_))
    beside = [Column(f"{name} [{o.label}]", f"{text} [{o.label}]", o.cells, shown, kind="text")
              for o in others]  # fmt: skip
    return [grid, *beside]


def _ticks(name: str, text: str, parts: Sequence[_Part], written: list[str | None] | None) -> Ticks:
    states = np.array(
        [[SELECTED if c.strip() else NOT_SELECTED for c in part.cells] for part in parts],
        dtype=np.int8,
    ).T
    items = tuple(Item.of(part.label) for part in parts)
    beside = {len(parts) - 1: written} if written is not None else {}
    return Ticks(name, text, items, states, beside)


READER = Reader(
    "surveymonkey",
    Text(en="SurveyMonkey (CSV, XLSX)", ru="SurveyMonkey (CSV, XLSX)"),
    recognise,
    read,
)
