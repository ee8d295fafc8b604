"""Who should have seen a question, by its condition."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from survey.answers import SELECTED, Answers
from survey.dataset import Dataset
from survey.questions import Condition
from survey.responses import Numbers

BoolArray = npt.NDArray[np.bool_]


def condition_met(dataset: Dataset, condition: Condition) -> BoolArray:
    """Whether each respondent's answers meet a condition, shape (respondents,).

    A question that was not answered meets `none_of`, as in the forms that ask by such conditions,
    and no other rule. So does a question of which there are no answers at all.
    """
    response = dataset.responses.get(condition.question)
    size = len(dataset.respondents)
    if isinstance(response, Answers):
        chosen = response.cells == SELECTED
        places = {option: k for k, option in enumerate(response.options)}
        named = [places[o] for o in condition.any_of + condition.none_of if o in places]
        any_chosen: BoolArray = chosen[:, named].any(axis=1)
        return any_chosen if condition.any_of else ~any_chosen
    if isinstance(response, Numbers):
        values = response.values[:, 0]
        met = ~np.isnan(values)
        if condition.at_least is not None:
            met &= values >= condition.at_least
        if condition.at_most is not None:
            met &= values <= condition.at_most
        return met
    return np.full(size, bool(condition.none_of))


def expected_shown(dataset: Dataset, question: str) -> BoolArray:
    """Who should have seen a question: its condition is met, and so is that of what it asks by."""
    condition = dataset.questionnaire.question(question).show_if
    if condition is None:
        return np.ones(len(dataset.respondents), dtype=np.bool_)
    return condition_met(dataset, condition) & expected_shown(dataset, condition.question)
