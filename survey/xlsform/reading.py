from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from survey.dataset import Remark, remark
from survey.errors import SurveyError
from survey.faults import faults_of
from survey.formats.workbook import sheet_names, workbook_sheet
from survey.questionnaire import FORMAT_VERSION, Questionnaire
from survey.xlsform.columns import Languages, Row, table
from survey.xlsform.composite import composite
from survey.xlsform.conditions import condition_of
from survey.xlsform.layout import OWN, unpacked
from survey.xlsform.plain import SILENT, plain_question


def read_xlsform(path: Path) -> tuple[Questionnaire, tuple[Remark, ...]]:
    """Questionnaire of an XLSForm workbook, and what of the form it cannot carry.

    Forms written by `write_xlsform` come back whole. Of others single and multiple choices, ranks,
    numbers and texts are read, with conditions on one earlier question; notes and what a device
    fills in by itself are passed over, and everything else is left out with a remark. A form in
    one language gives both texts the same words.

    Raises
    ------
    SurveyError
        No workbook, no sheet ``survey``, no question that could be read, a fault of the result.

    """
    sheets = sheet_names(path)
    if "survey" not in sheets:
        raise SurveyError(
            "xlsform_without_survey",
            "the workbook {file} has no sheet survey; it has {found}",
            file=path.name,
            found=", ".join(sheets),
        )
    rows = table(workbook_sheet(path, "survey"))
    lists = _lists(table(workbook_sheet(path, "choices")) if "choices" in sheets else [])
    settings = (table(workbook_sheet(path, "settings")) if "settings" in sheets else []) or [{}]
    languages = Languages(rows)
    remarks = languages.remarks()
    reader = _Reader(languages, lists)
    questions = list(reader.questions(rows))
    if not questions:
        raise SurveyError(
            "xlsform_without_questions",
            "the form {file} has no question that could be read; at least one is expected",
            file=path.name,
        )
    title = settings[0].get("form_title") or settings[0].get("form_id") or path.stem
    data = {
        "id": settings[0].get("form_id") or path.stem,
        "format_version": FORMAT_VERSION,
        "title": {
            "en": settings[0].get("konsilium_title_en") or title,
            "ru": settings[0].get("konsilium_title_ru") or title,
        },
        "questions": questions,
    }
    try:
        questionnaire = Questionnaire.model_validate(data)
    except ValidationError as error:
        raise faults_of(error, data)[0] from error
    return questionnaire, (*remarks, *reader.remarks)


def _lists(rows: list[Row]) -> dict[str, list[Row]]:
    lists: dict[str, list[Row]] = {}
    for row in rows:
        name = row.get("list_name") or row.get("list name") or ""
        if name and row.get("name"):
            lists.setdefault(name, []).append(row)
    return lists


class _Reader:
    """Goes through the rows of ``survey`` and collects questions and remarks."""

    def __init__(self, languages: Languages, lists: dict[str, list[Row]]) -> None:
        self.languages = languages
        self.lists = lists
        self.remarks: list[Remark] = []
        # What conditions may refer to: questions by name, options of a question by name.
        self.choices: dict[str, str] = {}
        self.numbers: dict[str, str] = {}
        self.options: dict[str, dict[str, str]] = {}

    def questions(self, rows: list[Row]) -> Iterator[dict[str, Any]]:
        place = 0
        while place < len(rows):
            row = rows[place]
            kind = _kind(row)
            hints = unpacked(row.get(OWN, ""))
            end = _end_of(rows, place) if kind.startswith("begin") else place
            if kind == "begin group" and "kind" in hints:
                found = composite(row, hints, rows[place + 1 : end], self.lists, self.languages)
                inner = found.get("options", [])
                if found["kind"] == "rating" and len(inner) == 1:
                    self.numbers[rows[place + 1].get("name", "")] = found["id"]
                yield self._conditioned(found, row)
                place = end
            elif kind == "begin group":
                if row.get("relevant"):
                    self.remarks.append(
                        remark(
                            "xlsform_group_condition",
                            "the condition {expression} of the group {name} is not read: its questions "
                            "are shown to everybody",
                            grave=True,
                            name=row.get("name", ""),
                            expression=row["relevant"],
                        )
                    )
            elif kind.startswith("begin"):
                self.remarks.append(
                    remark(
                        "xlsform_repeat",
                        "the repeated group {name} is left out: a questionnaire asks each question once",
                        grave=True,
                        name=row.get("name", ""),
                    )
                )
                place = end
            elif kind.startswith("end") or kind in SILENT or hints.get("kind") == "text_of":
                pass
            elif (read := plain_question(row, hints, self.lists, self.languages)) is None:
                self.remarks.append(
                    remark(
                        "xlsform_type",
                        "the question {name} of the type {kind} is left out: a questionnaire has none "
                        "like it",
                        grave=True,
                        name=row.get("name", ""),
                        kind=row.get("type", ""),
                    )
                )
            else:
                question, names, notes = read
                self.remarks += notes
                known = self.numbers if question["kind"] == "number" else self.choices
                known[row.get("name", "")] = question["id"]
                self.options[question["id"]] = names
                yield self._conditioned(question, row)
            place += 1

    def _conditioned(self, question: dict[str, Any], row: Row) -> dict[str, Any]:
        relevant = row.get("relevant", "")
        if relevant:
            condition = condition_of(relevant, self.choices, self.numbers, self.options)
            if condition is None:
                self.remarks.append(
                    remark(
                        "xlsform_condition",
                        "the question {name} is shown by {expression}, which is not read: it is "
                        "shown to everybody",
                        grave=True,
                        name=row.get("name", ""),
                        expression=relevant,
                    )
                )
            else:
                question["show_if"] = condition.model_dump()
        return question


def _kind(row: Row) -> str:
    """Type of a row, with a blank where older forms have an underscore: ``begin group``."""
    words = row.get("type", "").replace("_group", " group").replace("_repeat", " repeat").split()
    if words and words[0] in {"begin", "end"}:
        return " ".join(words[:2])
    return words[0] if words else "note"


def _end_of(rows: list[Row], begin: int) -> int:
    depth = 0
    for place in range(begin, len(rows)):
        kind = _kind(rows[place])
        depth += kind.startswith("begin") - kind.startswith("end")
        if depth == 0:
            return place
    raise SurveyError(
        "xlsform_group_open",
        "the group {name} of the form is begun and not ended; an end_group is expected",
        name=rows[begin].get("name", ""),
    )
