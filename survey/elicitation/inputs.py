"""Judgements as they come: lists, or values by name; each fault is one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from survey.elicitation.registry import Judgements, nearest
from survey.elicitation.result import FloatArray
from survey.errors import SurveyError

# Nobody judges more than a few dozen; the bounds keep nonsense from filling the memory.
MOST = 1000
MOST_PAIRED = 100
_SHOWN = 40  # characters of an offending value that a sentence can carry


def names(given: Judgements, size: int, own: Sequence[str] | None = None) -> tuple[str, ...]:
    """Names of what is weighed: those in the judgements, those given beside them, or C1, C2 ..."""
    if own is not None and given.labels is not None and tuple(own) != given.labels:
        raise SurveyError(
            "labels_differ",
            "the judgements name {found}, the criteria are {expected}; "
            "expected the same names in the same order, or no criteria",
            found=", ".join(own),
            expected=", ".join(given.labels),
        )
    found = given.labels if own is None else tuple(own)
    if found is None:
        return default_names(size)
    if len(found) != size:
        raise SurveyError(
            "labels_number_wrong",
            "{found} criteria are named, but {expected} are judged",
            found=len(found),
            expected=size,
        )
    for name in found:
        if found.count(name) > 1:
            raise SurveyError(
                "label_twice",
                "{name} stands {found} times among the criteria; expected once",
                name=name,
                found=found.count(name),
            )
    return found


def default_names(size: int) -> tuple[str, ...]:
    """C1, C2 and so on."""
    return tuple(f"C{k + 1}" for k in range(size))


def numbers(
    given: Judgements, name: str, *, expected: tuple[float, float], first_is_gap: bool = False
) -> tuple[tuple[str, ...], FloatArray]:
    """Labels and numbers of a list parameter, or of one that gives values by name.

    `expected` are the lowest and the highest number that make sense; with `first_is_gap` the first
    entry must be None, and comes back as NaN.
    """
    value = given.params[name]
    own = tuple(str(k) for k in value) if isinstance(value, Mapping) else None
    entries = list(value.values()) if isinstance(value, Mapping) else value
    if isinstance(entries, np.ndarray):
        entries = entries.tolist()
    if not isinstance(entries, (list, tuple)) or not entries:
        raise SurveyError(
            "list_expected",
            "{name} is {found}; a list of numbers is expected",
            name=name,
            found=shown(value),
        )
    if len(entries) > MOST:
        raise SurveyError(
            "too_many",
            "{name} has {found} entries; at most {most} are expected",
            name=name,
            found=len(entries),
            most=MOST,
        )
    labels = names(given, len(entries), own)
    rest = entries
    if first_is_gap:
        if entries[0] is not None:
            raise SurveyError(
                "first_is_compared",
                "{name} begins with {found}; null is expected, "
                "since nothing stands before the first criterion {label}",
                name=name,
                found=shown(entries[0]),
                label=labels[0],
            )
        rest = entries[1:]
    checked = [
        _number(x, name, label, expected)
        for x, label in zip(rest, labels[len(labels) - len(rest) :], strict=True)
    ]
    return labels, np.array([np.nan] * first_is_gap + checked, dtype=np.float64)


def _number(value: Any, name: str, label: str, expected: tuple[float, float]) -> float:  # noqa: ANN401
    low, high = expected
    if not is_number(value) or not low <= value <= high:
        raise SurveyError(
            "number_expected",
            "{name} of {label} is {found}; a number from {low} to {high} is expected",
            name=name,
            label=label,
            found=shown(value),
            low=_bound(low),
            high=_bound(high),
        )
    return float(value)


def _bound(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:g}"


def number(given: Judgements, name: str, *, expected: tuple[float, float]) -> float:
    """One number, within bounds."""
    value, (low, high) = given.params[name], expected
    if not is_number(value) or not low <= value <= high:
        raise SurveyError(
            "parameter_number",
            "{name} is {found}; a number from {low} to {high} is expected",
            name=name,
            found=shown(value),
            low=_bound(low),
            high=_bound(high),
        )
    return float(value)


def whole(given: Judgements, name: str, *, expected: tuple[int, int]) -> int:
    """One whole number, within bounds."""
    value, (low, high) = given.params[name], expected
    if not is_number(value) or not low <= value <= high or value != int(value):
        raise SurveyError(
            "parameter_whole",
            "{name} is {found}; a whole number from {low} to {high} is expected",
            name=name,
            found=shown(value),
            low=low,
            high=high,
        )
    return int(value)


def choice(given: Judgements, name: str, known: Sequence[str]) -> str:
    """One of a few names."""
    value = given.params[name]
    if not isinstance(value, str) or value not in known:
        raise SurveyError(
            "parameter_choice",
            "{name} is {found}; expected {nearest}",
            name=name,
            found=shown(value),
            nearest=nearest(value, known) if isinstance(value, str) else ", ".join(known),
        )
    return value


def one_of(given: Judgements, *known: str) -> str:
    """Which of several parameters was given: exactly one must be."""
    present = [name for name in known if given.params[name] is not None]
    if len(present) != 1:
        raise SurveyError(
            "one_parameter",
            "method {method} takes exactly one of {known}; {found} of them are given",
            method=given.method,
            known=", ".join(known),
            found=len(present),
        )
    return present[0]


def square_rows(value: Any, name: str) -> list[list[Any]]:  # noqa: ANN401 - whatever was given
    """Rows of a square table; what the cells hold is not looked at."""
    rows = value.tolist() if isinstance(value, np.ndarray) else value
    size = len(rows) if isinstance(rows, (list, tuple)) else 0
    if not 0 < size <= MOST_PAIRED or not all(
        isinstance(row, (list, tuple)) and len(row) == size for row in rows
    ):
        raise SurveyError(
            "square_expected",
            "{name} is {found}; a square table with one row per criterion, at most {most}, is expected",
            name=name,
            found=shown(rows),
            most=MOST_PAIRED,
        )
    return [list(row) for row in rows]


def is_number(value: object) -> bool:
    """Whether a value is a finite number; True and False are none."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, float, np.number)):
        return False
    return bool(-np.inf < value < np.inf)


def shown(value: object) -> str:
    """Return a value as a sentence can carry it."""
    if value is None:
        return "null"
    text = value if isinstance(value, str) else repr(value)
    text = f'"{text}"' if isinstance(value, str) else text
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."
