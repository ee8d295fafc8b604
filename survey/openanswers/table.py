"""The coding table as CSV, for the analyst to look through and edit."""

from __future__ import annotations

import csv
from io import StringIO

from survey.errors import SurveyError
from survey.formats.formulas import mask_formula, restore_formula
from survey.openanswers.coding import Category, Coding, CodingTable
from survey.openanswers.words import normalise

_COLUMNS = ("answer", "times", "category", "title", "title_ru", "residual", "confirmed")
_YES, _NO = "yes", "no"


def coding_to_csv(table: CodingTable) -> str:
    """CSV text, one row per answer; categories without answers have a row without one."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    used = {coding.category for coding in table.codings}
    titles = {category.id: category for category in table.categories}
    for coding in table.codings:
        writer.writerow(_row(coding, titles.get(coding.category, Category("", ""))))
    for category in table.categories:
        if category.id not in used:
            writer.writerow(_row(Coding("", 0, category.id), category))
    return stream.getvalue()


def coding_from_csv(text: str, *, split: bool = True) -> CodingTable:
    """Coding table of a CSV text as `coding_to_csv` writes it, edited by the analyst."""
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    if not rows or set(rows[0]) != set(_COLUMNS):
        raise SurveyError(
            "coding_columns",
            "the coding table has the columns {found}; {expected} are expected",
            found=", ".join(rows[0]) if rows else "-",
            expected=", ".join(_COLUMNS),
        )
    categories: dict[str, Category] = {}
    codings: list[Coding] = []
    for number, cells in enumerate(rows[1:], 2):
        if not any(cells):
            continue
        row = dict(zip(rows[0], map(restore_formula, cells), strict=False))
        category = row.get("category", "")
        if category:
            found = Category(
                category, row["title"], row["title_ru"], _flag(row, "residual", number)
            )
            if categories.setdefault(category, found) != found:
                raise SurveyError(
                    "category_differs",
                    "row {row} of the coding table names the category {category} otherwise "
                    "than a row before it; the same titles are expected",
                    row=number,
                    category=category,
                )
        if answer := normalise(row.get("answer", "")):
            times = row.get("times", "")
            if not times.isdecimal():
                raise SurveyError(
                    "coding_times",
                    "row {row} of the coding table has {found!r} as times; a whole number is "
                    "expected",
                    row=number,
                    found=times,
                )
            codings.append(Coding(answer, int(times), category, _flag(row, "confirmed", number)))
    return CodingTable(tuple(categories.values()), tuple(codings), split)


def _row(coding: Coding, category: Category) -> list[str]:
    cells = [
        coding.answer,
        str(coding.times),
        coding.category,
        category.title,
        category.title_ru,
        _YES if category.residual else _NO,
        _YES if coding.confirmed else _NO,
    ]
    return [mask_formula(cell) for cell in cells]


def _flag(row: dict[str, str], column: str, number: int) -> bool:
    found = row.get(column, "").strip().lower()
    if found not in {_YES, _NO, ""}:
        raise SurveyError(
            "coding_flag",
            "row {row} of the coding table has {found!r} as {column}; yes or no is expected",
            row=number,
            found=row[column],
            column=column,
        )
    return found == _YES
