"""One respondent's reply to one question, and its JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from survey.errors import SurveyError

# Below it every whole number is one float, and is written without a decimal point.
_WHOLE = 1e15


@dataclass(frozen=True, slots=True)
class Reply:
    """What one respondent gave to one question, complete or not.

    Attributes
    ----------
    chosen : tuple of str
        Options of a single or multiple choice.
    cells : mapping of cell to number
        Of every kind answered by numbers, keyed as `columns` of the question names its cells;
        a cell that was left empty is not there. A comparison of the best and the worst has ``1``
        at ``best:option`` of the best and at ``option:worst`` of the worst, and nowhere else:
        that is how the two are named, before and after the others are compared (2 to 9).
    text : str
        Answer to a question in the respondent's own words.
    texts : mapping of option to words
        What was written beside open options.
    """

    chosen: tuple[str, ...] = ()
    cells: Mapping[str, float] = field(default_factory=dict)
    text: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "chosen", tuple(self.chosen))
        object.__setattr__(self, "cells", {cell: _float(x) for cell, x in self.cells.items()})
        object.__setattr__(self, "texts", dict(self.texts))

    @property
    def empty(self) -> bool:
        """Whether nothing was given."""
        return not (self.chosen or self.cells or self.text or self.texts)

    def to_json(self) -> str:
        """Canonical JSON: sorted keys, no spaces, what is empty left out.

        Raises
        ------
        SurveyError
            If a number is not finite: JSON has none such.

        """
        if not all(map(math.isfinite, self.cells.values())):
            raise SurveyError(
                "reply_not_finite",
                "an answer holds a number that is not finite; numbers are expected",
            )
        parts: dict[str, object] = {
            "cells": {cell: _plain(value) for cell, value in self.cells.items()},
            "chosen": list(self.chosen),
            "text": self.text,
            "texts": dict(self.texts),
        }
        kept = {name: part for name, part in parts.items() if part}
        return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Reply:
        """Reply that `to_json` wrote.

        Raises
        ------
        SurveyError
            If the text is anything else. It is not quoted: it may hold what a person wrote.

        """
        try:
            reply = _reply(_DECODER.decode(text))
        except (ValueError, TypeError, KeyError, RecursionError):
            _damaged(text)
        return reply


def _float(value: float) -> float:
    """Cells compare and print alike whether they came as 3 or 3.0; what is no number stays."""
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _plain(value: float) -> float:
    return int(value) if value.is_integer() and abs(value) < _WHOLE else value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


# One for all: making it costs more than reading a reply.
_DECODER = json.JSONDecoder(parse_constant=_refuse)


def _reply(parts: object) -> Reply:
    if not isinstance(parts, dict) or not parts.keys() <= {"cells", "chosen", "text", "texts"}:
        raise TypeError
    cells, chosen = parts.get("cells", {}), parts.get("chosen", [])
    text, texts = parts.get("text", ""), parts.get("texts", {})
    if not (isinstance(cells, dict) and isinstance(chosen, list) and isinstance(texts, dict)):
        raise TypeError
    for words in (text, *chosen, *cells, *texts, *texts.values()):
        if not isinstance(words, str):
            raise TypeError
        words.encode()  # a lone surrogate has no bytes
    for value in cells.values():
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TypeError
    reply = Reply(tuple(chosen), cells, text, texts)
    if not all(map(math.isfinite, reply.cells.values())):
        raise ValueError
    return reply


def _damaged(text: str) -> NoReturn:
    raise SurveyError(
        "reply_damaged",
        "a stored answer of {size} characters cannot be read; an answer as it was saved is "
        "expected",
        size=len(text),
    )
