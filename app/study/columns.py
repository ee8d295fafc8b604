"""What a table's columns may hold, and how a cell becomes a value."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from app.study.faults import Message, message, one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["id", "text", "number", "whole", "choice", "free"]
Value: TypeAlias = str | int | float | None

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z", re.ASCII)
_EXACT = 2**53  # above it floats skip whole numbers


class Invalid:
    """Marks a cell that has a fault of its own, so that no second check repeats it."""

    def __repr__(self) -> str:
        return "INVALID"


INVALID = Invalid()


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Parameters
    ----------
    kind
        ``id`` (Latin letters, digits, _; starts with a letter), ``text``, ``number``, ``whole``,
        ``choice`` (one of `choices`), ``free`` (numbers if every cell is one, else text).
    required
        The column must stand in the header.
    blank
        A cell may be empty.
    low, high
        Bounds of a number, ends included.

    """

    name: str
    kind: Kind = "text"
    required: bool = True
    blank: bool = False
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()

    def parse(self, cell: str, *, decimal_comma: bool) -> Value | Message:
        """Value of a cell, or the message of what is expected instead."""
        text = cell.strip()
        if not text:
            return None if self.blank else self.expected()
        match self.kind:
            case "text" | "free":
                return text
            case "id":
                return text if _ID.match(text) else self.expected()
            case "choice":
                return text if text in self.choices else one_of(text, self.choices)
        return self._number(text, decimal_comma=decimal_comma)

    def _number(self, text: str, *, decimal_comma: bool) -> Value | Message:
        plain = text.replace(",", ".") if decimal_comma and "." not in text else text
        if not _NUMBER.match(plain):
            if not decimal_comma and _NUMBER.match(text.replace(",", ".", 1)):
                return message(
                    "a decimal point (a decimal comma only in a file separated by semicolons)"
                )
            return self.expected()
        value = float(plain)
        if not (math.isfinite(value) and self.low <= value <= self.high):
            return self.expected()
        if self.kind == "whole":
            return int(value) if value.is_integer() and abs(value) < _EXACT else self.expected()
        return value

    def expected(self) -> Message:
        """What a cell of this column holds."""
        match self.kind:
            case "text" | "free":
                return message("a text")
            case "id":
                return message("a name of Latin letters, digits and _, starting with a letter")
            case "choice":
                return message("one of {known}", known=", ".join(self.choices))
        whole = self.kind == "whole"
        low, high = f"{self.low:g}", f"{self.high:g}"
        if math.isfinite(self.low) and math.isfinite(self.high):
            return (
                message("a whole number from {low} to {high}", low=low, high=high)
                if whole
                else message("a number from {low} to {high}", low=low, high=high)
            )
        if math.isfinite(self.low):
            return (
                message("a whole number from {low} up", low=low)
                if whole
                else message("a number from {low} up", low=low)
            )
        return message("a whole number") if whole else message("a number")


def as_numbers(cells: Sequence[object], *, decimal_comma: bool) -> list[float] | None:
    """Numbers of a free column, NaN where a cell is empty; None if a cell is no number."""
    column = Column("", "number", blank=True)
    parsed = [column.parse(str(cell or ""), decimal_comma=decimal_comma) for cell in cells]
    if any(isinstance(value, Message) for value in parsed) or all(each is None for each in parsed):
        return None
    return [float(value) if isinstance(value, int | float) else math.nan for value in parsed]


def identifier(name: str) -> Column:
    """Column of ids."""
    return Column(name, "id")


def text(*names: str, required: bool = True, blank: bool = False) -> tuple[Column, ...]:
    """Columns of text in both languages: ``name_en`` and ``name_ru`` for each name."""
    return tuple(
        Column(f"{name}_{lang}", "text", required=required, blank=blank)
        for name in names
        for lang in ("en", "ru")
    )


def choice(name: str, *choices: str, required: bool = True, blank: bool = False) -> Column:
    """Column of a few fixed words."""
    return Column(name, "choice", required=required, blank=blank, choices=choices)


def year(name: str = "year") -> Column:
    """Column of years."""
    return Column(name, "whole", low=1000, high=3000)


def number(
    name: str, low: float = -math.inf, high: float = math.inf, *, blank: bool = False
) -> Column:
    """Column of numbers."""
    return Column(name, "number", low=low, high=high, blank=blank)
