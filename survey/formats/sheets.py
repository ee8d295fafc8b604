"""A file to a table of cells, text or workbook, whole or its first rows."""

from __future__ import annotations

from pathlib import Path

from survey.errors import SurveyError
from survey.formats.cells import Sheet
from survey.formats.text import read_bytes, read_start, text_sheet
from survey.formats.workbook import OLE_MAGIC, ZIP_MAGIC, workbook_sheet


def read_sheet(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    whole: bool = True,
) -> Sheet:
    """The table in a CSV, TSV or .xlsx file; with `whole` False, its first rows.

    Raises
    ------
    SurveyError
        The file is no table, is damaged, or is larger than any export (a sentence says which).

    """
    start = read_start(path)
    if start.startswith(OLE_MAGIC):
        raise SurveyError(
            "workbook_old",
            "the file {file} is a workbook of the old .xls kind; .xlsx or CSV is expected",
            file=path.name,
        )
    if start.startswith(ZIP_MAGIC):
        return workbook_sheet(path, sheet, whole=whole)
    data = read_bytes(path) if whole else start
    return text_sheet(data, path.name, encoding=encoding, delimiter=delimiter, whole=whole)
