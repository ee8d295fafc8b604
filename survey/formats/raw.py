"""Questions as a format shows them, before they are matched to a questionnaire.

A reader makes these; `survey.formats.assemble.assemble` turns them into responses. `name` is the
code of the question in the file (or its text, if it has no code), `text` its wording if known.
Cells are text; an empty one is "". `shown` is False where the format tells that a cell was not
shown; a reader whose format loses that state says so in a grave remark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

BoolArray = npt.NDArray[np.bool_]
Written = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Item:
    """An option, a row of a grid or a thing to rate: its code and its text, equal if one is known."""

    code: str
    text: str

    @classmethod
    def of(cls, label: str) -> Item:
        """An item of which one label is known."""
        return cls(label, label)


@dataclass(frozen=True, slots=True, eq=False)
class Ticks:
    """A choice with a column for each option.

    Attributes
    ----------
    states : int8 array, shape (respondents, items)
        `SELECTED`, `NOT_SELECTED` or `NOT_SHOWN`.
    written : mapping
        What was written beside an option, by the place of the item.
    """

    name: str
    text: str
    items: tuple[Item, ...]
    states: npt.NDArray[np.int8]
    written: Mapping[int, Written] = field(default_factory=dict)
    single: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """A choice whose selected options stand in one cell, joined by `separator`."""

    name: str
    text: str
    cells: Sequence[str]
    separator: str
    shown: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One question in one column: the label or code of an option, a number, or words.

    Attributes
    ----------
    labels : mapping
        Text of an answer by its code, where the format tells (a dictionary, value labels).
    written : sequence or None
        What was written beside "other".
    kind : str
        ``single``, ``number`` or ``text`` where the format tells; else empty.
    other : str
        Code or label of the option that `written` belongs to.
    """

    name: str
    text: str
    cells: Sequence[str]
    shown: BoolArray
    labels: Mapping[str, str] = field(default_factory=dict)
    written: Written | None = None
    kind: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """A question with one column for each item, holding a number or the label of a grade.

    Attributes
    ----------
    cells : sequence of columns, one for each item
    shown : bool array, shape (respondents, items)
    labels : mapping
        Text of a grade by its code, where the format tells.
    """

    name: str
    text: str
    items: tuple[Item, ...]
    cells: Sequence[Sequence[str]]
    shown: BoolArray
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """A ranking with one column for each place, the first first, holding the item put there."""

    name: str
    text: str
    cells: Sequence[Sequence[str]]
    shown: BoolArray  # shape (respondents,)
    labels: Mapping[str, str] = field(default_factory=dict)


Raw = Ticks | Joined | Column | Columns | Ranked
