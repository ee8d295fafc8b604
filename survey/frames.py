"""Labels and columns of long tables, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from survey.errors import SurveyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt
    import pandas as pd


class DistinctNames(tuple[str, ...]):
    """Names that are known to be distinct: a million of them are checked once, not per question."""

    __slots__ = ()


def rows_of_question(frame: pd.DataFrame, question: str, columns: Sequence[str]) -> pd.DataFrame:
    """Rows of one question; a frame without a column ``question`` holds only that one."""
    for column in columns:
        if column not in frame.columns:
            raise SurveyError(
                "column_missing",
                "the table has no column {column}; {expected} are expected",
                column=column,
                expected=", ".join(columns),
            )
    if "question" not in frame.columns:
        return frame
    rows = frame[frame["question"] == question]
    if rows.empty:
        raise SurveyError(
            "question_not_in_table",
            "the table has no rows of question {question}; it has {found}",
            question=question,
            found=", ".join(str(name) for name in frame["question"].unique()) or "none",
        )
    return rows


def label_codes(
    rows: pd.DataFrame, column: str, known: Sequence[str] | None
) -> tuple[npt.NDArray[np.intp], tuple[str, ...]]:
    """Position of each row's label among `known`, or among the labels in order of appearance.

    Labels are compared as text: 1 in a table and "1" in a questionnaire are the same option.
    """
    import pandas as pd  # noqa: PLC0415 - questionnaires and stored answers do without tables

    values = rows[column]
    blank = np.flatnonzero(values.isna().to_numpy(dtype=bool))
    if blank.size:
        raise SurveyError(
            "label_missing",
            "row {row} of the table has an empty {column}; a name is expected",
            row=rows.index[blank[0]],
            column=column,
        )
    codes, found = pd.factorize(values.astype(str))
    labels = tuple(str(label) for label in found)
    if known is None:
        return np.asarray(codes, dtype=np.intp), labels
    places = pd.Index(list(known), dtype=object).get_indexer(pd.Index(list(labels), dtype=object))
    strange = np.flatnonzero(places < 0)
    if strange.size:
        raise SurveyError(
            "label_unknown",
            "the table has the {column} {found}; one of {expected} is expected",
            column=column,
            found=labels[int(strange[0])],
            expected=", ".join(known),
        )
    return np.asarray(places, dtype=np.intp)[codes], tuple(known)


def check_confidence(confidence: float) -> None:
    """Refuse a confidence that is not between 0 and 1."""
    if not 0 < confidence < 1:
        raise SurveyError(
            "confidence_outside",
            "the confidence is {found}; a number between 0 and 1 is expected",
            found=confidence,
        )


def check_labels(question: str, options: Sequence[str], groups: Sequence[str]) -> None:
    """Refuse a question without options or groups, or with one of them twice."""
    if not options:
        raise SurveyError(
            "options_missing",
            "question {question} has no options; at least one is expected",
            question=question,
        )
    if not groups:
        raise SurveyError(
            "groups_missing",
            "question {question} has no groups; at least one is expected",
            question=question,
        )
    if (twice := first_repeated(options)) is not None:
        raise SurveyError(
            "option_duplicate",
            "question {question} has the option {option} twice; distinct ids are expected",
            question=question,
            option=twice,
        )
    if (twice := first_repeated(groups)) is not None:
        raise SurveyError(
            "group_duplicate",
            "question {question} has the group {group} twice; distinct names are expected",
            question=question,
            group=twice,
        )


def first_repeated(labels: Iterable[str]) -> str | None:
    """First label that stands a second time, None if all are distinct."""
    labels = tuple(labels)
    if len(set(labels)) == len(labels):
        return None
    seen: set[str] = set()
    for label in labels:
        if label in seen:
            return label
        seen.add(label)
    return None


def first_cell(mask: npt.NDArray[np.bool_]) -> tuple[int, ...] | None:
    """Index of the first true cell, None if there is none."""
    cells = np.argwhere(mask)
    return tuple(int(place) for place in cells[0]) if len(cells) else None
