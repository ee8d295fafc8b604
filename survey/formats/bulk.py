"""Large plain tables: short unquoted cells, found by where the delimiters stand.

A table of a million respondents is nearly all delimiters. Cells of one byte are taken by their
place in the bytes of the file; longer ones become texts once for each distinct text. A table with
quotes, or with long texts, is not read here.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from survey.formats.cells import MOST_BYTES, check_columns
from survey.formats.coded import Coded
from survey.formats.formulas import restore_formula

_LEAST = 1 << 22  # bytes of a file for which this is worth it
_BLOCK = 1 << 22  # bytes looked at together
_LONGEST = 48  # bytes of a cell
_MOST_CELLS = 400_000_000  # a byte each, and a few more while they are read
_MOST_TEXTS = 5_000_000  # distinct texts of all columns
_LINE = ord("\n")
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class BulkTable:
    """Headings and columns."""

    headings: tuple[str, ...]
    columns: tuple[Coded, ...]
    rows: int


@dataclass(slots=True, eq=False)
class _Column:
    """One column as its blocks are read."""

    places: dict[bytes, int] = field(default_factory=dict)
    blocks: list[npt.NDArray[np.integer]] = field(default_factory=list)


class _NotPlainError(Exception):
    """The table is not of the kind that is read here."""


def read_bulk(
    path: Path, *, encoding: str | None, delimiter: str | None, least: int = _LEAST
) -> BulkTable | None:
    """The table, or None if it is small or not of this plain kind."""
    size = path.stat().st_size
    if not least <= size <= MOST_BYTES or encoding not in {None, "utf-8", "utf-8-sig", "ascii"}:
        return None
    try:
        with path.open("rb") as file:
            return _read(file, path.name, delimiter)
    except (_NotPlainError, UnicodeDecodeError):
        return None


def _read(file: BinaryIO, name: str, delimiter: str | None) -> BulkTable:
    first = file.readline(1 << 20).removeprefix(codecs.BOM_UTF8)
    _check(first.endswith(b"\n") and b'"' not in first and b"\0" not in first)
    headings = first.decode("utf-8").rstrip("\r\n")
    sign = delimiter or max(",;\t|", key=headings.count)
    names = tuple(restore_formula(heading) for heading in headings.split(sign))
    check_columns(name, len(names))
    _check(len(names) > 1 and len(sign) == 1)
    columns = [_Column() for _ in names]
    rest = b""
    rows = 0
    while block := file.read(_BLOCK):
        whole, line, rest = (rest + block).rpartition(b"\n")
        rows += _take(whole + line, ord(sign), columns)
        _check(rows * len(names) <= _MOST_CELLS)
        _check(sum(len(column.places) for column in columns) <= _MOST_TEXTS)
    rows += _take(rest + b"\n", ord(sign), columns)
    _check(rows > 0)
    finished = [_finished(column) for column in columns]
    rows = _without_blank_end(finished)
    return BulkTable(names, tuple(Coded(c.texts, c.codes[:rows]) for c in finished), rows)


def _check(holds: bool) -> None:
    if not holds:
        raise _NotPlainError


def _without_blank_end(columns: list[Coded]) -> int:
    """Rows up to the last that holds something."""
    rows = len(columns[0].codes)
    while rows and not any(c.texts[c.codes[rows - 1]].strip() for c in columns):
        rows -= 1
    return rows


def _take(block: bytes, sign: int, columns: list[_Column]) -> int:
    """Add the rows of a block of whole lines, and say how many they are."""
    block = block.replace(b"\r\n", b"\n") if b"\r" in block else block
    _check(not any(odd in block for odd in (b'"', b"\0", b"\r")))
    block = block.rstrip(b"\n") + b"\n"
    if block == b"\n":
        return 0
    width = len(columns)
    data = np.frombuffer(block, dtype=np.uint8)
    if (even := _even(data, sign, width)) is not None:
        for k, column in enumerate(columns):
            _short(column, even[:, k])
        return len(even)
    ends = np.flatnonzero((data == sign) | (data == _LINE))
    rows, more = divmod(len(ends), width)
    _check(not more and bool((data[ends[width - 1 :: width]] == _LINE).all()))
    _check(bool(np.count_nonzero(data == _LINE) == rows))
    sizes = np.diff(ends, prepend=-1) - 1
    starts = (ends - sizes).reshape(-1, width)
    sizes = sizes.reshape(-1, width)
    longest = sizes.max(axis=0)
    _check(bool(longest.max() <= _LONGEST))
    for k, column in enumerate(columns):
        if longest[k] <= 1:
            signs = np.where(sizes[:, k] == 1, data[starts[:, k]], 0).astype(np.uint8)
            _short(column, signs)
        else:
            _long(column, data, starts[:, k], sizes[:, k], int(longest[k]))
    return rows


def _even(data: Bytes, sign: int, width: int) -> Bytes | None:
    """Cells of a block in which each has one byte, as a table of 1 and 0 has; else None."""
    if len(data) % (2 * width):
        return None
    table = data.reshape(-1, 2 * width)
    parted = table[:, 1::2]
    if (parted[:, :-1] != sign).any() or (parted[:, -1] != _LINE).any():
        return None
    cells: Bytes = np.ascontiguousarray(table[:, 0::2].T).T
    return None if (cells == sign).any() or (cells == _LINE).any() else cells


def _short(column: _Column, signs: Bytes) -> None:
    """Cells of one byte or none."""
    counted = np.bincount(signs, minlength=256)
    table = np.zeros(256, dtype=np.int32)
    for sign in np.flatnonzero(counted):
        text = bytes([sign]) if sign else b""
        table[sign] = column.places.setdefault(text, len(column.places))
    # One byte a row while it can: most columns stay this short to the end.
    narrow = len(column.places) <= 256
    column.blocks.append((table.astype(np.uint8) if narrow else table)[signs])


def _long(
    column: _Column,
    data: Bytes,
    starts: npt.NDArray[np.intp],
    sizes: npt.NDArray[np.intp],
    longest: int,
) -> None:
    reach = np.arange(longest)
    places = np.minimum(starts[:, None] + reach, len(data) - 1)
    signs = np.where(reach < sizes[:, None], data[places], 0).astype(np.uint8)
    texts = signs.view(f"S{longest}").ravel()
    distinct, codes = np.unique(texts, return_inverse=True)
    table = np.array(
        [column.places.setdefault(bytes(t), len(column.places)) for t in distinct], dtype=np.int32
    )
    column.blocks.append(table[codes])


def _finished(column: _Column) -> Coded:
    texts = tuple(restore_formula(text.decode("utf-8")) for text in column.places)
    return Coded(texts, np.concatenate(column.blocks))
