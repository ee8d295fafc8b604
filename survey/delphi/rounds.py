from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from survey.dataset import Dataset
from survey.errors import SurveyError
from survey.frames import first_repeated

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """Numbers that experts gave to the same items in one round.

    Attributes
    ----------
    number : int
        Rounds are counted from 1.
    experts, items : tuple of str
        Distinct. An expert keeps his name over the rounds: opinions are compared by it.
    values : array, shape (experts, items)
        NaN where nothing was given.
    """

    number: int
    experts: tuple[str, ...]
    items: tuple[str, ...]
    values: FloatArray

    def __post_init__(self) -> None:
        values = np.array(self.values, dtype=np.float64)
        if values.shape != (len(self.experts), len(self.items)) or not self.items:
            raise SurveyError(
                "round_shape",
                "round {round} has values of shape {found}; {expected} is expected",
                round=self.number,
                found=values.shape,
                expected=(len(self.experts), len(self.items)),
            )
        for names in (self.experts, self.items):
            if (twice := first_repeated(names)) is not None:
                raise SurveyError(
                    "round_repeated",
                    "{name} stands twice in round {round}; distinct names are expected",
                    name=twice,
                    round=self.number,
                )
        if np.isinf(values).any():
            raise SurveyError(
                "round_infinite",
                "round {round} has an infinite value; numbers are expected",
                round=self.number,
            )
        values.setflags(write=False)
        object.__setattr__(self, "values", values)

    @classmethod
    def of(cls, number: int, dataset: Dataset, question: str) -> Round:
        """Round of one rating, ranking, points, grid or number question of a wave."""
        numbers = dataset.numbers(question)
        return cls(number, dataset.respondents, numbers.columns, numbers.values)

    def given(self, item: int) -> FloatArray:
        """What was given to an item, those who left it empty passed over."""
        column = self.values[:, item]
        found: FloatArray = column[~np.isnan(column)]
        return found


@dataclass(frozen=True, slots=True)
class Feedback:
    """What an expert is told of an item before the next round, and nothing of who said what.

    `outside`: the expert's own answer lies outside the quartiles, where a reason is asked for.
    Figures are None where too few answered to stay unnamed.
    """

    item: str
    own: float | None
    median: float | None
    low_quartile: float | None
    high_quartile: float | None
    answered: int
    outside: bool


def quartiles(values: FloatArray) -> tuple[float, float, float]:
    """First quartile, median, third quartile (Hyndman, Fan 1996, definition 7)."""
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75]).tolist()
    return low, middle, high


def feedback(before: Round, expert: str, *, least: int = 3) -> tuple[Feedback, ...]:
    """Controlled feedback to one expert: own answer, median, quartiles, item by item.

    An expert who did not take part is given the panel's figures alone. Items that fewer than
    `least` experts answered are given without figures: they would show single answers.

    References
    ----------
    Dalkey, Helmer (1963), Manag. Sci. 9, 458-467; Linstone, Turoff (1975), The Delphi Method.

    """
    own = (
        before.values[before.experts.index(expert)]
        if expert in before.experts
        else np.full(len(before.items), np.nan)
    )
    found = []
    for k, item in enumerate(before.items):
        given, mine = before.given(k), float(own[k])
        answer = None if np.isnan(mine) else mine
        if len(given) < max(least, 1):
            found.append(Feedback(item, answer, None, None, None, len(given), outside=False))
            continue
        low, middle, high = quartiles(given)
        outside = answer is not None and not low <= answer <= high
        found.append(Feedback(item, answer, middle, low, high, len(given), outside=outside))
    return tuple(found)
