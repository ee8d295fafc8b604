"""Leaving respondents out: a choice that is recorded with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from survey.dataset import Dataset, remark
from survey.errors import SurveyError
from survey.frames import first_repeated


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A respondent the analyst leaves out, and why, in his own words."""

    respondent: str
    reason: str


def exclude(dataset: Dataset, exclusions: Sequence[Exclusion]) -> Dataset:
    """The wave without some respondents; each exclusion becomes a remark of the result."""
    places = {name: k for k, name in enumerate(dataset.respondents)}
    for each in exclusions:
        if each.respondent not in places:
            raise SurveyError(
                "excluded_unknown",
                "the respondent {respondent} is to be left out, but is not among the "
                "{respondents} respondents",
                respondent=each.respondent,
                respondents=len(places),
            )
        if not each.reason.strip():
            raise SurveyError(
                "exclusion_without_reason",
                "the respondent {respondent} is to be left out without a reason; words are expected",
                respondent=each.respondent,
            )
    if (twice := first_repeated(each.respondent for each in exclusions)) is not None:
        raise SurveyError(
            "excluded_twice",
            "the respondent {respondent} is left out twice; one reason is expected",
            respondent=twice,
        )
    kept = np.ones(len(places), dtype=np.bool_)
    kept[[places[each.respondent] for each in exclusions]] = False
    return dataset.keep(
        kept,
        remarks=[
            remark(
                "respondent_excluded",
                "the respondent {respondent} was left out by the analyst: {reason}",
                grave=True,
                respondent=each.respondent,
                reason=each.reason,
            )
            for each in exclusions
        ],
    )
