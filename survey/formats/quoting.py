"""Empty cells written as nothing at all, told apart from those written as two quotation marks.

Newer LimeSurvey writes what was never shown as nothing and an empty answer as ``""``; the csv
module gives the same empty text for both.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from survey.formats.text import DECLARED


def bare_empty(text: str, delimiter: str, rows: int, width: int) -> npt.NDArray[np.bool_] | None:
    """Where a cell of a table of text is empty without quotation marks, shape (rows, width).

    None if the table does not use both ways of writing an empty cell, so that nothing can be told
    from them, or if its rows cannot be followed.
    """
    if '""' not in text:
        return None
    sign = re.escape(delimiter)
    cell = re.compile(rf'("[^"]*(?:""[^"]*)*"|[^"{sign}\r\n]*)({sign}|\r\n|\n|\r|\Z)')
    bare = np.zeros((rows, width), dtype=np.bool_)
    declared = DECLARED.match(text)
    row, column, quoted, at, began = 0, 0, 0, declared.end() if declared else 0, False
    while at < len(text):
        found = cell.match(text, at)
        if found is None:
            return None
        content, end = found[1], found[2]
        at = found.end()
        quoted += content == '""'
        if end == delimiter or content or began:
            if row < rows and column < width and not content:
                bare[row, column] = True
            column += 1
        began = end == delimiter
        if not began:
            row, column = row + (column > 0), 0
    return bare if row >= rows and quoted and bare[1:].any() else None
