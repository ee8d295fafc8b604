from __future__ import annotations

from typing import Any

import yaml
from pydantic import StrictInt, ValidationError, model_validator

from survey.errors import SurveyError
from survey.faults import faults_of
from survey.frames import first_repeated
from survey.questions import (
    AnyQuestion,
    Condition,
    Id,
    Model,
    MultipleChoice,
    Quantity,
    Question,
    Rating,
    SingleChoice,
    Text,
)
from survey.yamltext import load_yaml

FORMAT_VERSION = 1


class Questionnaire(Model):
    """Questions put to the experts, in order.

    Built from Python it raises pydantic's ``ValidationError``; read by `from_yaml`, `SurveyError`.
    """

    id: Id
    format_version: StrictInt
    title: Text
    questions: tuple[Question, ...]

    @model_validator(mode="before")
    @classmethod
    def _version_is_known(cls, data: Any) -> Any:  # noqa: ANN401 - raw input of any kind
        # Checked first: under another version every other finding would mislead.
        found = data.get("format_version", FORMAT_VERSION) if isinstance(data, dict) else None
        if isinstance(found, int) and found != FORMAT_VERSION:
            raise SurveyError(
                "format_version_unknown",
                "the questionnaire has format version {found}; version {expected} is expected",
                found=found,
                expected=FORMAT_VERSION,
            )
        return data

    @model_validator(mode="after")
    def _questions_are_distinct(self) -> Questionnaire:
        if not self.questions:
            raise SurveyError(
                "questions_missing",
                "the questionnaire {questionnaire} has no questions; at least one is expected",
                questionnaire=self.id,
            )
        if (twice := first_repeated(question.id for question in self.questions)) is not None:
            raise SurveyError(
                "question_duplicate",
                "the questionnaire has the question {question} twice; distinct ids are expected",
                question=twice,
            )
        return self

    @model_validator(mode="after")
    def _conditions_look_back(self) -> Questionnaire:
        earlier: dict[str, AnyQuestion] = {}
        for question in self.questions:
            if question.show_if is not None:
                _check_condition(question.id, question.show_if, earlier)
            earlier[question.id] = question
        return self

    @property
    def choices(self) -> tuple[SingleChoice | MultipleChoice, ...]:
        """The questions whose answers are options."""
        return tuple(q for q in self.questions if isinstance(q, (SingleChoice, MultipleChoice)))

    def choice(self, question_id: str) -> SingleChoice | MultipleChoice:
        """Single or multiple choice question with this id."""
        question = self.question(question_id)
        if not isinstance(question, (SingleChoice, MultipleChoice)):
            raise SurveyError(
                "question_not_choice",
                "question {question} is of the kind {found}; single or multiple is expected",
                question=question_id,
                found=question.kind,
            )
        return question

    def question(self, question_id: str) -> AnyQuestion:
        """Question with this id."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise SurveyError(
            "question_unknown",
            "the questionnaire {questionnaire} has no question {question}; it has {expected}",
            questionnaire=self.id,
            question=question_id,
            expected=", ".join(question.id for question in self.questions),
        )

    @classmethod
    def from_yaml(cls, text: str) -> Questionnaire:
        """Questionnaire written in YAML.

        Raises
        ------
        SurveyError
            The first fault; `questionnaire_faults` lists them all.

        """
        read = _read(text)
        if isinstance(read, tuple):
            raise read[0]
        return read

    def to_yaml(self) -> str:
        """YAML text from which `from_yaml` gives an equal questionnaire; defaults are left out."""
        plain = self.model_dump(mode="json", exclude_defaults=True)
        return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100)


def _check_condition(asker: str, condition: Condition, earlier: dict[str, AnyQuestion]) -> None:
    """A condition looks at an earlier question, and at what can be answered to it."""
    source = earlier.get(condition.question)
    if source is None:
        raise SurveyError(
            "condition_question",
            "question {question} is shown by the answer to {found}; an earlier question is expected",
            question=asker,
            found=condition.question,
        )
    options = source.option_ids if isinstance(source, (SingleChoice, MultipleChoice)) else ()
    for option in condition.any_of + condition.none_of:
        if option not in options:
            raise SurveyError(
                "condition_option",
                "question {question} is shown by the option {found} of {source}; "
                "one of {expected} is expected",
                question=asker,
                found=option,
                source=source.id,
                expected=", ".join(options) or "-",
            )
    numeric = isinstance(source, Quantity) or (
        isinstance(source, Rating) and len(source.options) == 1
    )
    if not (condition.any_of or condition.none_of or numeric):
        raise SurveyError(
            "condition_number",
            "question {question} is shown by a number answered to {source}, which is of the kind "
            "{kind}; a number, or a rating of one thing, is expected",
            question=asker,
            source=source.id,
            kind=source.kind,
        )


def questionnaire_faults(text: str) -> tuple[SurveyError, ...]:
    """Every fault of a questionnaire written in YAML; empty if it can be read."""
    read = _read(text)
    return read if isinstance(read, tuple) else ()


def _read(text: str) -> Questionnaire | tuple[SurveyError, ...]:
    try:
        data = load_yaml(text)
    except SurveyError as error:
        return (error,)
    try:
        return Questionnaire.model_validate(data)
    except ValidationError as error:
        return faults_of(error, data)
