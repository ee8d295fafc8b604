"""What a statistic is given: by key, each checked, each fault one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from survey.contingency import FloatArray
from survey.elicitation.inputs import choice, is_number, number, shown, whole
from survey.elicitation.registry import Judgements
from survey.errors import SurveyError

RESAMPLES: Final = "resamples"
SEED: Final = "seed"
CONFIDENCE: Final = "confidence"
_MOST_RESAMPLES: Final = 100_000
_LARGEST_SEED: Final = 2**63 - 1
_SURE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Given:
    """The keys of DATA.json for one statistic."""

    statistic: str
    data: Mapping[str, Any]

    def has(self, key: str) -> bool:
        """Whether a key is given; null is not."""
        return self.data.get(key) is not None

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """One number, within bounds."""
        if default is not None and not self.has(key):
            return default
        return number(self._as_params(key), key, expected=(low, high))

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """One whole number, within bounds."""
        if default is not None and not self.has(key):
            return default
        return whole(self._as_params(key), key, expected=(low, high))

    def choice(self, key: str, known: Sequence[str], default: str | None = None) -> str:
        """One of a few names."""
        if default is not None and not self.has(key):
            return default
        return choice(self._as_params(key), key, known)

    def numbers(self, key: str) -> FloatArray:
        """A list of numbers."""
        given = self.data.get(key)
        if not isinstance(given, (list, tuple)) or not given:
            raise SurveyError(
                "list_expected",
                "{name} is {found}; a list of numbers is expected",
                name=key,
                found=shown(given),
            )
        return np.array([_cell(x, key, k) for k, x in enumerate(given)], dtype=np.float64)

    def pair(self, key: str) -> tuple[float, float]:
        """Two numbers."""
        found = self.numbers(key)
        if len(found) != 2:
            raise SurveyError(
                "pair_expected",
                "{name} is {found}; two numbers are expected",
                name=key,
                found=shown(self.data.get(key)),
            )
        return float(found[0]), float(found[1])

    def table(self, key: str, *, gaps: bool = False) -> FloatArray:
        """Rows of numbers, of one length; null is NaN where gaps may be."""
        return np.array(
            [
                [np.nan if gaps and x is None else _cell(x, f"{key}[{i}]", j) for j, x in enumerate(row)]
                for i, row in enumerate(self.rows(key))
            ],
            dtype=np.float64,
        )  # fmt: skip

    def rows(self, key: str) -> list[list[Any]]:
        """Rows of one length; what the cells hold is not looked at."""
        given = self.data.get(key)
        if not isinstance(given, (list, tuple)) or not given:
            raise SurveyError(
                "rows_expected",
                "{name} is {found}; a list of rows, each a list, is expected",
                name=key,
                found=shown(given),
            )
        for i, row in enumerate(given):
            if not isinstance(row, (list, tuple)) or not row:
                raise SurveyError(
                    "rows_expected",
                    "{name} is {found}; a list of rows, each a list, is expected",
                    name=f"{key}[{i}]",
                    found=shown(row),
                )
            if len(row) != len(given[0]):
                raise SurveyError(
                    "rows_length",
                    "{name} has {found} entries, the first row {expected}; "
                    "rows of one length are expected",
                    name=f"{key}[{i}]",
                    found=len(row),
                    expected=len(given[0]),
                )
        return [list(row) for row in given]

    def names(self, key: str, size: int) -> tuple[str, ...] | None:
        """Texts, as many as there are things to name, all different; None if left out."""
        given = self.data.get(key)
        if given is None:
            return None
        if (
            not isinstance(given, (list, tuple))
            or len(given) != size
            or not all(isinstance(name, str) for name in given)
            or len(set(given)) < size
        ):
            raise SurveyError(
                "names_expected",
                "{name} is {found}; a list of {size} different texts is expected",
                name=key,
                found=shown(given),
                size=size,
            )
        return tuple(given)

    @property
    def confidence(self) -> float:
        """Of the intervals."""
        return self.number(CONFIDENCE, 0.5, 0.999999, _SURE)

    @property
    def rng(self) -> np.random.Generator:
        """Random numbers from the seed given, or 1."""
        return np.random.default_rng(self.whole(SEED, 0, _LARGEST_SEED, 1))

    def resamples(self, default: int = 0) -> int:
        """How many resamples are asked for."""
        return self.whole(RESAMPLES, 0, _MOST_RESAMPLES, default)

    def _as_params(self, key: str) -> Judgements:
        return Judgements(self.statistic, {key: self.data.get(key)})


def _cell(value: Any, key: str, place: int) -> float:  # noqa: ANN401 - whatever was given
    try:
        fits = is_number(value) and np.isfinite(float(value))
    except OverflowError:  # a whole number beyond the range of floats
        fits = False
    if not fits:
        raise SurveyError(
            "cell_number",
            "{name} is {found}; a number is expected",
            name=f"{key}[{place}]",
            found=shown(value),
        )
    return float(value)
