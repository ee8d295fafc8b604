"""What a respondent still has to do before an answer can be sent, in plain words."""

from __future__ import annotations

import math
from collections.abc import Iterator

from survey.cell_values import named, places_of
from survey.collection.accept import accept
from survey.collection.reply import Reply
from survey.errors import SurveyError
from survey.questions import (
    AnyQuestion,
    BestWorst,
    Grid,
    MultipleChoice,
    Pairwise,
    Points,
    Ranking,
    Rating,
)

# Sums of points with decimals differ in the last bits.
_NEAR = 1e-6


def unfinished(question: AnyQuestion, reply: Reply | None) -> tuple[SurveyError, ...]:
    """What is still to be done with one question; nothing if it can be sent.

    An untouched question that is not required is finished. What means something only together
    (points, places, comparisons) is finished or left empty; of ratings that are not required some
    may be left out. An exclusive option ("none of these") is enough whatever number is asked for.
    """
    if reply is None:
        reply = Reply()
    try:
        reply = accept(question, reply)
    except SurveyError as error:
        return (error,)
    return tuple(_left(question, reply))


def _left(question: AnyQuestion, reply: Reply) -> Iterator[SurveyError]:
    yield from _words_alone(reply)
    if reply.chosen or reply.cells or reply.text:
        yield from _begun(question, reply)
    elif question.required:
        yield SurveyError("answer_expected", "An answer to this question is expected.")


def _begun(question: AnyQuestion, reply: Reply) -> Iterator[SurveyError]:
    match question:
        case MultipleChoice():
            yield from _picks(question, reply)
        case Rating() | Grid():
            if question.required:
                yield from _ratings(len(reply.cells), len(question.columns))
        case Ranking():
            yield from _places(question, reply)
        case Points():
            yield from _points(question, reply)
        case Pairwise():
            yield from _comparisons(len(reply.cells), len(question.columns))
        case BestWorst():
            yield from _best_worst(question, reply)


def _words_alone(reply: Reply) -> Iterator[SurveyError]:
    alone = [option for option in reply.texts if option not in reply.chosen]
    if alone:
        yield SurveyError(
            "words_alone",
            "Words are written beside an option that is not chosen; choose it or clear the words.",
            option=alone[0],
        )


def _picks(question: MultipleChoice, reply: Reply) -> Iterator[SurveyError]:
    least = question.min_picks or 0
    alone = any(o.exclusive for o in question.options if o.id in reply.chosen)
    if len(reply.chosen) < least and not alone:
        yield SurveyError(
            "picks_too_few",
            "Options chosen: {found}; choose at least {least}.",
            found=len(reply.chosen),
            least=least,
        )


def _ratings(given: int, total: int) -> Iterator[SurveyError]:
    if given < total:
        yield SurveyError(
            "ratings_left",
            "{given} of {total} ratings are given; {left} are left.",
            given=given,
            total=total,
            left=total - given,
        )


def _places(question: Ranking, reply: Reply) -> Iterator[SurveyError]:
    total = places_of(question)
    taken = set(reply.cells.values())
    free = [place for place in range(1, total + 1) if place not in taken]
    if free:
        yield SurveyError(
            "places_free",
            "{given} of {total} places are given; still free: {free}.",
            given=len(taken),
            total=total,
            free=", ".join(map(str, free)),
        )


def _points(question: Points, reply: Reply) -> Iterator[SurveyError]:
    given, total = math.fsum(reply.cells.values()), question.total
    if given < total - _NEAR:
        yield SurveyError(
            "points_left",
            "{given} of {total} points are given; {left} are left.",
            given=_figure(given),
            total=total,
            left=_figure(total - given),
        )
    if given > total + _NEAR:
        yield SurveyError(
            "points_over",
            "{given} points are given, but there are only {total}; take {over} away.",
            given=_figure(given),
            total=total,
            over=_figure(given - total),
        )


def _figure(value: float) -> float:
    value = round(value, 6)
    return int(value) if value.is_integer() else value


def _comparisons(given: int, total: int) -> Iterator[SurveyError]:
    if given < total:
        yield SurveyError(
            "comparisons_left",
            "{given} of {total} comparisons are made; {left} are left.",
            given=given,
            total=total,
            left=total - given,
        )


def _best_worst(question: BestWorst, reply: Reply) -> Iterator[SurveyError]:
    best, worst = named(question, reply.cells)
    if best is None:
        yield SurveyError("best_missing", "The best option is not named yet.")
    if worst is None:
        yield SurveyError("worst_missing", "The worst option is not named yet.")
    if best is None or worst is None:
        return
    first, second = reply.cells.get(f"best:{worst}"), reply.cells.get(f"{best}:worst")
    if first is not None and second is not None and first != second:
        yield SurveyError(
            "best_worst_differ",
            "The best is compared with the worst twice, as {first} and as {second}; one number is "
            "expected.",
            first=_figure(first),
            second=_figure(second),
        )
    # The best with the worst is one comparison that stands in two cells; two cells only name them.
    own = {f"best:{best}", f"{worst}:worst", f"{best}:worst"}
    asked = [cell for cell in question.columns if cell not in own]
    yield from _comparisons(sum(cell in reply.cells for cell in asked), len(asked))
