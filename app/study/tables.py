"""CSV files to typed rows, every fault of a file at once."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from app.study.columns import INVALID, Column, Invalid, Value, as_numbers
from app.study.faults import Fault, Message, literal, message, nearest
from app.study.formats import NOTES, Format
from app.study.textfile import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, and its values by column."""

    number: int
    cells: dict[str, Value | Invalid]

    def __getitem__(self, column: str) -> Value | Invalid:
        return self.cells.get(column, INVALID)  # an absent column has its fault in the header

    def known(self, column: str) -> str | None:
        """Text of a cell; None if it is empty or has a fault of its own."""
        value = self.cells.get(column)
        return value if isinstance(value, str) else None

    def figure(self, column: str) -> float | None:
        """Number of a cell; None if it is empty or has a fault of its own."""
        value = self.cells.get(column)
        return value if isinstance(value, int | float) else None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one file.

    `sound` if the file has no fault of its own, `whole` if no row of it had to be left out.
    """

    file: str
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    sound: bool = True
    whole: bool = True
    kinds: Mapping[str, str] = field(default_factory=dict)
    decimal_comma: bool = False

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def names(self, column: str) -> tuple[str, ...]:
        """Distinct texts of a column, in order."""
        found = (row.known(column) for row in self.rows)
        return tuple(dict.fromkeys(name for name in found if name is not None))

    def frame(self) -> pd.DataFrame:
        """Columns with their types; empty texts are ``""``, empty numbers NaN."""
        data = {}
        for name in self.columns:
            cells = [row[name] for row in self.rows]
            match self.kinds.get(name, "text"):
                case "number":
                    data[name] = pd.Series(cells, dtype="float64")
                case "whole":
                    data[name] = pd.Series(cells, dtype="int64")
                case "free" if numbers := as_numbers(cells, decimal_comma=self.decimal_comma):
                    whole = all(number.is_integer() for number in numbers)
                    data[name] = pd.Series(numbers, dtype="int64" if whole else "float64")
                case _:
                    data[name] = pd.Series(
                        ["" if cell is None else cell for cell in cells], dtype="object"
                    )
        return pd.DataFrame(data, columns=list(self.columns))


def read_table(folder: Path, format_: Format) -> tuple[Table, list[Fault]]:
    """Rows of a table and every fault of its text, header and cells."""
    file = format_.file
    content = read_text(folder, file)
    if isinstance(content, Fault):
        return Table(file, sound=False), [content]
    separator = _separator(file, content)
    if isinstance(separator, Fault):
        return Table(file, sound=False), [separator]
    try:
        records = list(
            csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
        )
    except csv.Error as error:
        fault = Fault(
            file,
            None,
            None,
            message("quotation marks that do not match ({reason})", reason=str(error)),
            message('quoted cells that end with a quotation mark, with "" for a mark inside'),
        )
        return Table(file, sound=False), [fault]
    header = [name.strip() for name in records[0]]
    columns, faults = _header(format_, header)
    rows: list[Row] = []
    for at, record in enumerate(records[1:], start=2):
        if not any(cell.strip() for cell in record):
            continue  # spreadsheets write empty rows below the last one
        if len(record) != len(header):
            faults.append(
                Fault(
                    file,
                    at,
                    None,
                    message("{count} cells", count=len(record)),
                    message("{count}, as many as the header has", count=len(header)),
                )
            )
            continue
        row, found = _row(file, at, dict(zip(header, record, strict=True)), columns, separator)
        rows.append(row)
        faults += found
    if not rows and not faults:
        faults.append(
            Fault(file, None, None, message("a header only"), message("at least one row"))
        )
    faults += _repeated(file, rows, format_.key)
    known = tuple(name for name in header if name in columns)
    kinds = {name: column.kind for name, column in columns.items()}
    whole = sum(any(cell.strip() for cell in record) for record in records[1:]) == len(rows)
    return Table(file, known, tuple(rows), not faults, whole, kinds, separator == ";"), faults


def _separator(file: str, content: str) -> str | Fault:
    """Comma or semicolon, whichever the header has."""
    first = content.splitlines()[0]
    counts = {sign: first.count(sign) for sign in ",;\t"}
    best = max(counts, key=lambda sign: counts[sign])
    if best == "\t" and counts[best]:
        return Fault(
            file,
            1,
            None,
            message("columns separated by tabs"),
            message("columns separated by commas or semicolons"),
        )
    return best if counts[best] else ","


def _header(format_: Format, header: Sequence[str]) -> tuple[dict[str, Column], list[Fault]]:
    """Columns of the file by name, and faults of its header."""
    file = format_.file
    faults: list[Fault] = []
    specified = {column.name: column for column in (*format_.columns, *NOTES)}
    for name, times in Counter(header).items():
        if not name:
            faults.append(
                Fault(file, 1, None, message("a column without a name"), message("a name"))
            )
        elif times > 1:
            faults.append(
                Fault(
                    file,
                    1,
                    name,
                    message("this column {times} times", times=times),
                    message("it once"),
                )
            )
    absent = [name for name in specified if name not in header]
    misspelt: set[str] = set()
    for name in dict.fromkeys(header):
        if not name or name in specified:
            continue
        close = nearest(name, absent)
        if format_.free and (close is None or not _misspelling(name, close)):
            continue
        if close is not None:
            misspelt.add(close)
            expected = message("a column of this table; the nearest is {nearest}", nearest=close)
        else:
            expected = message("one of the columns {known}", known=", ".join(specified))
        faults.append(Fault(file, 1, name, message("an unknown column"), expected))
    faults += [
        Fault(file, 1, name, message("no such column"), message("the column {name}", name=name))
        for name in absent
        if specified[name].required and name not in misspelt
    ]
    faults += _one_language(file, header)
    columns = {
        name: specified.get(name, Column(name, "free", required=False, blank=True))
        for name in header
        if name and (name in specified or format_.free)
    }
    return columns, faults


def _misspelling(name: str, close: str) -> bool:
    """Whether a free column's name is rather a known one misspelt: one or two letters off."""
    return (
        abs(len(name) - len(close)) <= 1
        and sum((Counter(name) - Counter(close)).values())
        + sum((Counter(close) - Counter(name)).values())
        <= 2
    )


def _one_language(file: str, header: Sequence[str]) -> list[Fault]:
    """Optional texts that stand in one language only."""
    faults = []
    for name in header:
        stem, _, lang = name.rpartition("_")
        other = {"en": "ru", "ru": "en"}.get(lang)
        if stem and other and f"{stem}_{other}" not in header:
            faults.append(
                Fault(
                    file,
                    1,
                    name,
                    message("a text in one language only"),
                    message("the column {name} beside it", name=f"{stem}_{other}"),
                )
            )
    return faults


def _row(
    file: str, at: int, cells: dict[str, str], columns: dict[str, Column], separator: str
) -> tuple[Row, list[Fault]]:
    faults: list[Fault] = []
    values: dict[str, Value | Invalid] = {}
    for name, column in columns.items():
        parsed = column.parse(cells[name], decimal_comma=separator == ";")
        if isinstance(parsed, Message):
            cell = cells[name].strip()
            found = literal(cell) if cell else message("an empty cell")
            faults.append(Fault(file, at, name, found, parsed))
            values[name] = INVALID
        else:
            values[name] = parsed
    for name in columns:
        other = f"{name[:-3]}_ru"
        if name.endswith("_en") and other in columns:
            filled = [values[each] is not None for each in (name, other)]
            if any(filled) and not all(filled):
                empty = other if filled[0] else name
                faults.append(
                    Fault(
                        file,
                        at,
                        empty,
                        message("an empty cell"),
                        message("a text in both languages"),
                    )
                )
    return Row(at, values), faults


def _repeated(file: str, rows: Sequence[Row], key: tuple[str, ...]) -> list[Fault]:
    """Rows whose key stands in an earlier row."""
    if not key:
        return []
    first: dict[tuple[object, ...], int] = {}
    faults = []
    for row in rows:
        values = tuple(row.cells.get(column) for column in key)
        if any(value is None or isinstance(value, Invalid) for value in values):
            continue
        if values in first:
            faults.append(
                Fault(
                    file,
                    row.number,
                    ", ".join(key),
                    message(
                        "{values} again, as in row {row}",
                        values=", ".join(map(str, values)),
                        row=first[values],
                    ),
                    message("each once"),
                )
            )
        else:
            first[values] = row.number
    return faults
