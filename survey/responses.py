"""What respondents gave to one question that is no choice: numbers, or words.

Choices have `survey.answers.Answers`. The three states are kept here too: a cell that was not
shown is told apart from one that was shown and left empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from survey.errors import SurveyError

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """Ratings, ranks, points, ratios or quantities: one row a respondent, one column a cell.

    Attributes
    ----------
    question : str
    columns : tuple of str
        As the question names its cells.
    values : array, shape (respondents, columns)
        NaN where nothing was given.
    shown : bool array, shape (respondents, columns)
        False where the cell was not shown; its value is then NaN.
    """

    question: str
    columns: tuple[str, ...]
    values: FloatArray
    shown: BoolArray

    def __post_init__(self) -> None:
        values = np.array(self.values, dtype=np.float64)
        shown = np.array(self.shown, dtype=np.bool_)
        if values.ndim != 2 or values.shape != shown.shape or values.shape[1] != len(self.columns):
            raise SurveyError(
                "numbers_shape",
                "question {question} has values of shape {values} and shown of shape {shown}; "
                "(respondents, {columns}) is expected of both",
                question=self.question,
                values=values.shape,
                shown=shown.shape,
                columns=len(self.columns),
            )
        unasked = np.argwhere(~shown & ~np.isnan(values))
        if len(unasked):
            row, column = unasked[0]
            raise SurveyError(
                "answer_not_shown",
                "respondent number {row} has {found} at {column} of question {question}, which was "
                "not shown; nothing is expected",
                row=int(row) + 1,
                found=float(values[row, column]),
                column=self.columns[column],
                question=self.question,
            )
        if np.isinf(values).any():
            row, column = np.argwhere(np.isinf(values))[0]
            raise SurveyError(
                "answer_infinite",
                "respondent number {row} has an infinite value at {column} of question {question}; "
                "a number is expected",
                row=int(row) + 1,
                column=self.columns[column],
                question=self.question,
            )
        values.setflags(write=False)
        shown.setflags(write=False)
        object.__setattr__(self, "columns", tuple(self.columns))
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "shown", shown)

    @property
    def given(self) -> BoolArray:
        """Where a number was given, shape (respondents, columns)."""
        return ~np.isnan(self.values)

    def cells(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], FloatArray]:
        """Row, column and number of every cell in which one was given."""
        row, column = np.nonzero(self.given)
        return row, column, self.values[row, column]

    def rows(self, keep: npt.ArrayLike) -> Numbers:
        """The same question for some respondents: a mask or positions."""
        chosen = np.asarray(keep)
        return Numbers(self.question, self.columns, self.values[chosen], self.shown[chosen])


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Free answers, or what was written beside an open option.

    Attributes
    ----------
    question : str
        The question, or ``question:option`` for the text of an open option.
    values : tuple of str or None
        One per respondent; None where nothing was written.
    shown : bool array, shape (respondents,)
    """

    question: str
    values: tuple[str | None, ...]
    shown: BoolArray

    def __post_init__(self) -> None:
        shown = np.array(self.shown, dtype=np.bool_)
        if shown.shape != (len(self.values),):
            raise SurveyError(
                "texts_shape",
                "question {question} has {values} texts and shown of shape {shown}; "
                "one of each per respondent is expected",
                question=self.question,
                values=len(self.values),
                shown=shown.shape,
            )
        shown.setflags(write=False)
        object.__setattr__(self, "values", tuple(self.values))
        object.__setattr__(self, "shown", shown)

    def rows(self, keep: npt.ArrayLike) -> Texts:
        """The same question for some respondents: a mask or positions."""
        places = np.arange(len(self.values))[np.asarray(keep)]
        return Texts(self.question, tuple(self.values[k] for k in places), self.shown[places])


def all_shown(rows: int, columns: Sequence[str] | int) -> BoolArray:
    """Everything was shown: what a format without that state leaves one to assume."""
    return np.ones((rows, columns if isinstance(columns, int) else len(columns)), dtype=np.bool_)
