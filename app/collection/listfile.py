"""A table that a person fills in or keeps: columns found by their headings in either language."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from app.study.faults import Fault, Message, literal, message, one_of
from survey.formats.cells import Sheet
from survey.formats.sheets import read_sheet
from survey.formats.text import DECLARED, decode, read_bytes

LONGEST_TEXT = 200  # characters of a name or a group


class ListError(ValueError):
    """A list that cannot be used; `faults` holds every fault, one line each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row: its number as a spreadsheet shows it, and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """Text of a cell, "" where the file has no such column."""
        return self.cells.get(column, "")


def read_rows(
    file: Path, headings: Mapping[str, Sequence[str]]
) -> tuple[frozenset[str], list[Row], list[Fault]]:
    """Columns that were found, filled rows, and faults of the headings and of single cells.

    Parameters
    ----------
    file
        CSV or .xlsx.
    headings
        Column -> what it may be headed, in any case; the first is its name in messages.

    Raises
    ------
    SurveyError
        The file is no table.

    """
    sheet = read_sheet(file)
    numbers = _numbers(file, sheet)
    body = sheet.rows[1:]
    at, faults = _columns(file.name, sheet.headings, body, headings)
    rows = []
    for number, cells in zip(numbers[1:], body, strict=False):
        found = {column: cells[k].strip() for column, k in at.items()}
        if not any(found.values()):
            continue
        rows.append(Row(number, found))
        faults += [
            Fault(file.name, number, column, *reason)
            for column, text in found.items()
            if (reason := _fault_of(text)) is not None
        ]
    if not rows and not faults:
        faults.append(
            Fault(
                file.name,
                None,
                None,
                message("no rows below the headings"),
                message("at least one row"),
            )
        )
    return frozenset(at), rows, faults


def _numbers(file: Path, sheet: Sheet) -> list[int]:
    """Number of each row of a sheet, which is without the empty lines of its file."""
    rows: Iterator[Sequence[object]]
    if not sheet.delimiter:
        with file.open("rb") as opened:
            book = load_workbook(opened, read_only=True, data_only=True, keep_links=False)
            first = book[book.sheetnames[0]]
            first.reset_dimensions()
            numbers = [k for k, row in enumerate(first.iter_rows(values_only=True), 1) if row]
            book.close()
        return numbers
    text, _, _ = decode(read_bytes(file), file.name)
    if declared := DECLARED.match(text):
        text = text[declared.end() :]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=sheet.delimiter)
    return [number for number, row in enumerate(rows, start=1) if row]


def _columns(
    name: str,
    found: Sequence[str],
    body: Sequence[Sequence[str]],
    headings: Mapping[str, Sequence[str]],
) -> tuple[dict[str, int], list[Fault]]:
    known = {plain(text): column for column, texts in headings.items() for text in texts}
    at: dict[str, int] = {}
    faults = []
    for k, heading in enumerate(found):
        column = known.get(plain(heading))
        if column is not None and column not in at:
            at[column] = k
        elif column is not None:
            faults.append(
                Fault(
                    name,
                    1,
                    heading.strip(),
                    message("a second column of this meaning"),
                    message("one such column"),
                )
            )
        elif heading.strip() or any(row[k].strip() for row in body):
            # A column passed over in silence may have held what someone meant to be used.
            faults.append(
                Fault(
                    name,
                    1,
                    None,
                    message("a column headed {heading}", heading=literal(heading.strip() or '""')),
                    one_of(heading, [texts[0] for texts in headings.values()]),
                )
            )
    return at, faults


def _fault_of(text: str) -> tuple[Message, Message] | None:
    if any(unicodedata.category(sign) in {"Cc", "Zl", "Zp"} for sign in text):
        return (
            message("a line break or another sign that is not printed"),
            message("one line of text"),
        )
    if len(text) > LONGEST_TEXT:
        return (
            message("a text of {count} characters", count=len(text)),
            message("at most {most}", most=LONGEST_TEXT),
        )
    return None


def plain(heading: str) -> str:
    """Heading without case, spaces, hyphens and full stops: ``E-mail`` is ``email``."""
    return re.sub(r"[\s._-]+", "", heading).casefold().replace("ё", "е")
