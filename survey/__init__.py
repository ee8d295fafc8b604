"""Questionnaire, answers, statistics, priorities: what a council of experts said."""

from survey.answers import NOT_SELECTED, NOT_SHOWN, SELECTED, Answers
from survey.counts import Counts
from survey.dataset import Dataset, Remark, remark
from survey.draws import draw_shares, draw_shares_together
from survey.errors import SurveyError
from survey.pooling import Pooling, group_weights
from survey.priorities import Priorities, draw_priorities, priorities
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
from survey.shares import Shares, Source, selection_shares, wilson_interval

__all__ = [
    "FORMAT_VERSION",
    "NOT_SELECTED",
    "NOT_SHOWN",
    "SELECTED",
    "Answers",
    "AnyQuestion",
    "BestWorst",
    "Condition",
    "Counts",
    "Dataset",
    "FreeText",
    "Grid",
    "MultipleChoice",
    "Numbers",
    "Option",
    "Pairwise",
    "Points",
    "Pooling",
    "Priorities",
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
    "SurveyError",
    "Text",
    "Texts",
    "draw_priorities",
    "draw_shares",
    "draw_shares_together",
    "group_weights",
    "priorities",
    "questionnaire_faults",
    "remark",
    "selection_shares",
    "wilson_interval",
]
