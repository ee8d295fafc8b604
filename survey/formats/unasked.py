"""What was not shown by the conditions of the questionnaire, where the file does not tell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from survey.answers import NOT_SHOWN, SELECTED, Answers
from survey.dataset import Dataset, Response, remark
from survey.quality.conditions import expected_shown
from survey.responses import Numbers, Texts


def hide_unasked(dataset: Dataset) -> Dataset:
    """Mark as not shown what a respondent left empty and, by its condition, was not asked.

    Answers given against a condition stay: whether they are possible is a matter of quality.
    """
    changed: dict[str, Response] = {}
    for question in dataset.questionnaire.questions:
        if question.show_if is None or question.id not in dataset.responses:
            continue
        response = dataset.responses[question.id]
        hide = ~expected_shown(dataset, question.id) & _empty(response)
        if not hide.any():
            continue
        for key in dataset.responses:
            if key.partition(":")[0] == question.id:
                changed[key] = _hidden(dataset.responses[key], hide)
    if not changed:
        return dataset
    told = remark(
        "not_shown_by_conditions",
        "what was not shown follows from the conditions of the questionnaire in {count} questions",
        count=sum(":" not in key for key in changed),
    )
    return replace(
        dataset,
        responses={**dataset.responses, **changed},
        remarks=(*dataset.remarks, told),
    )


def _empty(response: Response) -> npt.NDArray[np.bool_]:
    if isinstance(response, Answers):
        return ~np.asarray((response.cells == SELECTED).any(axis=1), dtype=np.bool_)
    if isinstance(response, Numbers):
        return ~np.asarray(response.given.any(axis=1), dtype=np.bool_)
    return np.array([value is None for value in response.values], dtype=np.bool_)


def _hidden(response: Response, hide: npt.NDArray[np.bool_]) -> Response:
    if isinstance(response, Answers):
        cells = response.cells.copy()
        cells[hide] = NOT_SHOWN
        return Answers(
            response.question,
            response.options,
            response.groups,
            cells,
            response.group_of,
            respondents=response.respondents,
            single=response.single,
        )
    if isinstance(response, Numbers):
        shown = response.shown & ~hide[:, None]
        return Numbers(response.question, response.columns, response.values, shown)
    written = np.array([value is not None for value in response.values], dtype=np.bool_)
    return Texts(response.question, response.values, (response.shown & ~hide) | written)
