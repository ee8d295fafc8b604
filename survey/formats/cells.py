"""Cells of a table as text, by position: headings may repeat, so nothing is kept by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from survey.dataset import Remark, remark
from survey.errors import SurveyError
from survey.formats.formulas import may_hold_masked, restore_formula

MOST_BYTES = 1 << 30  # of a file
MOST_COLUMNS = 16_384  # as many as a spreadsheet has
MOST_CELLS = 20_000_000  # of a table kept as text in memory
_NAMED = 5  # rows that one remark names


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A table of text cells.

    Attributes
    ----------
    name : str
        Of the file.
    rows : tuple of tuples of str
        All of the same width, heading rows included; an empty cell is "".
    encoding : str
        ``xlsx`` for a workbook.
    delimiter : str
        Empty for a workbook.
    whole : bool
        False if only the first rows were read.
    remarks : tuple of Remark
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    encoding: str = "utf-8"
    delimiter: str = ","
    whole: bool = True
    remarks: tuple[Remark, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def headings(self) -> tuple[str, ...]:
        """First row."""
        return self.rows[0] if self.rows else ()

    def columns(self, start: int = 1) -> list[tuple[str, ...]]:
        """Cells of each column from row `start` on."""
        body = self.rows[start:]
        return list(zip(*body, strict=True)) if body else [()] * self.width


class Gathered:
    """Rows as they are read: counted against the limits, so that memory stays bounded."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[list[str]] = []
        self.cells = 0

    def add(self, row: list[str]) -> None:
        """Keep one row; an empty line is passed over."""
        if not row:
            return
        check_columns(self.name, len(row))
        self.cells += len(row)
        check_cells(self.name, self.cells)
        self.rows.append(row)


def check_columns(name: str, found: int) -> None:
    """Refuse a table wider than any export."""
    if found > MOST_COLUMNS:
        raise SurveyError(
            "file_columns",
            "the file {file} has {found} columns or more; at most {expected} are expected",
            file=name,
            found=found,
            expected=MOST_COLUMNS,
        )


def check_cells(name: str, found: int) -> None:
    """Refuse a table too large to be kept as text."""
    if found > MOST_CELLS:
        raise SurveyError(
            "file_cells",
            "the file {file} has more than {expected} cells; at most so many are expected",
            file=name,
            expected=MOST_CELLS,
        )


def rectangle(
    rows: Sequence[Sequence[str]], name: str
) -> tuple[tuple[tuple[str, ...], ...], tuple[Remark, ...]]:
    """Rows of one width: blank ones at the end dropped, short ones filled up, and what was odd.

    The width is that of the first row, or more where a longer row holds something there.
    Formulas that a writer had neutralised are restored.
    """
    last = len(rows)
    while last and not any(cell.strip() for cell in rows[last - 1]):
        last -= 1
    kept = rows[:last]
    if not kept:
        return (), ()
    own = len(kept[0])
    used = [_used(row) for row in kept]
    longer = [k for k, end in enumerate(used) if end > own]
    # A comma at the end of every line makes no column.
    width = max(used)
    # One endless row would make every other as long.
    check_cells(name, width * len(kept))
    shorter = [k for k, row in enumerate(kept) if len(row) < min(own, width)]
    told = []
    if longer:
        told.append(
            remark(
                "rows_longer",
                "{count} rows are longer than the first, which has {expected} cells (rows {rows}); "
                "what stands there has no heading",
                grave=True,
                count=len(longer),
                expected=own,
                rows=_some(longer),
            )
        )
    if shorter:
        told.append(
            remark(
                "rows_shorter",
                "{count} rows are shorter than the first, which has {expected} cells (rows {rows}); "
                "the missing cells are read as empty",
                grave=True,
                count=len(shorter),
                expected=own,
                rows=_some(shorter),
            )
        )
    fill = ("",) * width
    even = tuple((*row, *fill[len(row) :])[:width] for row in kept)
    if any(may_hold_masked(row) for row in even):
        even = tuple(tuple(restore_formula(cell) for cell in row) for row in even)
    return even, tuple(told)


def _used(row: Sequence[str]) -> int:
    """Width of a row without the empty cells at its end."""
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width


def _some(places: Sequence[int]) -> str:
    named = ", ".join(str(place + 1) for place in places[:_NAMED])
    return named if len(places) <= _NAMED else f"{named}, ..."
