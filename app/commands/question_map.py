"""Which column of a file holds which question: what --question-map says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.commands.faults import UserError
from survey import (
    AnyQuestion,
    MultipleChoice,
    Points,
    Questionnaire,
    Ranking,
    Rating,
    SingleChoice,
    Text,
)

# Kinds of question that may have a column for each option.
_BY_OPTION = SingleChoice | MultipleChoice | Rating | Ranking | Points


def as_headed(asked: Questionnaire, headings: Mapping[str, Sequence[str]]) -> Questionnaire:
    """Return the questionnaire with headings of the file in place of its own words.

    Every reader knows a question and an option by their words, so they are found whatever the
    format.
    """
    questions = []
    for question in asked.questions:
        change: dict[str, object] = {}
        own = headings.get(question.id, ())
        if len(own) == 1:
            change["text"] = Text(en=own[0], ru=own[0])
        options = {o: headings.get(f"{question.id}.{o}") for o in _options(question)}
        if any(options.values()):
            change["options"] = tuple(
                o.model_copy(update={"text": _text(found[0], question.id)})
                if (found := options[o.id])
                else o
                for o in question.options
            )
        questions.append(question.model_copy(update=change))
    return asked.model_copy(update={"questions": tuple(questions)})


def _text(heading: str, question: str) -> Text:
    """Return a heading as it stands, and without the question's id before it, which readers take off."""
    rest = heading.removeprefix(question).strip(" _:./-[]()")
    return Text(en=heading, ru=rest or heading)


def _options(question: AnyQuestion) -> tuple[str, ...]:
    return question.option_ids if isinstance(question, _BY_OPTION) else ()


def headings_of(question_map: Sequence[str], asked: Questionnaire) -> dict[str, tuple[str, ...]]:
    """Return headings by question, or by question and option; a question may stand several times."""
    found: dict[str, tuple[str, ...]] = {}
    known = {q.id: _options(q) for q in asked.questions}
    for each in question_map:
        place, sign, heading = each.partition("=")
        question, dot, option = place.partition(".")
        if not sign or not heading or question not in known:
            raise UserError(
                "--question-map takes QUESTION=HEADING with one of the questions {known}; found {found}",
                known=", ".join(known),
                found=repr(each),
            )
        if dot and option not in known[question]:
            raise UserError(
                "--question-map names the option {found} of question {question}; expected one of {known}",
                found=repr(option),
                question=question,
                known=", ".join(known[question]) or "-",
            )
        found[place] = (*found.get(place, ()), heading)
    return found


def columns_of(headings: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return the columns of the questions that have several."""
    columns: dict[str, tuple[str, ...]] = {}
    for place, found in headings.items():
        question = place.partition(".")[0]
        columns[question] = (*columns.get(question, ()), *found)
    return {question: found for question, found in columns.items() if len(found) > 1}
