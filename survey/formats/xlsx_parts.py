"""The few parts of which a plain .xlsx workbook consists, written directly.

Written here and not by a library because a number must come back as it was (libraries write 15 or
16 digits, a double needs 17) and because returns and control characters need the format's own
escape ``_x000D_``.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import numpy as np

MOST_CHARACTERS = 32_767  # of one cell
MOST_ROWS = 1_048_576
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# What XML cannot hold or would change, and what would be read as such an escape.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
# The oldest date a zip archive can hold: the same answers give the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)

Cell = str | float | None
Rows = Iterable[Sequence[Cell]]


def write_workbook(path: Path, sheets: Sequence[tuple[str, Rows]]) -> None:
    """Write sheets of text, numbers and empty cells (None, NaN); the first row stays in view."""
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            + "".join(
                f'<Override PartName="/xl/worksheets/sheet{k}.xml" '
                f'ContentType="{_TYPE}.worksheet+xml"/>'
                for k in numbers
            )
            + "</Types>"
        ),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>'
            + "".join(
                f'<sheet name={quoteattr(name)} sheetId="{k}" r:id="rId{k}"/>'
                for k, (name, _) in zip(numbers, sheets, strict=True)
            )
            + "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{k}.xml") for k in numbers]
        ),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(_member(name), _HEAD + text)
        for k, (_, rows) in zip(numbers, sheets, strict=True):
            with archive.open(_member(f"xl/worksheets/sheet{k}.xml"), "w") as member:
                member.write(
                    f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews>'
                    '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
                    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
                    "<sheetData>".encode()
                )
                for row in rows:
                    cells = "".join(map(_cell, row))
                    member.write(f"<row>{cells}</row>".encode())
                member.write(b"</sheetData></worksheet>")


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _DATE)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{k}" Type="{_RELATED}/{kind}" Target="{target}"/>'
            for k, (kind, target) in enumerate(targets, start=1)
        )
        + "</Relationships>"
    )


def _cell(value: Cell) -> str:
    if value is None or value == "" or (isinstance(value, float) and np.isnan(value)):
        return "<c/>"
    if isinstance(value, str):
        text = _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
    return f"<c><v>{value!r}</v></c>"
