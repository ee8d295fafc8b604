"""The coding table: which answer belongs to which category, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from survey.answers import NOT_SELECTED, NOT_SHOWN, SELECTED, Answers
from survey.errors import SurveyError
from survey.frames import first_repeated
from survey.openanswers.words import fragments, normalise
from survey.questions import MultipleChoice, Option, Text
from survey.responses import Texts


@dataclass(frozen=True, slots=True)
class Category:
    """One code: its id, its title (in the answers' own language) and a Russian one if it differs.

    `residual` marks "other", whose meaning is not known.
    """

    id: str
    title: str
    title_ru: str = ""
    residual: bool = False


@dataclass(frozen=True, slots=True)
class Coding:
    """One answer, normalised; how often it was given; its category, "" if it names nothing."""

    answer: str
    times: int
    category: str
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class CodingTable:
    """Categories and the answers that belong to them.

    `split`: an answer may name several things (see `fragments`), coded one by one.
    """

    categories: tuple[Category, ...]
    codings: tuple[Coding, ...]
    split: bool = True

    def __post_init__(self) -> None:
        if (twice := first_repeated(c.id for c in self.categories)) is not None:
            raise SurveyError(
                "category_repeated",
                "the category {category} stands twice in the coding table; distinct ids are "
                "expected",
                category=twice,
            )
        if (twice := first_repeated(c.answer for c in self.codings)) is not None:
            raise SurveyError(
                "answer_repeated",
                "the answer {answer!r} stands twice in the coding table; one category of each is "
                "expected",
                answer=twice,
            )
        known = {category.id for category in self.categories}
        for coding in self.codings:
            if coding.category and coding.category not in known:
                raise SurveyError(
                    "category_unknown",
                    "the answer {answer!r} is in the category {found}; one of {expected} is "
                    "expected",
                    answer=coding.answer,
                    found=coding.category,
                    expected=", ".join(sorted(known)) or "-",
                )

    @property
    def unconfirmed(self) -> tuple[Coding, ...]:
        """Codings that the analyst has not confirmed."""
        return tuple(coding for coding in self.codings if not coding.confirmed)

    def assign(self, answers: Iterable[str], category: str) -> CodingTable:
        """Put answers into a category ("" for none) and confirm them."""
        named = {normalise(answer) for answer in answers}
        if strange := sorted(named - {coding.answer for coding in self.codings}):
            raise SurveyError(
                "answer_unknown",
                "the answer {answer!r} is not in the coding table",
                answer=strange[0],
            )
        return replace(
            self,
            codings=tuple(
                replace(c, category=category, confirmed=True) if c.answer in named else c
                for c in self.codings
            ),
        )

    def confirm(self, *categories: str) -> CodingTable:
        """Confirm all codings of some categories; of the whole table, if none is named."""
        return replace(
            self,
            codings=tuple(
                replace(c, confirmed=True) if not categories or c.category in categories else c
                for c in self.codings
            ),
        )

    def apply(
        self,
        texts: Texts,
        groups: Sequence[str],
        group_of: npt.ArrayLike,
        *,
        text: Text,
        respondents: Sequence[str] | None = None,
    ) -> tuple[MultipleChoice, Answers]:
        """The coded question, answered in own words, and its answers.

        Parameters
        ----------
        texts
            The free answers.
        groups, group_of, respondents
            As of `Answers`.
        text
            Words of the question.

        Raises
        ------
        SurveyError
            An answer that the table does not have, or whose coding is not confirmed.

        """
        if self.unconfirmed:
            raise SurveyError(
                "coding_unconfirmed",
                "{count} of {all} codings are not confirmed, the first is {answer!r}; the "
                "analyst's confirmation of each is expected",
                count=len(self.unconfirmed),
                all=len(self.codings),
                answer=self.unconfirmed[0].answer,
            )
        place = {category.id: k for k, category in enumerate(self.categories)}
        code = {coding.answer: coding.category for coding in self.codings}
        cells = np.full((len(texts.values), len(place)), NOT_SELECTED, dtype=np.int8)
        cells[~texts.shown] = NOT_SHOWN
        for row, answer in enumerate(texts.values):
            for part in self.parts(answer or ""):
                if part not in code:
                    raise SurveyError(
                        "answer_uncoded",
                        "the answer {answer!r} is not in the coding table; a row of each is "
                        "expected",
                        answer=part,
                    )
                if code[part]:
                    cells[row, place[code[part]]] = SELECTED
        question = MultipleChoice(
            id=texts.question.replace(":", "_"),
            kind="multiple",
            text=text,
            answered_in_own_words=True,
            options=tuple(
                Option(
                    id=c.id, text=Text(en=c.title, ru=c.title_ru or c.title), residual=c.residual
                )
                for c in self.categories
            ),
        )
        return question, Answers(
            question.id, question.option_ids, groups, cells, group_of, respondents=respondents
        )

    def parts(self, answer: str) -> tuple[str, ...]:
        """Things named in an answer, normalised."""
        written = fragments(answer) if self.split else (answer,)
        return tuple(plain for part in written if (plain := normalise(part)))
