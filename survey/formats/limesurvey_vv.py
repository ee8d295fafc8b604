"""LimeSurvey's VV export: tabs, a row of texts and a row of codes, and escapes of its own."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from survey.formats.cells import Sheet
from survey.formats.limesurvey_headings import system_name

_NEVER = "{question_not_shown}"
_ESCAPES = (("{lbrace}", "{"), ("{newline}", "\n"), ("{cr}", "\r"), ("{tab}", "\t"))


def is_vv(sheet: Sheet) -> bool:
    """Whether the second row of a table with tabs holds LimeSurvey's codes."""
    if len(sheet.rows) < 2 or sheet.delimiter != "\t":
        return False
    return sum(bool(system_name(cell)) and cell.islower() for cell in sheet.rows[1]) > 1


def vv_cells(
    columns: list[tuple[str, ...]],
) -> tuple[list[tuple[str, ...]], npt.NDArray[np.bool_]]:
    """Columns without their escapes, and which cells were never shown."""
    never = np.array([[cell == _NEVER for cell in cells] for cells in columns], dtype=np.bool_).T
    plain = []
    for cells in columns:
        made = ["" if cell == _NEVER else cell for cell in cells]
        for sign, stands in reversed(_ESCAPES):
            made = [cell.replace(sign, stands) if "{" in cell else cell for cell in made]
        plain.append(tuple(made))
    return plain, never
