"""Bytes of a file to text, refusing what is not UTF-8."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from app.study.faults import Fault, message

if TYPE_CHECKING:
    from pathlib import Path

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(folder: Path, file: str) -> str | Fault:
    """Text of a UTF-8 file, with or without a byte-order mark, or its fault."""
    try:
        raw = (folder / file).read_bytes()
    except FileNotFoundError:
        return Fault(file, None, None, message("no such file"), message("the file"))
    except OSError as error:
        found = message("a file that cannot be opened ({reason})", reason=error.strerror)
        return Fault(file, None, None, found, message("a readable file"))
    if not raw.removeprefix(codecs.BOM_UTF8).strip():
        return Fault(file, None, None, message("an empty file"), message("a filled one"))
    return _decoded(file, raw)


def _decoded(file: str, raw: bytes) -> str | Fault:
    row, found = None, message("text in the encoding UTF-16")
    if not raw.startswith(_UTF16):
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            row = raw.count(b"\n", 0, error.start) + 1
            found = message("text that is not UTF-8, probably in Windows-1251 (ANSI)")
        else:
            if "\0" not in text:
                return text
            row = text.count("\n", 0, text.index("\0")) + 1
            found = message("a zero byte: this is not a text file")
    expected = message(
        "UTF-8: in a spreadsheet, save it as CSV UTF-8; in a text editor, save it with the "
        "encoding UTF-8"
    )
    return Fault(file, row, None, found, expected)
