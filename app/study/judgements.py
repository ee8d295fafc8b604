"""answers/judgements.csv as each respondent's weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from survey import WEIGHING, IndividualPriorities, Numbers, Rating, individual_priorities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey import AnyQuestion, Questionnaire


def weighs(question: AnyQuestion) -> bool:
    """Whether weights of its options follow from the answers to a question that is no choice."""
    below = isinstance(question, Rating) and question.scale.low < 0
    return isinstance(question, WEIGHING) and not below


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
        rows = frame[frame["question"] == question.id]
        if rows.empty or not weighs(question):
            continue
        people, first = np.unique(rows["respondent"].to_numpy(dtype=str), return_index=True)
        order = np.argsort(first, kind="stable")
        names = people[order].tolist()
        place = pd.Series(np.arange(len(names)), index=names)
        at = place.loc[rows["respondent"]].to_numpy()
        cells = pd.Series(np.arange(len(question.columns)), index=list(question.columns))
        values = np.full((len(names), len(question.columns)), np.nan)
        values[at, cells.loc[rows["cell"]].to_numpy()] = rows["value"].to_numpy()
        group_of = np.zeros(len(names), dtype=np.intp)
        group_of[at] = [groups.index(group) for group in rows["group"]]
        numbers = Numbers(question.id, question.columns, values, np.ones(values.shape, dtype=bool))
        found[question.id] = individual_priorities(
            question, numbers, groups, group_of, respondents=names
        )
    return found
