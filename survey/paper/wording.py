"""What a printed questionnaire says besides its own texts."""

from __future__ import annotations

from typing import Protocol

from survey.questionnaire import Questionnaire
from survey.questions import (
    AnyQuestion,
    BestWorst,
    Condition,
    FreeText,
    Grid,
    MultipleChoice,
    Pairwise,
    Points,
    Ranking,
    Rating,
    Scale,
    SingleChoice,
)


class Say(Protocol):
    """Translates an English sentence and fills its fields."""

    def __call__(self, text: str, /, **fields: object) -> str:
        """Give the sentence in the reader's language."""


def english(text: str, /, **fields: object) -> str:
    """Leave a sentence in English."""
    return text.format(**fields)


def condition_in_words(
    condition: Condition, questionnaire: Questionnaire, language: str, say: Say
) -> str:
    """When to answer a question."""
    asked = questionnaire.question(condition.question)
    number = questionnaire.questions.index(asked) + 1
    if isinstance(asked, (SingleChoice, MultipleChoice)):
        named = {option.id: option.text.get(language) for option in asked.options}
        listed = "; ".join(named[o] for o in condition.any_of or condition.none_of)
        if condition.any_of:
            return say(
                "Answer only if at question {number} you chose: {options}",
                number=number,
                options=listed,
            )
        return say(
            "Answer only if at question {number} you did not choose: {options}",
            number=number,
            options=listed,
        )
    low, high = condition.at_least, condition.at_most
    if high is None:
        return say(
            "Answer only if your answer to question {number} is {low} or more",
            number=number,
            low=low,
        )
    if low is None:
        return say(
            "Answer only if your answer to question {number} is {high} or less",
            number=number,
            high=high,
        )
    return say(
        "Answer only if your answer to question {number} is from {low} to {high}",
        number=number,
        low=low,
        high=high,
    )


def instruction(question: AnyQuestion, language: str, say: Say) -> str:
    """How to answer; nothing for a number, which the field itself explains."""
    match question:
        case SingleChoice():
            how = say("Choose one.")
        case MultipleChoice():
            how = _picks(question, language, say)
        case Rating():
            how = say("Mark one in each line.")
        case Grid():
            how = say(
                "Write a number from {low} to {high} in each cell.",
                low=question.scale.low,
                high=question.scale.high,
            )
            how += _labels(question.scale, language)
        case Ranking():
            how = _order(question, say)
        case Points():
            how = say("Share {total} points among all; the sum is {total}.", total=question.total)
        case Pairwise():
            how = say(
                "In each line mark which side matters more, and how many times more; 1 is equally."
            )
        case BestWorst():
            how = say(
                "Name the best and the worst. Then write from 2 (a little) to 9 how many times the "
                "best is better than each, and how many times each is better than the worst."
            )
        case FreeText():
            how = say("Answer in your own words.")
        case _:
            how = ""
    return how


def _order(question: Ranking, say: Say) -> str:
    if question.most is None:
        return say("Put all in order: 1 is the first.")
    return say(
        "Put the first {most} in order: 1 is the first. Leave the others empty.",
        most=question.most,
    )


def _picks(question: MultipleChoice, language: str, say: Say) -> str:
    least, most = question.min_picks, question.max_picks
    if least and most == least:
        how = say("Choose exactly {count}.", count=least)
    elif least and most:
        how = say("Choose from {least} to {most}.", least=least, most=most)
    elif most:
        how = say("Choose {most} at most.", most=most)
    elif least:
        how = say("Choose {least} at least.", least=least)
    else:
        how = say("Choose all that apply.")
    alone = [option.text.get(language) for option in question.options if option.exclusive]
    if alone:
        how += " " + say("Not together with others: {options}.", options="; ".join(alone))
    return how


def _labels(scale: Scale, language: str) -> str:
    named = sorted(scale.labels.items())
    listed = "; ".join(f"{value} – {label.get(language)}" for value, label in named)
    return f" {listed}." if listed else ""
