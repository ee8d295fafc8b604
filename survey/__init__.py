"""Questionnaire, answers, statistics, priorities: what a council of experts said.

A name is loaded when it is first asked for: a process that only reads questionnaires and keeps
answers does not pay for pandas and SciPy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.answers import NOT_SELECTED, NOT_SHOWN, SELECTED, Answers
    from survey.counts import Counts
    from survey.dataset import Dataset, Remark, remark
    from survey.draws import draw_shares, draw_shares_together
    from survey.errors import SurveyError
    from survey.individual import IndividualPriorities, Sums
    from survey.judged import WEIGHING, individual_priorities
    from survey.pooling import Pooling, group_weights
    from survey.priority import Priorities, draw_priorities, priorities
    from survey.questionnaire import FORMAT_VERSION, Questionnaire, questionnaire_faults
    from survey.questions import (
        AnyQuestion,
        BestWorst,
        Condition,
        FreeText,
        Grid,
        MultipleChoice,
        Option,
        Pairwise,
        Points,
        Quantity,
        Question,
        Ranking,
        Rating,
        Scale,
        SingleChoice,
        Text,
    )
    from survey.responses import Numbers, Texts
    from survey.shares import (
        PrioritySource,
        Shares,
        Source,
        selection_shares,
        to_totals,
        wilson_interval,
    )

__all__ = [
    "FORMAT_VERSION",
    "NOT_SELECTED",
    "NOT_SHOWN",
    "SELECTED",
    "WEIGHING",
    "Answers",
    "AnyQuestion",
    "BestWorst",
    "Condition",
    "Counts",
    "Dataset",
    "FreeText",
    "Grid",
    "IndividualPriorities",
    "MultipleChoice",
    "Numbers",
    "Option",
    "Pairwise",
    "Points",
    "Pooling",
    "Priorities",
    "PrioritySource",
    "Quantity",
    "Question",
    "Questionnaire",
    "Ranking",
    "Rating",
    "Remark",
    "Scale",
    "Shares",
    "SingleChoice",
    "Source",
    "Sums",
    "SurveyError",
    "Text",
    "Texts",
    "draw_priorities",
    "draw_shares",
    "draw_shares_together",
    "group_weights",
    "individual_priorities",
    "priorities",
    "questionnaire_faults",
    "remark",
    "selection_shares",
    "to_totals",
    "wilson_interval",
]

# No module may bear the name of what it gives: importing it would bind the module to that name.
_MODULES = {
    "answers": ("NOT_SELECTED", "NOT_SHOWN", "SELECTED", "Answers"),
    "counts": ("Counts",),
    "dataset": ("Dataset", "Remark", "remark"),
    "draws": ("draw_shares", "draw_shares_together"),
    "errors": ("SurveyError",),
    "individual": ("IndividualPriorities", "Sums"),
    "judged": ("WEIGHING", "individual_priorities"),
    "pooling": ("Pooling", "group_weights"),
    "priority": ("Priorities", "draw_priorities", "priorities"),
    "questionnaire": ("FORMAT_VERSION", "Questionnaire", "questionnaire_faults"),
    "questions": (
        "AnyQuestion",
        "BestWorst",
        "Condition",
        "FreeText",
        "Grid",
        "MultipleChoice",
        "Option",
        "Pairwise",
        "Points",
        "Quantity",
        "Question",
        "Ranking",
        "Rating",
        "Scale",
        "SingleChoice",
        "Text",
    ),
    "responses": ("Numbers", "Texts"),
    "shares": (
        "PrioritySource",
        "Shares",
        "Source",
        "selection_shares",
        "to_totals",
        "wilson_interval",
    ),
}
_HOMES = {name: f"survey.{module}" for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
