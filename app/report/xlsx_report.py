"""The report as a workbook: contents with the findings in words, then one sheet a table."""

from __future__ import annotations

import io
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from app.analysis import Findings
from app.i18n import Language
from app.report.files import replace_file
from app.report.model import ASSUMED, COMPUTED, SOURCE, TEXT, Column, Section, Table
from app.report.sections import sections
from app.words.names import Names

# Pale enough to print, told apart in grey too; the word stands beside the colour.
_FILLS = {SOURCE: "#DCEBF7", ASSUMED: "#FBE5C8", COMPUTED: "#DDF1E4"}
_HEADER = 2  # row of the column titles, counted from 0; data follow it
_WIDEST = 60
_CHART_ROWS = 20
_PAGE = 92  # width of the contents, in characters
_LINE = 15  # points


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    section: Section
    table: Table


class _Book:
    """A workbook with its formats, each made once."""

    def __init__(self, lang: Language, names: Names) -> None:
        self.buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.buffer,
            {
                "in_memory": True,
                # A text from a study stays a text, whatever sign it begins with.
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.lang, self.names = lang, names
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **settings: Any) -> Any:  # noqa: ANN401 - XlsxWriter's own types
        key = tuple(sorted(settings.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"valign": "top", **settings})
        return self._formats[key]


def write(findings: Findings, lang: Language, path: Path) -> None:
    """Write the workbook; the file is there whole or not at all."""
    book = _Book(lang, Names(findings.study, lang))
    parts = sections(findings, lang)
    contents = book.book.add_worksheet(_sheet_name(lang.say("Contents"), set()))
    taken = {contents.get_name().casefold()}
    sheets: list[_Sheet] = []
    for section in parts:
        for table in section.tables:
            name = _sheet_name(f"{len(sheets) + 1} {table.title}", taken)
            taken.add(name.casefold())
            sheets.append(_Sheet(name, section, table))
    for sheet in sheets:
        _write_table(book, sheet, contents.get_name())
    _write_contents(book, contents, findings, parts, sheets)
    book.book.set_properties({"title": lang.pick(findings.study.settings.title)})
    book.book.close()
    replace_file(path, book.buffer.getvalue())


def _write_contents(
    book: _Book,
    page: Any,  # noqa: ANN401 - XlsxWriter has no types
    findings: Findings,
    parts: list[Section],
    sheets: list[_Sheet],
) -> None:
    lang, wrap = book.lang, book.format(text_wrap=True)
    page.set_column(0, 0, _PAGE)
    page.hide_gridlines(2)
    page.write_string(
        0, 0, lang.pick(findings.study.settings.title), book.format(bold=True, font_size=16)
    )
    row = 1
    _paragraph(page, row, lang.pick(findings.study.settings.summary), wrap)
    row += 2
    page.write_string(row, 0, lang.say("Kinds of number"), book.format(bold=True))
    for kind, fill in _FILLS.items():
        row += 1
        page.write_string(row, 0, book.names.kind(kind), book.format(bg_color=fill))
    for section in parts:
        row += 2
        page.write_string(row, 0, section.title, book.format(bold=True, font_size=13))
        for sentence in section.sentences:
            row += 1
            _paragraph(page, row, sentence, wrap)
        for origin in section.origins:
            row += 1
            _paragraph(
                page,
                row,
                lang.say(
                    "{file}: {kind}. {text}",
                    file=origin.file,
                    kind=book.names.kind(origin.kind),
                    text=origin.text,
                ),
                book.format(text_wrap=True, italic=True, font_color="#555555"),
            )
        for sheet in sheets:
            if sheet.section is section:
                row += 1
                page.write_url(
                    row,
                    0,
                    f"internal:'{sheet.name}'!A1",
                    book.format(font_color="#0563C1", underline=1),
                    sheet.table.title,
                )
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _paragraph(page: Any, row: int, text: str, style: Any) -> None:  # noqa: ANN401
    page.write_string(row, 0, text, style)
    page.set_row(row, _height([text], [_PAGE]))


def _height(texts: list[Any], widths: list[int]) -> int:
    """Height for wrapped texts: not every program finds it by itself when the file is opened."""
    lines = [
        sum(len(textwrap.wrap(part, max(width - 1, 4))) or 1 for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
        if isinstance(text, str)
    ]
    return _LINE * max(lines, default=1)


def _write_table(book: _Book, sheet: _Sheet, contents: str) -> None:
    table, lang = sheet.table, book.lang
    page = book.book.add_worksheet(sheet.name)
    page.write_url(
        0,
        0,
        f"internal:'{contents}'!A1",
        book.format(bold=True, font_size=13),
        table.title,
        lang.say("back to the contents"),
    )
    for j, column in enumerate(table.columns):
        fill = {"bg_color": _FILLS[column.kind]} if column.kind else {}
        kind = book.names.kind(column.kind) if column.kind else ""
        page.write_string(1, j, kind, book.format(italic=True, font_size=9, text_wrap=True, **fill))
        page.write_string(
            _HEADER, j, column.title, book.format(bold=True, bottom=1, text_wrap=True, **fill)
        )
    for i, row in enumerate(table.rows):
        for j, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            _write_cell(book, page, (_HEADER + 1 + i, j), column, value)
    widths = [_width(c, [row[j] for row in table.rows]) for j, c in enumerate(table.columns)]
    for j, width in enumerate(widths):
        page.set_column(j, j, width)
    kinds = [book.names.kind(c.kind) if c.kind else "" for c in table.columns]
    page.set_row(1, _height(kinds, widths))
    page.set_row(_HEADER, _height([c.title for c in table.columns], [w - 2 for w in widths]))
    for i, row in enumerate(table.rows):
        page.set_row(_HEADER + 1 + i, _height(list(row), widths))
    page.freeze_panes(_HEADER + 1, 1)
    if table.rows:
        page.autofilter(_HEADER, 0, _HEADER + len(table.rows), len(table.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(1, _HEADER)
    _draw(book, page, sheet)


def _write_cell(book: _Book, page: Any, at: tuple[int, int], column: Column, value: Any) -> None:  # noqa: ANN401
    if value is None:
        page.write_blank(*at, None)
    elif isinstance(value, str):
        page.write_string(*at, value, book.format(text_wrap=True))
    else:
        page.write_number(*at, value, book.format(num_format=_number_format(column)))


def _number_format(column: Column) -> str:
    if column.digits is None:
        return "General"
    decimals = "." + "0" * column.digits if column.digits else ""
    return f"0{decimals}%" if column.percent else f"#,##0{decimals}"


def _width(column: Column, values: list[Any]) -> int:
    texts = [len(v) for v in values if isinstance(v, str)]
    longest_word = max((len(w) for w in column.title.split()), default=8)
    return min(_WIDEST, max(12, longest_word + 3, max(texts, default=0) + 2))


def _draw(book: _Book, page: Any, sheet: _Sheet) -> None:  # noqa: ANN401
    """Add the spreadsheet's own chart below the table, fed by its cells."""
    table = sheet.table
    kinds = {
        "bar": {"type": "bar"},
        "stacked": {"type": "bar", "subtype": "stacked"},
        "line": {"type": "line"},
    }
    numeric = [
        j
        for j, column in enumerate(table.columns)
        if column.kind != TEXT and any(isinstance(row[j], (int, float)) for row in table.rows)
    ]
    if table.drawn not in kinds or not numeric:
        return
    if table.drawn == "bar":
        numeric = numeric[-1:] if table.key.startswith("shares") else numeric[:1]
    if table.drawn == "stacked":
        numeric = numeric[:-1]  # the last one is no share
    chart = book.book.add_chart(kinds[table.drawn])
    first, last = _HEADER + 1, _HEADER + len(table.rows)
    for j in numeric:
        chart.add_series(
            {
                "name": [sheet.name, _HEADER, j],
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, j, last, j],
                **({"gap": 40} if table.drawn != "line" else {}),
            }
        )
    chart.set_title({"name": table.title, "name_font": {"size": 12}})
    if len(numeric) == 1:
        chart.set_legend({"none": True})
    if table.drawn != "line":
        chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 760, "height": _CHART_ROWS * 20})
    page.insert_chart(last + 2, 0, chart, {"description": table.title})


def _sheet_name(title: str, taken: set[str]) -> str:
    """Name that a spreadsheet allows: at most 31 signs, some of them forbidden, each name once."""
    plain = re.sub(r"\s+", " ", re.sub(r"[\[\]:*?/\\']", " ", title)).strip()[:31].strip()
    name, number = plain, 2
    while name.casefold() in taken:
        name, number = f"{plain[:27]} {number}", number + 1
    return name
