"""Competence coefficient from an expert's rating of himself and of what he argues from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from survey.errors import SurveyError
from survey.questions import Text

Level = Literal["high", "medium", "low"]
_LEVELS: Final[tuple[Level, ...]] = ("high", "medium", "low")
_TOLERANCE = 1e-9


def _check_sum(total: float) -> None:
    if total > 1 + _TOLERANCE:
        raise SurveyError(
            "argument_scores_sum",
            "the scores of the sources of argument sum to {found}; 1 at most is expected",
            found=total,
        )


@dataclass(frozen=True, slots=True)
class ArgumentSource:
    """One source an expert argues from, and what it counts at a high, medium and low degree."""

    id: str
    title: Text
    high: float
    medium: float
    low: float


@dataclass(frozen=True, slots=True)
class ArgumentTable:
    """How much each source of argument counts; the high scores sum to 1 at most.

    `verified` says whether the scores were seen in a source; `source` names it.
    """

    sources: tuple[ArgumentSource, ...]
    source: str
    verified: bool = False

    def __post_init__(self) -> None:
        for each in self.sources:
            if not 1 >= each.high >= each.medium >= each.low >= 0:
                raise SurveyError(
                    "argument_scores_order",
                    "the source of argument {source} counts {high}, {medium} and {low}; falling "
                    "numbers between 0 and 1 are expected",
                    source=each.id,
                    high=each.high,
                    medium=each.medium,
                    low=each.low,
                )
        _check_sum(sum(each.high for each in self.sources))

    def scores(self, degrees: Mapping[str, Level]) -> tuple[float, ...]:
        """Scores of the sources, in the table's order, from the degree named for each."""
        for named in degrees:
            if named not in {each.id for each in self.sources}:
                raise SurveyError(
                    "argument_source_unknown",
                    "the source of argument {found} is not in the table; one of {expected} is "
                    "expected",
                    found=named,
                    expected=", ".join(each.id for each in self.sources),
                )
        return tuple(self._score(each, degrees.get(each.id)) for each in self.sources)

    @staticmethod
    def _score(source: ArgumentSource, degree: str | None) -> float:
        match degree:
            case "high":
                return source.high
            case "medium":
                return source.medium
            case "low":
                return source.low
        raise SurveyError(
            "argument_degree",
            "the source of argument {source} has the degree {found}; one of {expected} is expected",
            source=source.id,
            found=degree or "-",
            expected=", ".join(_LEVELS),
        )


def _minor(name: str, en: str, ru: str) -> ArgumentSource:
    return ArgumentSource(name, Text(en=en, ru=ru), 0.05, 0.05, 0.05)


# The scores are as commonly recalled; they were not seen in a source: replace them by your own.
ARGUMENTATION: Final = ArgumentTable(
    (
        ArgumentSource(
            "theory",
            Text(en="Own theoretical analysis", ru="Проведённый теоретический анализ"),
            0.3,
            0.2,
            0.1,
        ),
        ArgumentSource(
            "experience", Text(en="Practical experience", ru="Производственный опыт"), 0.5, 0.4, 0.2
        ),
        _minor("national", "Work of authors of one's country", "Работы отечественных авторов"),
        _minor("foreign", "Work of foreign authors", "Работы зарубежных авторов"),
        _minor(
            "abroad", "Knowledge of the state of things abroad", "Знание положения дел за рубежом"
        ),
        _minor("intuition", "Intuition", "Интуиция"),
    ),
    source="recalled",
)


@dataclass(frozen=True, slots=True)
class Competence:
    """Competence coefficient `K` = (`Kz` + `Ka`) / 2, all between 0 and 1.

    `Kz`: knowledge, as the expert rates himself; `Ka`: argumentation, the sum of the scores.
    `level`: high, medium or low by the `thresholds`.
    """

    Kz: float
    Ka: float
    K: float
    level: Level
    thresholds: tuple[float, float]


def competence(
    kz_self_score_0_10: float,
    argument_scores: Sequence[float],
    *,
    thresholds: tuple[float, float] = (0.5, 0.8),
) -> Competence:
    """Competence coefficient of one expert.

    Parameters
    ----------
    kz_self_score_0_10
        How the expert rates his knowledge, from 0 to 10.
    argument_scores
        Score of each source of argument, as from `ArgumentTable.scores`; their sum is 1 at most.
    thresholds
        From which coefficient it is medium and from which high. Like the scores of `ARGUMENTATION`
        the defaults are recalled, not seen in a source.

    References
    ----------
    Cruz Ramirez, Martinez Cepena (2018) trace the coefficient to work in the USSR of 1972.

    """
    if not 0 <= kz_self_score_0_10 <= 10:
        raise SurveyError(
            "self_score_outside",
            "the expert rates himself {found}; a number from 0 to 10 is expected",
            found=kz_self_score_0_10,
        )
    for score in argument_scores:
        if not 0 <= score <= 1:
            raise SurveyError(
                "argument_score_outside",
                "a source of argument has the score {found}; a number from 0 to 1 is expected",
                found=score,
            )
    if not 0 <= thresholds[0] <= thresholds[1] <= 1:
        raise SurveyError(
            "competence_thresholds",
            "competence is called medium from {medium} and high from {high}; rising numbers "
            "between 0 and 1 are expected",
            medium=thresholds[0],
            high=thresholds[1],
        )
    argumentation = sum(argument_scores)
    _check_sum(argumentation)
    argumentation = min(argumentation, 1.0)
    knowledge = kz_self_score_0_10 / 10
    coefficient = (knowledge + argumentation) / 2
    level: Level = "low"
    if coefficient >= thresholds[1] - _TOLERANCE:
        level = "high"
    elif coefficient >= thresholds[0] - _TOLERANCE:
        level = "medium"
    return Competence(knowledge, argumentation, coefficient, level, thresholds)
