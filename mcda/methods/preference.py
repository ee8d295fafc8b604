"""The six preference functions of PROMETHEE and their thresholds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.methods._pairs import need_time
from mcda.problem import Array
from mcda.registry import Parameter, nearest

# Thresholds each preference function reads (Brans, Vincke and Mareschal 1986, types I to VI).
PREFERENCE_FUNCTIONS: dict[str, tuple[str, ...]] = {
    "usual": (),
    "ushape": ("q",),
    "vshape": ("p",),
    "level": ("q", "p"),
    "linear": ("q", "p"),
    "gaussian": ("s",),
}
_SCALES = ("absolute", "range")

PARAMETERS = (
    Parameter(
        "preference_functions",
        "usual",
        "one of usual, ushape, vshape, level, linear, gaussian, for all or one per criterion",
        per_criterion=0,
    ),
    Parameter("q", None, "indifference threshold, for all or one per criterion", per_criterion=0),
    Parameter("p", None, "preference threshold, for all or one per criterion", per_criterion=0),
    Parameter(
        "s", None, "inflection of the gaussian, for all or one per criterion", per_criterion=0
    ),
    Parameter(
        "threshold_scale",
        "absolute",
        "absolute: in the criterion's unit; range: as a share of its range",
    ),
)


@dataclass(frozen=True, slots=True)
class Preference:
    """A preference function with its thresholds; those it does not read are 0."""

    shape: str
    q: float = 0.0
    p: float = 0.0
    s: float = 0.0

    @property
    def steps(self) -> tuple[tuple[float, float], ...]:
        """Height and place of each step of a function that grows by steps; otherwise none."""
        if self.shape == "usual":
            return ((1.0, 0.0),)
        if self.shape == "ushape":
            return ((1.0, self.q),)
        if self.shape == "level":
            return ((0.5, self.q), (0.5, self.p))
        if self.shape != "gaussian" and self.start == self.p:
            return ((1.0, self.start),)
        return ()

    @property
    def start(self) -> float:
        """Where the slope of a linear or V-shaped function begins; it ends at p."""
        return self.q if self.shape == "linear" else 0.0

    def of(self, gap: Array) -> Array:
        """Preference, 0 to 1, for an advantage; nothing is preferred without an advantage."""
        if self.steps:
            risen: Array = reduce(
                np.add, [np.where(gap > place, h, 0.0) for h, place in self.steps]
            )
            return risen
        ahead = np.maximum(gap, 0.0)
        if self.shape == "gaussian":
            # Divided first: the squares of very small numbers would be zero.
            ahead = ahead / self.s
            return -np.expm1(-ahead * ahead / 2)
        return np.clip((ahead - self.start) / (self.p - self.start), 0.0, 1.0)


def preferences(
    m: int,
    *,
    preference_functions: Any,  # noqa: ANN401 - one value, or a list with one per criterion
    q: Any,  # noqa: ANN401
    p: Any,  # noqa: ANN401
    s: Any,  # noqa: ANN401
) -> list[Preference]:
    """Return the preference function of each of m criteria."""
    shapes = _per_criterion(preference_functions, m, "preference_functions")
    given = {
        name: _per_criterion(of_all, m, name) for name, of_all in (("q", q), ("p", p), ("s", s))
    }
    return [
        Preference(shape, **{t: float(given[t][j]) for t in PREFERENCE_FUNCTIONS[shape]})
        for j, shape in enumerate(shapes)
    ]


def _per_criterion(given: Any, m: int, name: str) -> list[Any]:  # noqa: ANN401 - scalar or sequence
    if given is None or isinstance(given, (str, int, float, np.generic)):
        return [given] * m
    if isinstance(given, (Sequence, np.ndarray)) and len(given) == m:
        return list(given)
    raise ProblemError(
        "per_criterion",
        "PROMETHEE's {name} is {found}; expected one value, or a list with one for each of {m} criteria",
        name=name,
        found=given,
        m=m,
    )


def check_preferences(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    """Refuse preference functions and thresholds that make no sense, and too many pairs."""
    n, m = values.shape[-2:]
    if params["threshold_scale"] not in _SCALES:
        raise ProblemError(
            "threshold_scale",
            "PROMETHEE's threshold_scale is {found}; expected absolute or range",
            found=repr(params["threshold_scale"]),
        )
    shapes = _per_criterion(params["preference_functions"], m, "preference_functions")
    thresholds = {name: _per_criterion(params[name], m, name) for name in ("q", "p", "s")}
    for j, shape in enumerate(shapes):
        if not isinstance(shape, str) or shape not in PREFERENCE_FUNCTIONS:
            raise ProblemError(
                "preference_function",
                "preference function {found} is not known; expected {nearest}",
                found=repr(shape),
                nearest=nearest(str(shape), list(PREFERENCE_FUNCTIONS)),
            )
        needed = {name: thresholds[name][j] for name in PREFERENCE_FUNCTIONS[shape]}
        _check_thresholds(j + 1, shape, needed)
        if shape == "gaussian":
            need_time("gaussian", n)


def _check_thresholds(number: int, shape: str, needed: Mapping[str, Any]) -> None:
    for name, value in needed.items():
        if not _is_number(value) or value < 0:
            raise ProblemError(
                "threshold",
                "criterion number {number}: preference function {shape} needs {name} of 0 or more, "
                "found {found}",
                number=number,
                shape=shape,
                name=name,
                found=value,
            )
    if len(needed) == 2 and needed["q"] > needed["p"]:
        raise ProblemError(
            "threshold_order",
            "criterion number {number}: indifference q {q} is above preference p {p}; "
            "expected q at most p",
            number=number,
            q=needed["q"],
            p=needed["p"],
        )
    if shape == "gaussian" and needed["s"] == 0:
        raise ProblemError(
            "threshold",
            "criterion number {number}: preference function {shape} needs {name} above 0, "
            "found {found}",
            number=number,
            shape=shape,
            name="s",
            found=0,
        )


def _is_number(value: Any) -> bool:  # noqa: ANN401 - whatever was given
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond the range of a double
        return False
