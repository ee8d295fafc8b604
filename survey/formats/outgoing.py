"""Text on its way out: what a spreadsheet would run is masked, what a file cannot hold replaced."""

from __future__ import annotations

import re
from dataclasses import dataclass

from survey.dataset import Remark, remark
from survey.formats.formulas import mask_formula

# No text: readers take a file that holds many of them for no table, and lone surrogates have no
# bytes in UTF-8.
_CONTROL = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_INSTEAD = "\ufffd"


@dataclass(slots=True)
class Outgoing:
    """Texts of one file being written, and how many had to be changed."""

    replaced: int = 0
    cut: int = 0

    def text(self, value: str, longest: int | None = None) -> str:
        """`value` as it can stand in a cell of a spreadsheet."""
        return mask_formula(self.plain(value, longest))

    def plain(self, value: str, longest: int | None = None) -> str:
        """`value` as it can stand where nothing is run."""
        if _CONTROL.search(value):
            self.replaced += 1
            value = _CONTROL.sub(_INSTEAD, value)
        if longest is not None and len(value) > longest:
            self.cut += 1
            value = value[:longest]
        return value

    def remarks(self) -> tuple[Remark, ...]:
        """What was changed, for the analyst."""
        told = []
        if self.replaced:
            told.append(
                remark(
                    "controls_replaced",
                    "{count} texts held control characters, which the file cannot; the sign "
                    "{found} stands for each of them",
                    grave=True,
                    count=self.replaced,
                    found=_INSTEAD,
                )
            )
        if self.cut:
            told.append(
                remark(
                    "texts_cut",
                    "{count} texts are longer than a cell of the file can hold and were cut",
                    grave=True,
                    count=self.cut,
                )
            )
        return tuple(told)
