"""Columns of ratings, ranks, points or quantities to numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from survey.dataset import remark
from survey.formats.filling import Filling
from survey.formats.names import bare, examples, grade_of, number_of, option_places, plain
from survey.formats.raw import Columns, Ranked
from survey.questions import AnyQuestion, Grid, Option, Ranking, Rating
from survey.responses import Numbers


def fill_ranked(filling: Filling, question: Ranking, raw: Ranked) -> None:
    """The rank of each option, from the option at each rank."""
    known = option_places(question.options)
    values = np.full((len(filling.respondents), len(question.options)), np.nan)
    strange = []
    for rank, column in enumerate(raw.cells, start=1):
        for row, cell in enumerate(column):
            if not (label := plain(cell)):
                continue
            place = known.get(label, known.get(plain(raw.labels.get(cell, "")), -1))
            if place < 0:
                strange.append(cell)
            elif np.isnan(values[row, place]):
                values[row, place] = rank
    _say_strange(filling, question, strange)
    shown = np.broadcast_to(raw.shown[:, None], values.shape) | ~np.isnan(values)
    filling.responses[question.id] = Numbers(question.id, question.columns, values, shown)


def fill_numbers(filling: Filling, question: AnyQuestion, raw: Columns) -> None:
    """Numbers, or labels of grades, one column for each cell of the question."""
    wanted = _cell_places(question)
    values = np.full((len(filling.respondents), len(question.columns)), np.nan)
    shown = np.zeros(values.shape, dtype=np.bool_)
    grades = _grades(question)
    strange: list[str] = []
    unknown: list[str] = []
    taken: set[int] = set()
    for column, item in enumerate(raw.items):
        place = wanted.get(plain(item.code), wanted.get(plain(item.text), -1))
        if place < 0 or place in taken:
            unknown += [item.text] if any(cell.strip() for cell in raw.cells[column]) else []
            continue
        taken.add(place)
        found, odd = _graded(raw.cells[column], grades, raw.labels)
        strange += odd
        values[:, place] = found
        shown[:, place] = raw.shown[:, column] | ~np.isnan(found)
    if unknown:
        filling.remarks.append(
            remark(
                "items_unknown",
                "question {question} has columns that the questionnaire does not have, or has "
                "once only; they are left out: {found}",
                grave=True,
                question=question.id,
                found=examples(unknown),
            )
        )
    absent = [name for place, name in enumerate(question.columns) if place not in taken]
    if absent:
        filling.remarks.append(
            remark(
                "items_absent",
                "the file has no column for some items of question {question}; they are read as "
                "not shown: {found}",
                grave=True,
                question=question.id,
                found=examples(absent),
            )
        )
    _say_strange(filling, question, strange)
    filling.responses[question.id] = Numbers(question.id, question.columns, values, shown)


def _say_strange(filling: Filling, question: AnyQuestion, strange: Sequence[str]) -> None:
    if strange:
        filling.remarks.append(
            remark(
                "values_unknown",
                "{count} answers to question {question} are no number or known label and are "
                "left out: {found}",
                grave=True,
                count=len(strange),
                question=question.id,
                found=examples(strange),
            )
        )


def _cell_places(question: AnyQuestion) -> dict[str, int]:
    """Place of a cell of the question by what a column of it may be called."""
    places = {plain(name): place for place, name in enumerate(question.columns)}
    if isinstance(question, Grid):
        k = 0
        for option in question.options:
            for criterion in question.criteria:
                for a, b in zip(_wordings(option), _wordings(criterion), strict=True):
                    for sign in ("_", ":", "/", " - ", " ", "|", "]["):
                        places.setdefault(plain(f"{a}{sign}{b}"), k)
                k += 1
    elif isinstance(question, (Rating, Ranking)) or len(question.columns) == len(
        getattr(question, "options", ())
    ):
        for name, place in option_places(getattr(question, "options", ())).items():
            places.setdefault(name, place)
    return places


def _wordings(option: Option) -> tuple[str, str, str]:
    return option.id, option.text.en, option.text.ru


def _grades(question: AnyQuestion) -> dict[str, float] | None:
    """Value of a grade by its label; None if the question has no scale of grades."""
    if not isinstance(question, (Rating, Grid)):
        return None
    return {
        bare(text): float(value)
        for value, label in question.scale.labels.items()
        for text in (label.en, label.ru)
    }


def _graded(
    cells: Sequence[str], grades: Mapping[str, float] | None, labels: Mapping[str, str]
) -> tuple[npt.NDArray[np.float64], list[str]]:
    known: dict[str, float] = {"": np.nan}
    values = np.empty(len(cells))
    strange = []
    for row, cell in enumerate(cells):
        if cell not in known:
            known[cell] = _grade(cell, grades, labels)
        values[row] = known[cell]
        if np.isnan(values[row]) and cell.strip():
            strange.append(cell)
    return values, strange


def _grade(cell: str, grades: Mapping[str, float] | None, labels: Mapping[str, str]) -> float:
    value = number_of(cell)
    if grades is None:
        # The file may tell codes and their labels; the label is then the number that was shown.
        told = number_of(labels.get(cell, ""))
        value = value if told is None else told
    else:
        for text in (labels.get(cell, cell), cell):
            if (grade := grades.get(bare(text))) is not None:
                return grade
        if value is None and (graded := grade_of(labels.get(cell, cell)) or grade_of(cell)):
            value = float(graded[0])
    return np.nan if value is None or np.isinf(value) else value
