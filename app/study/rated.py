"""Scores of alternatives that the experts have rated: means of a grid's ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from app.i18n import language
from app.study import formats
from app.study.judgements import numbers_of
from survey import Grid
from survey.ratings import mean_ratings

if TYPE_CHECKING:
    from app.i18n import Language
    from app.study.schema import Settings
    from survey import Questionnaire, Scale


def rating_grids(settings: Settings, questionnaire: Questionnaire | None) -> list[Grid]:
    """Grids whose ratings the study takes as scores."""
    return [
        question
        for question in (questionnaire.questions if questionnaire else ())
        if question.id in settings.directions.ratings and isinstance(question, Grid)
    ]


def rated_scores(
    settings: Settings, questionnaire: Questionnaire, frame: pd.DataFrame
) -> pd.DataFrame:
    """Rows of scores.csv for the criteria that experts rated.

    The value is the mean over all who rated the cell, low and high are the ends of its 95 %
    interval; groups weigh by their number.

    Parameters
    ----------
    settings, questionnaire
    frame
        As of answers/judgements.csv.

    """
    rows = []
    groups = list(settings.experts)
    for question in rating_grids(settings, questionnaire):
        found = mean_ratings(numbers_of(question, groups, frame)[2], question.scale)
        for k, cell in enumerate(found.columns):
            alternative, _, criterion = cell.partition(":")
            rules = {
                f"rule_{lang.code}": _rule(int(found.raters[k]), question.scale, lang)
                for lang in (language("en"), language("ru"))
            }
            rows.append(
                {
                    "criterion": criterion,
                    "alternative": alternative,
                    "value": float(found.means[k]),
                    "low": float(found.low[k]),
                    "high": float(found.high[k]),
                    "basis": formats.RATED,
                    **rules,
                }
            )
    return pd.DataFrame(rows)


def _rule(raters: int, scale: Scale, lang: Language) -> str:
    ends = {"low": lang.number(scale.low, 0), "high": lang.number(scale.high, 0)}
    if raters == 1:
        return lang.say("rating of one expert, so that low and high are the ends of the scale")
    return lang.say_many(
        "mean of the rating of {count} expert from {low} to {high}, with its 95 % interval",
        "mean of the ratings of {count} experts from {low} to {high}, with its 95 % interval",
        raters,
        **ends,
    )
