"""A wave of answers: the questionnaire, who answered, and what, whatever it was read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from survey.answers import Answers
from survey.errors import SurveyError
from survey.frames import DistinctNames, first_repeated
from survey.questionnaire import Questionnaire
from survey.questions import FreeText, MultipleChoice, SingleChoice
from survey.responses import Numbers, Texts

Response = Answers | Numbers | Texts
# Of whom no group is known.
NO_GROUP = "all"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the analyst should know: an English sentence with fields, and how grave it is.

    ``grave`` remarks may change results (a state that the format loses, text that matched no
    option); the others only inform (columns passed over).
    """

    code: str
    template: str
    fields: Mapping[str, object] = field(default_factory=dict)
    grave: bool = False

    def __str__(self) -> str:
        return self.template.format(**self.fields)


def remark(code: str, template: str, *, grave: bool = False, **fields: object) -> Remark:
    """Make a remark; the template is a literal, the key of its translation."""
    return Remark(code, template, MappingProxyType(fields), grave)


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Answers of every respondent to every question.

    Attributes
    ----------
    questionnaire : Questionnaire
    respondents : tuple of str
        Distinct names, without meaning.
    groups : tuple of str
    group_of : int array, shape (respondents,)
        Place of each respondent's group in `groups`.
    responses : mapping of question to Answers, Numbers or Texts
        Single and multiple choices give `Answers`, free text `Texts`, the rest `Numbers`. What was
        written beside an open option stands under ``question:option``.
    seconds : array, shape (respondents,), or None
        How long each took; NaN where not known.
    submitted : bool array, shape (respondents,)
        False for those who did not finish.
    source : str
        Name of the format it was read from.
    remarks : tuple of Remark
        What the format loses and what could not be read.
    """

    questionnaire: Questionnaire
    respondents: tuple[str, ...]
    groups: tuple[str, ...]
    group_of: npt.NDArray[np.intp]
    responses: Mapping[str, Response]
    seconds: npt.NDArray[np.float64] | None = None
    submitted: npt.NDArray[np.bool_] | None = None
    source: str = "konsilium"
    remarks: tuple[Remark, ...] = ()

    def __post_init__(self) -> None:
        n = len(self.respondents)
        names = self.respondents
        if not isinstance(names, DistinctNames) and (twice := first_repeated(names)) is not None:
            raise SurveyError(
                "respondent_repeated",
                "the respondent {respondent} stands twice; distinct names are expected",
                respondent=twice,
            )
        places = np.array(self.group_of, dtype=np.intp)
        if places.shape != (n,) or (
            n and not (0 <= places.min() <= places.max() < len(self.groups))
        ):
            raise SurveyError(
                "groups_of_respondents",
                "{found} groups are named for {respondents} respondents; one place among "
                "{groups} groups is expected for each",
                found=places.size,
                respondents=n,
                groups=len(self.groups),
            )
        for name, response in self.responses.items():
            self._check(name, response)
        done = np.ones(n, dtype=np.bool_) if self.submitted is None else np.array(self.submitted)
        known = names if isinstance(names, DistinctNames) else DistinctNames(names)
        object.__setattr__(self, "respondents", known)
        places.setflags(write=False)
        done.setflags(write=False)
        object.__setattr__(self, "group_of", places)
        object.__setattr__(self, "submitted", done)
        object.__setattr__(self, "responses", MappingProxyType(dict(self.responses)))

    def _check(self, name: str, response: Response) -> None:
        asked, _, option = name.partition(":")
        question = self.questionnaire.question(asked)
        wanted: type[Response] = Numbers
        if option or isinstance(question, FreeText):
            wanted = Texts
        elif isinstance(question, (SingleChoice, MultipleChoice)):
            wanted = Answers
        if not isinstance(response, wanted):
            raise SurveyError(
                "response_kind",
                "question {question} of the kind {kind} has answers of the type {found}; "
                "{expected} is expected",
                question=name,
                kind=question.kind,
                found=type(response).__name__,
                expected=wanted.__name__,
            )
        rows = len(response.cells) if isinstance(response, Answers) else len(response.values)
        if rows != len(self.respondents):
            raise SurveyError(
                "response_rows",
                "question {question} has {found} rows; one for each of {expected} respondents "
                "is expected",
                question=name,
                found=rows,
                expected=len(self.respondents),
            )

    def choice(self, question: str) -> Answers:
        """Answers to a single or multiple choice question."""
        found = self._response(question)
        if not isinstance(found, Answers):
            raise SurveyError(
                "question_not_choice",
                "question {question} is of the kind {found}; single or multiple is expected",
                question=question,
                found=self.questionnaire.question(question).kind,
            )
        return found

    def numbers(self, question: str) -> Numbers:
        """Numbers given to a rating, ranking, points, comparison, grid or number question."""
        found = self._response(question)
        if not isinstance(found, Numbers):
            raise SurveyError(
                "question_not_numbers",
                "question {question} is of the kind {found}; one that is answered by numbers "
                "is expected",
                question=question,
                found=self.questionnaire.question(question).kind,
            )
        return found

    def _response(self, question: str) -> Response:
        if question not in self.responses:
            raise SurveyError(
                "question_unanswered",
                "there are no answers to question {question}; there are to {expected}",
                question=question,
                expected=", ".join(self.responses) or "-",
            )
        return self.responses[question]

    def keep(self, rows: npt.ArrayLike, *, remarks: Sequence[Remark] = ()) -> Dataset:
        """The same wave for some respondents, a mask or positions; groups stay as they are."""
        places = np.arange(len(self.respondents))[np.asarray(rows)]
        return replace(
            self,
            respondents=tuple(self.respondents[k] for k in places),
            group_of=self.group_of[places],
            responses={q: _rows(r, places) for q, r in self.responses.items()},
            seconds=None if self.seconds is None else self.seconds[places],
            submitted=None if self.submitted is None else self.submitted[places],
            remarks=(*self.remarks, *remarks),
        )


def _rows(response: Response, places: npt.NDArray[np.intp]) -> Response:
    if not isinstance(response, Answers):
        return response.rows(places)
    return Answers(
        response.question,
        response.options,
        response.groups,
        response.cells[places],
        response.group_of[places],
        respondents=[response.respondents[k] for k in places],
        single=response.single,
    )
