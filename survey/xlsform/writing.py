from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Literal

from survey.errors import SurveyError
from survey.questionnaire import Questionnaire
from survey.xlsform.filling import Row
from survey.xlsform.layout import (
    CHOICES_COLUMNS,
    ENGLISH,
    RUSSIAN,
    SETTINGS_COLUMNS,
    SURVEY_COLUMNS,
)
from survey.xlsform.rows import Sheets

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST = 32_767


def write_xlsform(
    questionnaire: Questionnaire, path: Path, *, language: Literal["en", "ru"] = "ru"
) -> None:
    """Write a questionnaire as an XLSForm workbook for ODK or KoboToolbox, in both languages.

    `language` is the one the form opens in. Ratings, points, comparisons and grids become groups
    of plain questions; `read_xlsform` makes them whole again. XLSForm ranks all options: that only
    the first few are asked for is kept, but not enforced by the form.

    Raises
    ------
    SurveyError
        Ids that would give two questions one name, a text that the form would read as a
        reference or that a workbook cannot hold.

    """
    path.write_bytes(_workbook(questionnaire, language))


def to_xform(questionnaire: Questionnaire, *, language: Literal["en", "ru"] = "ru") -> str:
    """The XForm (XML) that pyxform makes of the questionnaire, as ODK's and Kobo's servers do."""
    from pyxform.errors import PyXFormError  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - heavy; only forms need it
    from pyxform.xls2xform import convert  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - as above

    try:
        return str(convert(BytesIO(_workbook(questionnaire, language)), file_type=".xlsx").xform)
    except PyXFormError as error:
        raise SurveyError(
            "xform_refused",
            "the questionnaire {questionnaire} cannot be made an XForm: {problem}",
            questionnaire=questionnaire.id,
            problem=str(error),
        ) from error


def _workbook(questionnaire: Questionnaire, language: str) -> bytes:
    from openpyxl import Workbook  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - heavy; only forms need it
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - as above

    sheets = Sheets(questionnaire)
    _check_names(sheets.survey)
    settings = {
        "form_title": questionnaire.title.get(language),
        "form_id": questionnaire.id,
        "version": str(questionnaire.format_version),
        "default_language": {"en": ENGLISH, "ru": RUSSIAN}[language],
        "konsilium_title_en": questionnaire.title.en,
        "konsilium_title_ru": questionnaire.title.ru,
    }
    filled = (
        ("survey", SURVEY_COLUMNS, sheets.survey),
        ("choices", CHOICES_COLUMNS, sheets.choices),
        ("settings", SETTINGS_COLUMNS, [settings]),
    )
    # Before the first sheet is begun: openpyxl does not close what it could not finish.
    for _, _, rows in filled:
        for row in rows:
            for column, text in row.items():
                _check_text(text, column)
    book = Workbook(write_only=True)
    for name, columns, rows in filled:
        sheet = book.create_sheet(name)
        sheet.append(list(columns))
        for row in rows:
            cells = [WriteOnlyCell(sheet, value=row.get(column) or None) for column in columns]
            for cell in cells:
                if cell.value is not None:
                    cell.data_type = "s"  # a text that begins with = is no formula here
            sheet.append(cells)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _check_names(rows: list[Row]) -> None:
    times = Counter(row["name"] for row in rows if row.get("name"))
    for name, count in times.items():
        if count > 1:
            raise SurveyError(
                "form_name_repeated",
                "{count} questions would have the name {name} in the form; other ids are expected",
                count=count,
                name=name,
            )


def _check_text(text: str, column: str) -> None:
    if "::" in column and "${" in text:
        raise SurveyError(
            "text_with_reference",
            "the text {found!r} holds ${{, which a form reads as a reference to a question; a text "
            "without it is expected",
            found=text,
        )
    if _CONTROL.search(text):
        raise SurveyError(
            "text_not_for_workbook",
            "the text {found!r} has a control character that no workbook can hold; plain text is "
            "expected",
            found=text,
        )
    if len(text) > _LONGEST:
        raise SurveyError(
            "text_too_long_for_workbook",
            "a text has {found} characters; a cell of a workbook holds {most}",
            found=len(text),
            most=_LONGEST,
        )
