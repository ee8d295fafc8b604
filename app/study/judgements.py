"""answers/judgements.csv as each respondent's weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from survey import WEIGHING, Grid, IndividualPriorities, Numbers, Rating, individual_priorities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey import AnyQuestion, Questionnaire


def weighs(question: AnyQuestion) -> bool:
    """Whether weights of its options follow from the answers to a question that is no choice."""
    below = isinstance(question, Rating) and question.scale.low < 0
    return isinstance(question, WEIGHING) and not below


def is_judged(question: AnyQuestion) -> bool:
    """Whether answers to a question are kept in the table: weights follow, or scores of a grid."""
    return isinstance(question, Grid) or weighs(question)


def individual_of(
    questionnaire: Questionnaire, groups: Sequence[str], frame: pd.DataFrame
) -> dict[str, IndividualPriorities]:
    """Weights by question, for every question of the table from which weights follow.

    Parameters
    ----------
    questionnaire
    groups
        Ids, in the study's order.
    frame
        Columns ``respondent``, ``group``, ``question``, ``cell``, ``value``; a cell without a row
        was not answered.

    """
    found = {}
    for question in questionnaire.questions:
        if not weighs(question) or not (frame["question"] == question.id).any():
            continue
        names, group_of, numbers = numbers_of(question, groups, frame)
        found[question.id] = individual_priorities(
            question, numbers, groups, group_of, respondents=names
        )
    return found


def numbers_of(
    question: AnyQuestion, groups: Sequence[str], frame: pd.DataFrame
) -> tuple[list[str], npt.NDArray[np.intp], Numbers]:
    """Who answered one question of the table, their groups, and what they answered."""
    rows = frame[frame["question"] == question.id]
    people, first = np.unique(rows["respondent"].to_numpy(dtype=str), return_index=True)
    names = people[np.argsort(first, kind="stable")].tolist()
    place = pd.Series(np.arange(len(names)), index=names)
    at = place.loc[rows["respondent"]].to_numpy()
    cells = pd.Series(np.arange(len(question.columns)), index=list(question.columns))
    values = np.full((len(names), len(question.columns)), np.nan)
    values[at, cells.loc[rows["cell"]].to_numpy()] = rows["value"].to_numpy()
    group_of = np.zeros(len(names), dtype=np.intp)
    group_of[at] = [groups.index(group) for group in rows["group"]]
    shown = np.ones(values.shape, dtype=bool)
    return names, group_of, Numbers(question.id, question.columns, values, shown)
