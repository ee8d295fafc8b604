"""REDCap's data dictionary: a CSV of 18 columns, a row for each field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from survey.errors import SurveyError
from survey.formats.names import plain
from survey.formats.sheets import read_sheet

_NAME = ("variable / field name", "field_name")
_FORM = ("form name", "form_name")
_KIND = ("field type", "field_type")
_LABEL = ("field label", "field_label")
_CHOICES = ("choices, calculations, or slider labels", "select_choices_or_calculations")
_CHECK = ("text validation type or show slider number",
          "text_validation_type_or_show_slider_number")  # fmt: skip
_PERSONAL = ("identifier?", "identifier")
_BRANCHING = ("branching logic (show field only if...)", "branching_logic")
_MATRIX = ("matrix group name", "matrix_group_name")
_CHOSEN = frozenset(("radio", "dropdown", "checkbox"))
_FIXED = {"yesno": {"1": "Yes", "0": "No"}, "truefalse": {"1": "True", "0": "False"}}
_NUMBERS = ("number", "integer")
_MARKUP = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it is called, how it is answered and when it is shown."""

    name: str
    form: str
    kind: str
    label: str
    choices: Mapping[str, str]
    answer: str
    identifier: bool
    branching: str
    matrix: str


def is_dictionary(headings: Sequence[str]) -> bool:
    """Whether these are the headings of a dictionary, downloaded or from the API."""
    found = {plain(heading) for heading in headings}
    return any(n in found and k in found for n, k in zip(_NAME, _KIND, strict=True))


def read_dictionary(path: Path) -> dict[str, Field]:
    """Fields by name, in order."""
    sheet = read_sheet(path)
    if not is_dictionary(sheet.headings):
        raise SurveyError(
            "redcap_dictionary_unknown",
            "the file {file} is no REDCap data dictionary; its first headings are {found}, and "
            "{expected} is expected among them",
            file=path.name,
            found=", ".join(sheet.headings[:3]),
            expected="Variable / Field Name, Field Type",
        )
    places = {plain(heading): k for k, heading in enumerate(sheet.headings)}

    def cell(row: Sequence[str], names: Sequence[str]) -> str:
        return next((row[places[name]].strip() for name in names if name in places), "")

    fields = {}
    for row in sheet.rows[1:]:
        kind, check = cell(row, _KIND).casefold(), cell(row, _CHECK).casefold()
        choices = _FIXED.get(kind, {})
        if kind in _CHOSEN:
            choices = choices_of(cell(row, _CHOICES))
        name = cell(row, _NAME)
        fields[name] = Field(
            name,
            cell(row, _FORM),
            kind,
            " ".join(_MARKUP.sub(" ", cell(row, _LABEL)).split()),
            choices,
            _answer(kind, check),
            plain(cell(row, _PERSONAL)) in {"y", "yes", "1"},
            cell(row, _BRANCHING),
            cell(row, _MATRIX),
        )
    return fields


def choices_of(text: str) -> dict[str, str]:
    """``1, one | 2, two, too``: parted by ``|``, a code from its text by the first comma."""
    made = {}
    for part in text.split("|"):
        code, _, label = part.partition(",")
        if code.strip():
            made[code.strip()] = label.strip() or code.strip()
    return made


def _answer(kind: str, check: str) -> str:
    if kind in _CHOSEN or kind in _FIXED:
        return "single"
    if kind in {"calc", "slider"} or check.startswith(_NUMBERS):
        return "number"
    return "text"
