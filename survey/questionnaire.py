from __future__ import annotations

from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    ValidationError,
    model_validator,
)

from survey.errors import SurveyError
from survey.faults import faults_of
from survey.frames import first_repeated
from survey.yamltext import load_yaml

FORMAT_VERSION = 1


def _not_blank(value: str) -> str:
    if not value.strip():
        raise SurveyError("text_blank", "a text is blank; words are expected")
    return value


def _plain_id(value: str) -> str:
    plain = value.isascii() and value.replace("_", "").replace("-", "").isalnum()
    if not plain:
        raise SurveyError(
            "id_invalid",
            "the id {found!r} is not plain; Latin letters, digits, _ and - are expected",
            found=value,
        )
    return value


NonBlank = Annotated[str, AfterValidator(_not_blank)]
# Ids become keys of result files and names of columns, where dots and spaces separate.
Id = Annotated[str, AfterValidator(_plain_id)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Model):
    """One text in English and Russian."""

    en: NonBlank
    ru: NonBlank

    def get(self, lang: str) -> str:
        """Text in the language `lang` (``en`` or ``ru``)."""
        match lang:
            case "en":
                return self.en
            case "ru":
                return self.ru
        raise SurveyError(
            "language_unknown",
            "the language {found} is not known; en or ru is expected",
            found=lang,
        )


class Option(_Model):
    """One answer of a choice question; `residual` marks "other", whose meaning is not known."""

    id: Id
    text: Text
    residual: StrictBool = False


class _Choice(_Model):
    """What single and multiple choice share.

    With `answered_in_own_words` the options were coded from free text afterwards: an option is
    then "named by" so many experts, never "rejected by" the others.
    """

    id: Id
    text: Text
    options: tuple[Option, ...]
    answered_in_own_words: StrictBool = False
    note: Text | None = None

    @property
    def option_ids(self) -> tuple[str, ...]:
        """Ids of the options, in the order of the questionnaire."""
        return tuple(option.id for option in self.options)

    @model_validator(mode="after")
    def _options_are_distinct(self) -> _Choice:
        if not self.options:
            raise SurveyError(
                "options_missing",
                "question {question} has no options; at least one is expected",
                question=self.id,
            )
        if (twice := first_repeated(self.option_ids)) is not None:
            raise SurveyError(
                "option_duplicate",
                "question {question} has the option {option} twice; distinct ids are expected",
                question=self.id,
                option=twice,
            )
        return self


class SingleChoice(_Choice):
    """Exactly one option is chosen."""

    kind: Literal["single"]


class MultipleChoice(_Choice):
    """Any number of options within `min_picks` and `max_picks` is chosen."""

    kind: Literal["multiple"]
    min_picks: Annotated[StrictInt, Field(ge=0)] | None = None
    max_picks: Annotated[StrictInt, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _picks_are_possible(self) -> MultipleChoice:
        least = 0 if self.min_picks is None else self.min_picks
        most = len(self.options) if self.max_picks is None else self.max_picks
        if not least <= most <= len(self.options):
            raise SurveyError(
                "picks_impossible",
                "question {question} asks for {least} to {most} of its {options} options; "
                "a range within the number of options is expected",
                question=self.id,
                least=least,
                most=most,
                options=len(self.options),
            )
        return self


# A further kind of question is one more class with its own `kind` in this union.
Question = Annotated[SingleChoice | MultipleChoice, Field(discriminator="kind")]


class Questionnaire(_Model):
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

    def question(self, question_id: str) -> SingleChoice | MultipleChoice:
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
