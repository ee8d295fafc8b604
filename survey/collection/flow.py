"""Which questions a respondent is asked, and which of them are still to be finished."""

from __future__ import annotations

from collections.abc import Mapping

from survey.collection.reply import Reply
from survey.collection.unfinished import unfinished
from survey.errors import SurveyError
from survey.questionnaire import Questionnaire
from survey.questions import AnyQuestion, Condition

_NOTHING = Reply()


def asked(questionnaire: Questionnaire, replies: Mapping[str, Reply]) -> tuple[AnyQuestion, ...]:
    """Questions shown to who gave these replies, in order.

    A condition on a question that is itself not asked is false, whatever was once replied to it.
    A question that was asked and not answered meets ``none_of`` and no other rule, as in
    `survey.quality.conditions`.
    """
    shown: dict[str, AnyQuestion] = {}
    for question in questionnaire.questions:
        condition = question.show_if
        if condition is not None:
            source = shown.get(condition.question)
            if source is None or not _met(
                condition, source, replies.get(condition.question, _NOTHING)
            ):
                continue
        shown[question.id] = question
    return tuple(shown.values())


def left(
    questionnaire: Questionnaire, replies: Mapping[str, Reply]
) -> dict[str, tuple[SurveyError, ...]]:
    """What is still to be done, by question; empty if everything asked can be sent."""
    found = {q.id: unfinished(q, replies.get(q.id)) for q in asked(questionnaire, replies)}
    return {question: todo for question, todo in found.items() if todo}


def _met(condition: Condition, source: AnyQuestion, reply: Reply) -> bool:
    if condition.any_of:
        return not set(condition.any_of).isdisjoint(reply.chosen)
    if condition.none_of:
        return set(condition.none_of).isdisjoint(reply.chosen)
    value = reply.cells.get(source.columns[0])
    if value is None:
        return False
    low, high = condition.at_least, condition.at_most
    return (low is None or value >= low) and (high is None or value <= high)
