"""Link sheets: who gets which link, as CSV and as a workbook, written once and read back.

The store keeps only hashes of the links, so a sheet is the one place where they stand.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import xlsxwriter

from app.collection.files import write_private
from app.collection.listfile import ListError, Row, read_rows
from app.i18n import Language
from app.study.faults import Fault, literal, message
from survey import Text
from survey.collection.tokens import TOKEN_LENGTH, read_token
from survey.formats.formulas import mask_formula

if TYPE_CHECKING:
    from survey.collection.invitations import Link

# The first is written in English, the second in Russian; all are read.
HEADINGS = {
    "number": ("number", "номер", "no", "№"),
    "group": ("group", "группа"),
    "name": ("name", "имя"),
    "email": ("email", "почта", "e-mail"),
    "link": ("link", "ссылка"),
}
_ADDRESS = re.compile(r"https?://\S+/i/([0-9A-Za-z-]+)")
_BLOCK = 5  # signs of a token that stand together where it is read from paper
# Widths in characters; a longer name is cut on the screen, never in the file.
_WIDEST, _NARROWEST = 90, 8


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One row of a sheet; `group` is its title as the sheet says it."""

    number: int
    group: str
    name: str
    email: str
    link: str

    @property
    def token(self) -> str:
        """Token of the link."""
        return self.link.rpartition("/")[2]

    @property
    def parts_for_paper(self) -> tuple[str, str]:
        """The link as it can be typed: the address, and the token in blocks."""
        stem, slash, token = self.link.rpartition("/")
        return f"{_as_said(stem)}{slash}", in_blocks(token)


def in_blocks(token: str) -> str:
    """Token with hyphens, which its reader passes over: ``abcde-fghjk-...``."""
    # The last block takes what is left, so that none is a single sign.
    cuts = list(range(0, TOKEN_LENGTH - _BLOCK, _BLOCK))
    return "-".join(
        token[start:end] for start, end in zip(cuts, [*cuts[1:], TOKEN_LENGTH], strict=True)
    )


def _as_said(address: str) -> str:
    """Address with the name of its host as people know it: ``опрос.рф``, not ``xn--...``."""
    parts = urlsplit(address)
    try:
        host = parts.netloc.encode("ascii").decode("idna")
    except UnicodeError:
        return address
    return urlunsplit(parts._replace(netloc=host))


def rows_of(
    links: Sequence[Link], groups: Mapping[str, Text], url: str, lang: Language
) -> tuple[LinkRow, ...]:
    """Rows of a sheet for new invitations; `url` as `addresses.public_url` gives it."""
    return tuple(
        LinkRow(
            link.number,
            lang.pick(groups[link.group]),
            link.person.name,
            link.person.email,
            f"{url}/i/{link.token}",
        )
        for link in links
    )


def csv_sheet(rows: Sequence[LinkRow], lang: Language) -> bytes:
    """Sheet as CSV for spreadsheets: UTF-8 with its mark, so that Cyrillic letters come out."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_headings(lang))
    for row in rows:
        writer.writerow([row.number, *map(mask_formula, _texts(row))])
    return text.getvalue().encode("utf-8-sig")


def xlsx_sheet(rows: Sequence[LinkRow], lang: Language) -> bytes:
    """Sheet as a workbook: links as plain text, so that none is opened by a slip of the mouse."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheet = book.add_worksheet(lang.say("Links"))
    bold = book.add_format({"bold": True, "bottom": 1})
    lines = [_headings(lang), *([str(row.number), *_texts(row)] for row in rows)]
    for k, heading in enumerate(_headings(lang)):
        width = max(len(line[k]) for line in lines) + 2
        sheet.set_column(k, k, min(max(width, _NARROWEST), _WIDEST))
        sheet.write_string(0, k, heading, bold)
    for k, row in enumerate(rows, start=1):
        sheet.write_number(k, 0, row.number)
        for column, text in enumerate(_texts(row), start=1):
            # The mask is for readers that take text for a formula; a string cell is none, but a
            # sheet saved as CSV from here would be.
            sheet.write_string(k, column, mask_formula(text))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(HEADINGS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return buffer.getvalue()


def write_sheet(file: Path, rows: Sequence[LinkRow], lang: Language) -> None:
    """Write a sheet by the ending of its name, ``.xlsx`` or CSV; for its owner only."""
    make = xlsx_sheet if file.suffix.lower() == ".xlsx" else csv_sheet
    write_private(file, make(rows, lang))


def read_sheet_of_links(file: Path) -> tuple[LinkRow, ...]:
    """Rows of a sheet, which may have been sorted, filtered or saved anew by a spreadsheet.

    Raises
    ------
    ListError
        With every fault: row, column, what was found, what is expected.

    """
    columns, rows, faults = read_rows(file, HEADINGS)
    for needed in ("number", "link"):
        if needed not in columns:
            expected = message("a sheet of links as it was written, with this column")
            faults.append(
                Fault(file.name, 1, None, message("no column {column}", column=needed), expected)
            )
    if faults:
        raise ListError(faults)
    read: list[LinkRow] = []
    seen: dict[str, int] = {}
    for row in rows:
        made, fault = _row(file.name, row, seen)
        faults += fault
        read.append(made)
    if faults:
        raise ListError(faults)
    return tuple(read)


def _row(file: str, row: Row, seen: dict[str, int]) -> tuple[LinkRow, list[Fault]]:
    faults = []
    number = row.get("number")
    if not re.fullmatch(r"[1-9]\d{0,8}", number, re.ASCII):
        found = literal(number) if number else message("nothing")
        faults.append(Fault(file, row.number, "number", found, message("a whole number")))
    link = row.get("link")
    found_token = _ADDRESS.fullmatch(link)
    token = read_token(found_token[1]) if found_token else None
    if token is None:
        # The link is not shown: faults are printed, and may be copied into a letter for help.
        expected = message("a link as it was written, https://.../i/...")
        faults.append(
            Fault(file, row.number, "link", message("a text that is no link of a survey"), expected)
        )
    elif token in seen:
        found = message("the same link as in row {row}", row=seen[token])
        faults.append(Fault(file, row.number, "link", found, message("a link for each person")))
    else:
        seen[token] = row.number
    made = LinkRow(0, row.get("group"), row.get("name"), row.get("email"), link)
    return (made if faults else replace(made, number=int(number))), faults


def _texts(row: LinkRow) -> list[str]:
    return [row.group, row.name, row.email, row.link]


def _headings(lang: Language) -> list[str]:
    return [names[1 if lang.code == "ru" else 0] for names in HEADINGS.values()]
