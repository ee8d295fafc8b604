"""What can be an answer to a question, as it is stored; the rest is refused.

An answer half given is accepted: nothing of it may be lost. What is still to be done is told by
`survey.collection.unfinished`. Refusals that a respondent may meet speak of the answer alone, those
of what only a tampered form sends name the question; all have the field ``question``.
"""

from __future__ import annotations

from survey.cell_values import SHOWN, stored_cells, unknown
from survey.collection.reply import Reply
from survey.collection.words import LONGEST_BESIDE, stored_words
from survey.errors import SurveyError
from survey.questions import AnyQuestion, FreeText, MultipleChoice, SingleChoice


def accept(question: AnyQuestion, reply: Reply) -> Reply:
    """Return the reply as it is stored: options and cells in the question's order, plain text.

    A second time it changes nothing. In a comparison of the best and the worst the number that
    compares these two stands in two cells: where one is given, the other is filled.

    Raises
    ------
    SurveyError
        If it can never be an answer: an option or cell that the question does not have, two
        options of a single choice, a number outside its range, a rank given twice ...

    """
    match question:
        case SingleChoice() | MultipleChoice():
            _only(question, reply, "chosen", "texts")
            return Reply(chosen=_chosen(question, reply), texts=_beside(question, reply))
        case FreeText():
            _only(question, reply, "text")
            return Reply(text=stored_words(question.id, reply.text, question.longest))
        case _:
            _only(question, reply, "cells")
            return Reply(cells=stored_cells(question, reply.cells))


def _only(question: AnyQuestion, reply: Reply, *expected: str) -> None:
    for part in ("chosen", "cells", "text", "texts"):
        if getattr(reply, part) and part not in expected:
            raise SurveyError(
                "reply_part",
                "the answer to question {question} of the kind {kind} has {found}; only {expected} "
                "is expected",
                question=question.id,
                kind=question.kind,
                found=part,
                expected=", ".join(expected),
            )


def _chosen(question: SingleChoice | MultipleChoice, reply: Reply) -> tuple[str, ...]:
    places = {option: place for place, option in enumerate(question.option_ids)}
    for option in reply.chosen:
        if option not in places:
            raise unknown(question, option)
    found = tuple(sorted(set(reply.chosen), key=lambda option: places[option]))
    if len(found) != len(reply.chosen):
        raise SurveyError(
            "choice_twice",
            "an option of question {question} is chosen twice; each once at most is expected",
            question=question.id,
        )
    most: int | None = 1
    if isinstance(question, MultipleChoice):
        most = question.max_picks
    if most is not None and len(found) > most:
        raise SurveyError(
            "choice_picks",
            "Options chosen: {found}; choose {most} at most.",
            question=question.id,
            found=len(found),
            most=most,
        )
    alone = [o.id for o in question.options if o.exclusive and o.id in found]
    if alone and len(found) > 1:
        raise SurveyError(
            "choice_exclusive",
            "An option that excludes the others is chosen beside others; choose it alone or leave "
            "it out.",
            question=question.id,
            option=alone[0],
        )
    return found


def _beside(question: SingleChoice | MultipleChoice, reply: Reply) -> dict[str, str]:
    """Words beside open options, kept even where the option is not chosen: it may be yet."""
    openly = [option.id for option in question.options if option.open_text]
    for option in reply.texts:
        if option not in openly:
            raise SurveyError(
                "choice_text",
                "words are written beside {found} of question {question}; words beside one of "
                "{expected} are expected",
                found=ascii(option)[:SHOWN],
                question=question.id,
                expected=", ".join(openly) or "-",
            )
    stored = {
        option: stored_words(question.id, reply.texts[option], LONGEST_BESIDE)
        for option in openly
        if option in reply.texts
    }
    return {option: words for option, words in stored.items() if words}
