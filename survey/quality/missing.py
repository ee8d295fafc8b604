"""What was left empty, told apart from what was not shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from survey.answers import NOT_SHOWN, SELECTED, Answers
from survey.dataset import Dataset, Response, remark
from survey.quality.flags import Flag, Thresholds
from survey.questions import Pairwise, Ranking
from survey.responses import Texts

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Missing:
    """Empty and unseen, by question and by respondent.

    `questions`: table ``answered, partly, empty, not_shown``, respondents by question. Of a
    multiple choice ``empty`` is "shown, nothing chosen", which can be an answer. `shown` and
    `empty`: questions seen by each respondent, and those of them left quite empty.
    """

    questions: pd.DataFrame
    shown: IntArray
    empty: IntArray

    @property
    def shares(self) -> npt.NDArray[np.float64]:
        """Part of the questions shown that each respondent left empty; 0 of none."""
        shares: npt.NDArray[np.float64] = self.empty / np.maximum(self.shown, 1)
        return shares


def shown_and_given(response: Response) -> tuple[BoolArray, BoolArray]:
    """Cells that were shown, and those with an answer, shape (respondents, cells).

    Of a choice the whole question is one cell: that an option was not selected is no gap.
    """
    if isinstance(response, Answers):
        shown = (response.cells != NOT_SHOWN).any(axis=1, keepdims=True)
        return shown, (response.cells == SELECTED).any(axis=1, keepdims=True)
    if isinstance(response, Texts):
        words: tuple[str | None, ...] = response.values  # noqa: PD011 - no pandas object
        given = [text is not None and bool(text.strip()) for text in words]
        return response.shown[:, None], np.array(given, dtype=np.bool_)[:, None]
    return response.shown, response.given


def missing_of(dataset: Dataset) -> Missing:
    """Missing answers of a wave; texts beside open options are not counted."""
    size = len(dataset.respondents)
    seen, blank = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    rows: dict[str, tuple[int, int, int, int]] = {}
    for name, response in dataset.responses.items():
        if ":" in name:
            continue
        shown, given = shown_and_given(response)
        any_shown, any_given = shown.any(axis=1), given.any(axis=1)
        whole = any_given & (given | ~shown).all(axis=1)
        rows[name] = (
            int(whole.sum()),
            int((any_given & ~whole).sum()),
            int((any_shown & ~any_given).sum()),
            int((~any_shown).sum()),
        )
        seen += any_shown
        blank += any_shown & ~any_given
    table = pd.DataFrame.from_dict(
        rows, orient="index", columns=["answered", "partly", "empty", "not_shown"]
    )
    return Missing(table.rename_axis("question"), seen, blank)


def missing_flags(dataset: Dataset, missing: Missing, limits: Thresholds) -> Iterator[Flag]:
    """Flag much left empty, something required left empty, and waves not finished."""
    for row, name in enumerate(dataset.respondents):
        if missing.empty[row] and missing.shares[row] >= limits.missing_share:
            yield Flag(
                name,
                "missing",
                remark(
                    "much_left_empty",
                    "left {empty} of the {shown} questions shown empty",
                    empty=int(missing.empty[row]),
                    shown=int(missing.shown[row]),
                ),
            )
        if dataset.submitted is not None and not dataset.submitted[row]:
            yield Flag(name, "missing", remark("not_submitted", "did not finish"))
    for question in dataset.questionnaire.questions:
        if not question.required or question.id not in dataset.responses:
            continue
        yield from _required_left_out(dataset, question.id)


def _required_left_out(dataset: Dataset, question: str) -> Iterator[Flag]:
    kind = dataset.questionnaire.question(question)
    shown, given = shown_and_given(dataset.responses[question])
    gaps = shown & ~given
    # A comparison may be left incomplete on purpose, and a ranking may stop early.
    wrong = gaps.all(axis=1) if isinstance(kind, (Pairwise, Ranking)) else gaps.any(axis=1)
    for row in np.flatnonzero(wrong):
        yield Flag(
            dataset.respondents[row],
            "missing",
            remark("required_empty", "left something empty that was required"),
            question,
        )
