"""Answers that the question does not allow."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from survey.answers import SELECTED, Answers
from survey.dataset import Dataset, Remark, Response, remark
from survey.quality.conditions import expected_shown
from survey.quality.missing import shown_and_given
from survey.questions import (
    AnyQuestion,
    BestWorst,
    FreeText,
    Grid,
    MultipleChoice,
    Pairwise,
    Points,
    Quantity,
    Ranking,
    Rating,
)
from survey.responses import Numbers, Texts

FloatArray = npt.NDArray[np.float64]

_TOLERANCE = 1e-6
Finding = tuple[int, Remark]


def impossible_answers(dataset: Dataset) -> Iterator[tuple[int, str, Remark]]:
    """Place of the respondent, question and reason of every answer that is not allowed."""
    for question in dataset.questionnaire.questions:
        response = dataset.responses.get(question.id)
        if response is None:
            continue
        found = [*_of_kind(question, response)]
        if question.show_if is not None:
            found += _unasked(dataset, question.id, response)
        for row, reason in found:
            yield row, question.id, reason


def _of_kind(question: AnyQuestion, response: Response) -> Iterator[Finding]:
    if isinstance(response, Answers):
        if isinstance(question, MultipleChoice):
            yield from _picks(question, response)
    elif isinstance(response, Texts):
        if isinstance(question, FreeText):
            yield from _too_long(question, response)
    else:
        yield from _numbers(question, response)


def _numbers(question: AnyQuestion, response: Numbers) -> Iterator[Finding]:
    match question:
        case Rating() | Grid():
            scale = question.scale
            yield from _outside(response, scale.low, scale.high, whole=True)
        case Ranking():
            most = question.most or len(question.options)
            yield from _outside(response, 1, most, whole=True)
            yield from _ranks(response)
        case Points():
            yield from _outside(response, 0, question.total, whole=False)
            yield from _total(response, question.total)
        case Pairwise():
            yield from _outside(response, 1 / 9, 9, whole=False)
        case BestWorst():
            yield from _outside(response, 1, 9, whole=False)
        case Quantity():
            low = -np.inf if question.low is None else question.low
            high = np.inf if question.high is None else question.high
            yield from _outside(response, low, high, whole=question.whole)


def _picks(question: MultipleChoice, response: Answers) -> Iterator[Finding]:
    chosen = response.cells == SELECTED
    picks = chosen.sum(axis=1)
    most = question.max_picks or len(question.options)
    least = question.min_picks or 0
    for row in np.flatnonzero(picks > most):
        yield (
            int(row),
            remark(
                "picks_above",
                "{found} options are chosen; {most} at most were allowed",
                found=int(picks[row]),
                most=most,
            ),
        )
    # Nothing chosen is a missing answer; some, but too few, is an impossible one, unless it is an
    # option such as "none of these".
    alone = (chosen & [option.exclusive for option in question.options]).any(axis=1)
    for row in np.flatnonzero((picks < least) & (picks > 0) & ~alone):
        yield (
            int(row),
            remark(
                "picks_below",
                "{found} options are chosen; {least} at least were asked for",
                found=int(picks[row]),
                least=least,
            ),
        )
    for option in question.options:
        if option.exclusive and option.id in response.options:
            alone = chosen[:, response.options.index(option.id)]
            for row in np.flatnonzero(alone & (picks > 1)):
                yield (
                    int(row),
                    remark(
                        "exclusive_with_others",
                        "{option}, which excludes the others, is chosen together with {others} "
                        "of them",
                        option=option.id,
                        others=int(picks[row]) - 1,
                    ),
                )


def _outside(response: Numbers, low: float, high: float, *, whole: bool) -> Iterator[Finding]:
    values = response.values
    wrong = (values < low - _TOLERANCE) | (values > high + _TOLERANCE)
    for row, column in np.argwhere(wrong):
        yield (
            int(row),
            remark(
                "value_outside",
                "{found} stands at {column}; {low} to {high} was allowed",
                found=_plain(values[row, column]),
                column=response.columns[column],
                low=_plain(low),
                high=_plain(high),
            ),
        )
    if whole:
        for row, column in np.argwhere(~wrong & response.given & (values != np.round(values))):
            yield (
                int(row),
                remark(
                    "value_not_whole",
                    "{found} stands at {column}; a whole number was asked for",
                    found=_plain(values[row, column]),
                    column=response.columns[column],
                ),
            )


def _ranks(response: Numbers) -> Iterator[Finding]:
    for row, values in enumerate(response.values):
        ranks = values[~np.isnan(values)]
        places, times = np.unique(ranks, return_counts=True)
        if (times > 1).any():
            at = int(np.argmax(times > 1))
            yield (
                row,
                remark(
                    "rank_repeated",
                    "the rank {rank} is given {times} times; each rank once was asked for",
                    rank=_plain(places[at]),
                    times=int(times[at]),
                ),
            )
        elif ranks.size and places.max() > ranks.size:
            yield (
                row,
                remark(
                    "rank_left_out",
                    "{count} ranks are given, the last of them {last}; ranks without gaps were "
                    "asked for",
                    count=int(ranks.size),
                    last=_plain(places.max()),
                ),
            )


def _total(response: Numbers, total: int) -> Iterator[Finding]:
    given = response.given.any(axis=1)
    sums = np.nansum(response.values, axis=1)
    for row in np.flatnonzero(given & (np.abs(sums - total) > _TOLERANCE)):
        yield (
            int(row),
            remark(
                "points_total",
                "the points sum to {found}; {total} were to be shared",
                found=_plain(sums[row]),
                total=total,
            ),
        )


def _too_long(question: FreeText, response: Texts) -> Iterator[Finding]:
    for row, text in enumerate(response.values):
        if text is not None and len(text) > question.longest:
            yield (
                row,
                remark(
                    "text_too_long",
                    "the text has {found} characters; {most} at most were allowed",
                    found=len(text),
                    most=question.longest,
                ),
            )


def _unasked(dataset: Dataset, question: str, response: Response) -> Iterator[Finding]:
    _, given = shown_and_given(response)
    for row in np.flatnonzero(given.any(axis=1) & ~expected_shown(dataset, question)):
        yield (
            int(row),
            remark(
                "answered_unasked",
                "there is an answer, although by the answers before it the question is not shown",
            ),
        )


def _plain(value: float) -> str:
    return f"{value:g}"
