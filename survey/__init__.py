"""Questionnaire, answers, statistics, priorities: what a council of experts said."""

from survey.answers import NOT_SELECTED, NOT_SHOWN, SELECTED, Answers
from survey.counts import Counts
from survey.draws import draw_shares, draw_shares_together
from survey.errors import SurveyError
from survey.pooling import Pooling, group_weights
from survey.priorities import Priorities, draw_priorities, priorities
from survey.questionnaire import (
    FORMAT_VERSION,
    MultipleChoice,
    Option,
    Question,
    Questionnaire,
    SingleChoice,
    Text,
    questionnaire_faults,
)
from survey.shares import Shares, Source, selection_shares, wilson_interval

__all__ = [
    "FORMAT_VERSION",
    "NOT_SELECTED",
    "NOT_SHOWN",
    "SELECTED",
    "Answers",
    "Counts",
    "MultipleChoice",
    "Option",
    "Pooling",
    "Priorities",
    "Question",
    "Questionnaire",
    "Shares",
    "SingleChoice",
    "Source",
    "SurveyError",
    "Text",
    "draw_priorities",
    "draw_shares",
    "draw_shares_together",
    "group_weights",
    "priorities",
    "questionnaire_faults",
    "selection_shares",
    "wilson_interval",
]
