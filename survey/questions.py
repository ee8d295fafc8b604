"""Kinds of question, as the questionnaire defines them.

Whatever its kind, a question has `columns`: the names of the cells one respondent fills in.
"""

from __future__ import annotations

from itertools import combinations
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    model_validator,
)

from survey.errors import SurveyError
from survey.frames import first_repeated


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
Number = StrictInt | StrictFloat


class Model(BaseModel):
    """Base of everything in a questionnaire: frozen, without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Model):
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


class Option(Model):
    """One answer of a choice, or one thing to rate, rank or compare.

    `residual` marks "other", whose meaning is not known; `open_text` lets the respondent write
    what was meant; `exclusive` ("none of these") cannot stand beside another option.
    """

    id: Id
    text: Text
    residual: StrictBool = False
    open_text: StrictBool = False
    exclusive: StrictBool = False


class Condition(Model):
    """When a question is shown: by what an earlier one was answered.

    One of `any_of` (ids of options, of which at least one was chosen), `none_of`, `at_least` and
    `at_most` (for a number or a rating of a single item).
    """

    question: Id
    any_of: tuple[Id, ...] = ()
    none_of: tuple[Id, ...] = ()
    at_least: Number | None = None
    at_most: Number | None = None

    @model_validator(mode="after")
    def _one_rule(self) -> Condition:
        chosen = bool(self.any_of) + bool(self.none_of)
        bounds = self.at_least is not None or self.at_most is not None
        if chosen + bounds != 1:
            raise SurveyError(
                "condition_rules",
                "the condition on question {question} has {found} rules; one of any_of, none_of "
                "and at_least or at_most is expected",
                question=self.question,
                found=chosen + bounds,
            )
        return self


class Scale(Model):
    """Whole numbers from `low` to `high`; `labels` names some or all of them."""

    low: StrictInt = 1
    high: StrictInt = 5
    labels: dict[int, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_a_scale(self) -> Scale:
        if self.low >= self.high:
            raise SurveyError(
                "scale_empty",
                "the scale runs from {low} to {high}; a higher high is expected",
                low=self.low,
                high=self.high,
            )
        for value in self.labels:
            if not self.low <= value <= self.high:
                raise SurveyError(
                    "scale_label",
                    "the scale from {low} to {high} has a label at {found}; one within it is expected",
                    low=self.low,
                    high=self.high,
                    found=value,
                )
        return self


class _Asked(Model):
    id: Id
    text: Text
    note: Text | None = None
    show_if: Condition | None = None
    required: StrictBool = False


def _distinct(question: str, ids: tuple[str, ...], least: int) -> None:
    if not ids:
        raise SurveyError(
            "options_missing",
            "question {question} has no options; at least one is expected",
            question=question,
        )
    if len(ids) < least:
        raise SurveyError(
            "options_too_few",
            "question {question} has {found} options; {least} or more are expected",
            question=question,
            found=len(ids),
            least=least,
        )
    if (twice := first_repeated(ids)) is not None:
        raise SurveyError(
            "option_duplicate",
            "question {question} has the option {option} twice; distinct ids are expected",
            question=question,
            option=twice,
        )


class _OfOptions(_Asked):
    options: tuple[Option, ...]

    @property
    def option_ids(self) -> tuple[str, ...]:
        """Ids of the options, in the order of the questionnaire."""
        return tuple(option.id for option in self.options)

    @property
    def columns(self) -> tuple[str, ...]:
        """One cell per option."""
        return self.option_ids

    @model_validator(mode="after")
    def _options_are_distinct(self) -> _OfOptions:
        _distinct(self.id, self.option_ids, least=1)
        return self


class _Choice(_OfOptions):
    """What single and multiple choice share.

    With `answered_in_own_words` the options were coded from free text afterwards: an option is
    then "named by" so many experts, never "rejected by" the others.
    """

    answered_in_own_words: StrictBool = False


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


class Rating(_OfOptions):
    """Each option is rated on one scale."""

    kind: Literal["rating"]
    scale: Scale = Scale()


class Ranking(_OfOptions):
    """Options are put in order, 1 first; with `most`, only so many of them."""

    kind: Literal["ranking"]
    most: Annotated[StrictInt, Field(ge=1)] | None = None


class Points(_OfOptions):
    """`total` points are shared among the options."""

    kind: Literal["points"]
    total: Annotated[StrictInt, Field(ge=1)] = 100


class Pairwise(_OfOptions):
    """Options are compared two by two on Saaty's scale: a number above 1 favours the first.

    Cells are the ratios 1/9 to 9 of the pairs ``first:second``, in the order of the options.
    """

    kind: Literal["pairwise"]

    @property
    def columns(self) -> tuple[str, ...]:
        """One cell per pair."""
        return tuple(f"{a}:{b}" for a, b in combinations(self.option_ids, 2))

    @model_validator(mode="after")
    def _has_pairs(self) -> Pairwise:
        _distinct(self.id, self.option_ids, least=2)
        return self


class BestWorst(_OfOptions):
    """The best and the worst option are named, then compared with all others from 1 to 9.

    Cells ``best:option`` hold how much the best is preferred to the option, ``option:worst`` how
    much the option is preferred to the worst; the best and the worst are where these are 1.
    """

    kind: Literal["best_worst"]

    @property
    def columns(self) -> tuple[str, ...]:
        """One cell per option against the best, then one per option against the worst."""
        ids = self.option_ids
        return tuple(f"best:{o}" for o in ids) + tuple(f"{o}:worst" for o in ids)

    @model_validator(mode="after")
    def _has_two(self) -> BestWorst:
        _distinct(self.id, self.option_ids, least=2)
        return self


class Grid(_OfOptions):
    """Every option (a row, such as an alternative) is rated on every criterion (a column)."""

    kind: Literal["grid"]
    criteria: tuple[Option, ...]
    scale: Scale = Scale()

    @property
    def criterion_ids(self) -> tuple[str, ...]:
        """Ids of the columns of the grid."""
        return tuple(criterion.id for criterion in self.criteria)

    @property
    def columns(self) -> tuple[str, ...]:
        """Cells ``option:criterion``, row by row."""
        return tuple(f"{o}:{c}" for o in self.option_ids for c in self.criterion_ids)

    @model_validator(mode="after")
    def _criteria_are_distinct(self) -> Grid:
        _distinct(self.id, self.criterion_ids, least=1)
        return self


class Quantity(_Asked):
    """One number, between `low` and `high` where these are given."""

    kind: Literal["number"]
    low: Number | None = None
    high: Number | None = None
    whole: StrictBool = False
    unit: Text | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The one cell, named as the question."""
        return (self.id,)

    @model_validator(mode="after")
    def _range_is_not_empty(self) -> Quantity:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise SurveyError(
                "range_empty",
                "question {question} asks for a number from {low} to {high}; "
                "a high not below the low is expected",
                question=self.id,
                low=self.low,
                high=self.high,
            )
        return self


class FreeText(_Asked):
    """Words of the respondent's own, `longest` characters at most."""

    kind: Literal["text"]
    longest: Annotated[StrictInt, Field(ge=1)] = 5000
    lines: Annotated[StrictInt, Field(ge=1)] = 4

    @property
    def columns(self) -> tuple[str, ...]:
        """The one cell, named as the question."""
        return (self.id,)


Choice = SingleChoice | MultipleChoice
Measured = Rating | Ranking | Points | Pairwise | BestWorst | Grid | Quantity
AnyQuestion = Choice | Measured | FreeText
# A further kind of question is one more class with its own `kind` in this union.
Question = Annotated[AnyQuestion, Field(discriminator="kind")]
