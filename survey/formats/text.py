"""Bytes of a text table to cells: encoding, delimiter, quotes, line ends."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from pathlib import Path

from survey.dataset import Remark, remark
from survey.errors import SurveyError
from survey.formats.cells import MOST_BYTES, MOST_COLUMNS, Gathered, Sheet, check_columns, rectangle

DELIMITERS = (",", ";", "\t", "|")
HEAD_BYTES = 1 << 19
HEAD_ROWS = 200
DECLARED = re.compile(r"sep=(.)\r?\n")  # Excel's own first line
_CELL = 1 << 20  # characters of one cell
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Bytes that no text holds; tab, line feed, form feed and return are in text, NUL in UTF-16.
_CONTROL = re.compile(rb"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]+")


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file of at most `most` bytes."""
    try:
        size = path.stat().st_size
        if size > most:
            raise SurveyError(
                "file_large",
                "the file {file} has {found} bytes; at most {expected} are expected",
                file=path.name,
                found=size,
                expected=most,
            )
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def read_start(path: Path, count: int = HEAD_BYTES) -> bytes:
    """The first bytes of a file."""
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> SurveyError:
    return SurveyError(
        "file_unreadable",
        "the file {file} cannot be opened: {reason}",
        file=path.name,
        reason=error.strerror or type(error).__name__,
    )


def decode(
    data: bytes, name: str, encoding: str | None = None
) -> tuple[str, str, tuple[Remark, ...]]:
    """Text, the encoding it was in, and a remark if that was guessed.

    A byte order mark decides; else UTF-16 by its zero bytes, UTF-8 if every byte fits, and a
    single-byte code page last: Cyrillic words are runs of bytes above 127, accented letters of
    Western words stand alone.
    """
    for bom, known in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], encoding or known, name), encoding or known, ()
    if encoding is not None:
        return _decoded(data, encoding, name), encoding, ()
    start = data[:HEAD_BYTES]
    if (wide := _utf16(start)) is not None:
        return _decoded(data, wide, name), wide, ()
    if b"\0" in start or len(_CONTROL.findall(start)) > len(start) / 1000:
        raise _not_text(name)
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        pass
    runs = [len(run) for run in _HIGH.findall(start)] or [len(r) for r in _HIGH.findall(data)]
    cyrillic = sum(length for length in runs if length > 1) * 2 > sum(runs)
    page = "cp1251" if cyrillic else "cp1252"
    told = remark(
        "encoding_guessed",
        "the file is not in UTF-8 and was read as {encoding}; name the encoding if the letters look wrong",
        encoding=page,
    )
    return _decoded(data, page, name), page, (told,)


def _utf16(start: bytes) -> str | None:
    even, odd = start[:4096:2].count(0), start[1:4096:2].count(0)
    least = max(1, min(len(start), 4096) // 8)
    if odd >= least and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even >= least and odd == 0 else None


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise SurveyError(
            "encoding_wrong",
            "the file {file} is not text in the encoding {encoding}; "
            "its true encoding is expected, such as utf-8 or cp1251",
            file=name,
            encoding=encoding,
        ) from error


def _not_text(name: str) -> SurveyError:
    return SurveyError(
        "file_not_text",
        "the file {file} is no text: it holds bytes that no table of text does; "
        "an export such as CSV is expected",
        file=name,
    )


def sniff(text: str) -> str:
    """Delimiter of a table of text: the one by which most rows come out equally wide.

    Judged with quotes in force, so that a comma or line break within a quoted cell counts for
    nothing; a tie goes to the wider table. A table of one column has none, and "," is given.
    """
    best, found = (0.0, 0), ","
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        widths = Counter(len(row) for row in _head(text, delimiter) if row)
        total = sum(widths.values())
        score = max(
            ((share / total, width) for width, share in widths.items() if width > 1),
            default=(0.0, 0),
        )
        if score > best:
            best, found = score, delimiter
    return found


def _head(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    _allow_long_cells()
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) >= HEAD_ROWS:
                return rows
    except csv.Error:
        pass
    # The last row may have been cut where the head ends.
    return rows[:-1] if len(text) > HEAD_BYTES // 4 and len(rows) > 2 else rows


def parse_text(
    text: str, name: str, delimiter: str | None = None
) -> tuple[list[list[str]], str, tuple[Remark, ...]]:
    """Rows of cells, the delimiter, and remarks on quotes out of order."""
    if delimiter is not None and len(delimiter) != 1:
        raise SurveyError(
            "delimiter_wrong",
            "the delimiter {found!r} was named; one character is expected",
            found=delimiter,
        )
    declared = DECLARED.match(text)
    if declared:
        text = text[declared.end() :]
        delimiter = delimiter or declared[1]
    head = text[:HEAD_BYTES]
    end = text.find("\n")
    first = len(text) if end < 0 else end
    for sign in DELIMITERS:
        # Commas may stand in quoted headings: only far too many of them are told before parsing.
        if (found := text.count(sign, 0, first)) > 10 * MOST_COLUMNS:
            check_columns(name, found + 1)
    delimiter = delimiter or sniff(head)
    try:
        return _rows(text, name, delimiter, strict=True), delimiter, ()
    except csv.Error as error:
        if text.count('"') % 2:
            raise SurveyError(
                "quote_unclosed",
                "the file {file} has a quotation mark that is not closed: the rest of the file "
                "would be one cell; whole quoted cells are expected",
                file=name,
            ) from error
    try:
        rows = _rows(text, name, delimiter, strict=False)
    except csv.Error as error:
        raise _not_text(name) from error
    told = remark(
        "quotes_odd",
        "quotation marks stand within cells where a doubled mark is expected; "
        "they were read as part of the text",
        grave=True,
    )
    return rows, delimiter, (told,)


def _rows(text: str, name: str, delimiter: str, *, strict: bool) -> list[list[str]]:
    gathered = Gathered(name)
    _allow_long_cells()
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict):
        gathered.add(row)
    return gathered.rows


def _allow_long_cells() -> None:
    # The limit is one for the process: it is raised for good, never lowered under another thread.
    csv.field_size_limit(max(csv.field_size_limit(), _CELL))


def text_sheet(
    data: bytes,
    name: str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    whole: bool = True,
) -> Sheet:
    """The table in the bytes of a text file."""
    if not whole:
        data = _whole_lines(data)
    text, used, told = decode(data, name, encoding)
    if whole:
        rows, sign, odd = parse_text(text, name, delimiter)
    else:
        sign = delimiter or sniff(text)
        rows, odd = _head(text, sign), ()
        check_columns(name, max(map(len, rows), default=0))
        endless = len(data) >= HEAD_BYTES - 1 and [len(row) for row in rows] == [1]
        if endless or (not rows and text.strip()):
            raise _not_text(name)
    even, ragged = rectangle(rows, name)
    if not even:
        raise SurveyError(
            "file_empty", "the file {file} is empty; a table of answers is expected", file=name
        )
    return Sheet(name, even, used, sign, whole, (*told, *odd, *ragged))


def _whole_lines(data: bytes) -> bytes:
    """A head of a file without the line (of two-byte characters too) that was cut."""
    if len(data) < HEAD_BYTES:
        return data
    end = data.rfind(b"\n")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _utf16(data) is not None
    if wide:
        return data[: len(data) // 2 * 2]
    if end > 0:
        return data[: end + 1]
    return data.rstrip(bytes(range(0x80, 0x100)))
