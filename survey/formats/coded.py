"""A column of a table as its distinct texts and which of them stands in each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from survey.formats.names import plain


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """One column: a million rows of two distinct texts take a million bytes.

    Attributes
    ----------
    texts : tuple of str
        Distinct.
    codes : int array, shape (rows,)
        Place of each row's text.
    """

    texts: tuple[str, ...]
    codes: npt.NDArray[np.integer]

    @classmethod
    def of(cls, cells: Sequence[str]) -> Coded:
        """A column of text."""
        places: dict[str, int] = {}
        codes = np.array([places.setdefault(cell, len(places)) for cell in cells], dtype=np.int32)
        return cls(tuple(places), codes)

    @property
    def met(self) -> frozenset[str]:
        """What stands in the column, as texts are compared; nothing is ""."""
        return frozenset(plain(text) for text in self.texts)

    @property
    def cells(self) -> list[str]:
        """The text of every row."""
        texts = np.array(self.texts, dtype=object)
        found: list[str] = texts[self.codes].tolist()
        return found

    def states(self, known: Mapping[str, int]) -> npt.NDArray[np.int8]:
        """State of each row by the text that stands there."""
        table = np.array([known[plain(text)] for text in self.texts], dtype=np.int8)
        found: npt.NDArray[np.int8] = table[self.codes]
        return found
