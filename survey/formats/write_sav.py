"""A wave of answers to an SPSS system file (.sav), with multiple-response sets.

The columns are those of the wide table under names that SPSS allows. Not shown is a user-missing
value labelled "not shown"; shown and not answered is system-missing. Strings of SPSS end at their
last sign that is no space.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from survey.dataset import Dataset, Remark, remark
from survey.errors import SurveyError
from survey.formats.mrsets import DichotomySet, add_sets
from survey.formats.outgoing import Outgoing
from survey.formats.sav_names import NOT_SHOWN_LABEL, TITLE, sav_names
from survey.formats.wide import GROUP, WideColumn, wide_columns
from survey.formats.write_xlsx import cell_texts
from survey.questionnaire import Questionnaire
from survey.questions import Grid, MultipleChoice, Rating, SingleChoice

_BYTES = 32_767  # of one string
_LARGEST = 1e300  # the largest doubles mean "missing" and "highest" in SPSS
_LABEL = 120  # bytes of a label of a value, and characters of one of a variable
_TICKS = {1: "selected", 0: "not selected"}


def write_sav(dataset: Dataset, path: Path, lang: str = "en") -> tuple[Remark, ...]:
    """Write the file, its labels in the language `lang`; what had to be changed is told."""
    import pyreadstat  # noqa: PLC0415 - heavy, and only .sav files need it

    out = Outgoing()
    names = sav_names(dataset.questionnaire)
    columns = wide_columns(dataset)
    hidden = {c.heading.removesuffix("#shown"): c for c in columns if c.role == "shown"}
    numeric = {c.heading for c in columns if c.role in {"number", "choice"}}
    frame: dict[str, object] = {}
    labels: dict[str, str | None] = {}
    values: dict[str, dict[float, str]] = {}
    missing: dict[str, list[Any]] = {}
    spaces = 0
    for column in columns:
        heading, name = column.heading, names[column.heading]
        if column.role == "shown" and heading.removesuffix("#shown") in numeric:
            continue
        labels[name] = _label(column, dataset.questionnaire, lang, out)
        if heading == GROUP and max(len(g.encode()) for g in dataset.groups) <= _LABEL:
            frame[name] = dataset.group_of.astype(np.float64) + 1
            values[name] = {k + 1.0: out.plain(g) for k, g in enumerate(dataset.groups)}
        elif not isinstance(column.cells, np.ndarray):
            words = [out.plain(value or "") for value in column.cells]
            spaces += sum(word != word.rstrip(" ") for word in words)
            frame[name] = _strings(words, column, path)
        else:
            _check_range(column, path)
            frame[name], code = _coded(column, hidden.get(heading))
            values[name] = _value_labels(column, dataset.questionnaire, lang)
            if code is not None:
                values[name][code] = NOT_SHOWN_LABEL
                missing[name] = [code]
    pyreadstat.write_sav(
        pd.DataFrame(frame),
        str(path),
        file_label=TITLE,
        column_labels=labels,
        variable_value_labels={name: each for name, each in values.items() if each},
        missing_ranges=missing,
    )
    add_sets(path, _sets(columns, names, dataset.questionnaire, lang))
    told = out.remarks()
    if not spaces:
        return told
    return (
        *told,
        remark(
            "spaces_at_end",
            "{count} texts end in spaces, which SPSS does not keep",
            grave=True,
            count=spaces,
        ),
    )


def _strings(words: Sequence[str], column: WideColumn, path: Path) -> list[str]:
    longest = max((len(word.encode()) for word in words), default=0)
    if longest > _BYTES:
        raise SurveyError(
            "sav_text_long",
            "a text of {heading} has {found} bytes, too many for the file {file}; "
            "at most {expected} are expected",
            heading=column.heading,
            found=longest,
            file=path.name,
            expected=_BYTES,
        )
    return list(words)


def _check_range(column: WideColumn, path: Path) -> None:
    numbers = np.asarray(column.cells, dtype=np.float64)
    if (np.abs(numbers[~np.isnan(numbers)]) > _LARGEST).any():
        raise SurveyError(
            "sav_number_large",
            "the column {heading} has a number beyond {expected}, which the file {file} would take "
            "for a missing one",
            heading=column.heading,
            expected=_LARGEST,
            file=path.name,
        )


def _coded(
    column: WideColumn, hidden: WideColumn | None
) -> tuple[npt.NDArray[np.float64], float | None]:
    """Values with a code where nothing was shown, one that is no answer here."""
    numbers = np.asarray(column.cells, dtype=np.float64)
    if column.role == "choice":
        unseen = np.isnan(numbers)
    elif hidden is None:
        return numbers, None
    else:
        unseen = np.asarray(hidden.cells, dtype=np.float64) == 0
    if not unseen.any():
        return numbers, None
    taken = set(numbers[~np.isnan(numbers)].tolist())
    code = -99.0
    while code in taken:
        code = code * 10 - 9
    return np.where(unseen, code, numbers), code


def _label(column: WideColumn, questionnaire: Questionnaire, lang: str, out: Outgoing) -> str:
    if column.role == "person":
        return column.heading
    question = questionnaire.question(column.question)
    cell = cell_texts(question, column.cell)[0 if lang == "en" else 1]
    text = cell or question.text.get(lang)
    return _one_line(out.plain(text if column.role != "shown" else f"{text}: 1 = shown"))


def _one_line(text: str) -> str:
    return " ".join(text.split())[:_LABEL]


def _value_labels(column: WideColumn, questionnaire: Questionnaire, lang: str) -> dict[float, str]:
    if column.role == "choice":
        return {float(code): text for code, text in _TICKS.items()}
    question = questionnaire.question(column.question) if column.question else None
    if column.role == "number" and isinstance(question, (Rating, Grid)):
        return {float(k): _one_line(t.get(lang)) for k, t in question.scale.labels.items()}
    return {}


def _sets(
    columns: Sequence[WideColumn], names: dict[str, str], questionnaire: Questionnaire, lang: str
) -> list[DichotomySet]:
    made: list[DichotomySet] = []
    for question in questionnaire.questions:
        mine = [c for c in columns if c.question == question.id and c.role == "choice"]
        if isinstance(question, (SingleChoice, MultipleChoice)) and mine:
            made.append(
                DichotomySet(
                    _set_name(question.id, [each.name for each in made]),
                    _one_line(question.text.get(lang)),
                    tuple(names[column.heading] for column in mine),
                )
            )
    return made


def _set_name(question: str, taken: Sequence[str]) -> str:
    base = question.replace("-", "_")
    base = base if base[0].isalpha() else f"v{base}"
    used = {name.casefold() for name in taken}
    numbered = (f"{base}_{k}" for k in range(2, len(used) + 3))
    return next(name for name in (base, *numbered) if name.casefold() not in used)
