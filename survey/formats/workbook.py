"""Cells of an .xlsx workbook as text."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from survey.dataset import Remark, remark
from survey.errors import SurveyError
from survey.formats.archives import checked_zip, damaged, member_start, refuse_entities
from survey.formats.cells import Gathered, Sheet, check_cells, rectangle
from survey.formats.text import HEAD_ROWS

MOST_ROWS = 1 << 20  # as many as a spreadsheet has
_PROLOGUE = 1 << 12  # bytes within which XML declares its entities, if it does
ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


# How workbooks write returns and other signs that XML cannot hold, such as _x000D_.
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def is_workbook(path: Path) -> bool:
    """Whether the archive at `path` is a workbook (and not, say, a LimeSurvey archive)."""
    with checked_zip(path) as archive:
        return "xl/workbook.xml" in archive.namelist()


def sheet_names(path: Path) -> tuple[str, ...]:
    """Names of the sheets of a workbook, in order."""
    _check(path)
    with _opened(path) as book:
        return tuple(book.sheetnames)


def workbook_sheet(path: Path, sheet: str | None = None, *, whole: bool = True) -> Sheet:
    """Cells of one sheet, the first if none is named.

    Dates become ISO text, whole numbers lose ".0", truth values are TRUE and FALSE, and a formula
    gives the value that was stored with it. Nothing outside the file is followed.
    """
    _check(path)
    gathered = Gathered(path.name)
    told: tuple[Remark, ...] = ()
    with _opened(path) as book:
        name = sheet or book.sheetnames[0]
        if sheet is None and len(book.sheetnames) > 1:
            told = (
                remark(
                    "sheets_passed",
                    "the workbook has {count} sheets; the first, {sheet}, was read",
                    count=len(book.sheetnames),
                    sheet=name,
                ),
            )
        if name not in book.sheetnames:
            raise SurveyError(
                "sheet_unknown",
                "the workbook {file} has no sheet {found}; it has {expected}",
                file=path.name,
                found=name,
                expected=", ".join(book.sheetnames),
            )
        try:
            _gather(book[name], gathered, MOST_ROWS + 1 if whole else HEAD_ROWS)
        except SurveyError:
            raise
        except Exception as error:
            raise damaged(path.name) from error
    # openpyxl ends a row at its last filled cell: short rows are no fault of the file.
    width = max(map(len, gathered.rows), default=0)
    check_cells(path.name, width * len(gathered.rows))
    rows, _ = rectangle([[*row, *[""] * (width - len(row))] for row in gathered.rows], path.name)
    if not rows:
        raise SurveyError(
            "file_empty", "the file {file} is empty; a table of answers is expected", file=path.name
        )
    return Sheet(path.name, rows, "xlsx", "", whole, told)


def _gather(table: Any, gathered: Gathered, most: int) -> None:  # noqa: ANN401 - openpyxl's sheet
    # Some writers declare a wrong size; the rows themselves tell the right one.
    table.reset_dimensions()
    for number, row in enumerate(table.iter_rows(values_only=True)):
        if number >= MOST_ROWS:
            # A row may call itself the two-billionth: openpyxl gives all before it.
            raise SurveyError(
                "workbook_rows",
                "the workbook {file} has more than {expected} rows; at most so many are expected",
                file=gathered.name,
                expected=MOST_ROWS,
            )
        gathered.add([cell_text(value) for value in row])
        if len(gathered.rows) >= most:
            return


def cell_text(value: object) -> str:
    """Text of one cell of a workbook."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            # Serial numbers of days hold seconds only roughly.
            near = value + timedelta(milliseconds=500)
            return near.replace(microsecond=0).isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), str(value))


def _check(path: Path) -> None:
    with checked_zip(path) as archive:
        for member in archive.namelist():
            if member.endswith((".xml", ".rels")):
                start = member_start(archive, member, path.name, _PROLOGUE)
                refuse_entities(start, path.name)
        outside = [n for n in archive.namelist() if n.startswith("xl/externalLinks/")]
        if outside:
            raise SurveyError(
                "workbook_links",
                "the workbook {file} takes values from other files (external links); "
                "a copy with values only is expected",
                file=path.name,
            )


class _opened:  # noqa: N801 - used as a context manager, like a function
    """A workbook opened for reading only; whatever openpyxl fails with is one sentence."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Any:  # noqa: ANN401 - openpyxl has no types of its own
        from openpyxl import load_workbook  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - heavy; only workbooks need it

        # Opened here, so that it is closed even where openpyxl fails half way.
        self.file = self.path.open("rb")
        try:
            self.book = load_workbook(self.file, read_only=True, data_only=True, keep_links=False)
        except Exception as error:
            self.file.close()
            raise damaged(self.path.name) from error
        return self.book

    def __exit__(self, *_: object) -> None:
        self.book.close()
        self.file.close()
