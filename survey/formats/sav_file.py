"""A .sav file as cells of text, with what its dictionary says of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from survey.errors import SurveyError
from survey.formats import sav_child
from survey.formats.cells import MOST_BYTES, MOST_CELLS, MOST_COLUMNS, check_columns
from survey.formats.text import read_start

_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class MultipleSet:
    """A multiple-response set: variables of one question.

    In a set of dichotomies `counted` means chosen; else each variable holds a code of an option.
    """

    label: str
    dichotomy: bool
    counted: str
    variables: tuple[str, ...]


class SavFile:
    """Variables by name; a number is the shortest text of it, nothing is ""."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self._cells: Mapping[str, list[str]] = found["cells"]
        self._labels: Mapping[str, str | None] = found["labels"]
        self._values = {name: dict(pairs) for name, pairs in found["values"].items()}
        self._missing: Mapping[str, list[tuple[Any, Any]]] = found["missing"]
        self._types: Mapping[str, str] = found["types"]
        self.names = tuple(self._cells)
        self.rows = len(next(iter(self._cells.values()), ()))
        self.title: str = found["title"]
        self.sets: dict[str, MultipleSet] = {}
        # Sets may name variables that were deleted since.
        self.absent: list[str] = []
        for name, each in found["sets"].items():
            known = tuple(v for v in each["variables"] if v in self._cells)
            if len(known) < len(each["variables"]):
                self.absent.append(name)
            if known:
                self.sets[name] = MultipleSet(
                    each["label"], each["dichotomy"], each["counted"], known
                )

    def label(self, name: str) -> str:
        """Label of a variable, its name if it has none."""
        return self._labels.get(name) or name

    def value_labels(self, name: str) -> dict[str, str]:
        """Labels of a variable's values by the text of the value."""
        return self._values.get(name, {})

    def is_text(self, name: str) -> bool:
        """Whether the variable holds words (or dates, which are no quantities)."""
        odd = any(cell and not _is_number(cell) for cell in self._cells[name])
        return odd or str(self._types.get(name, "")).startswith("A")

    def cells(self, name: str) -> list[str]:
        """Every value, those declared missing included."""
        return self._cells[name]

    def is_missing(self, name: str, cell: str) -> bool:
        """Whether the file declares this value missing."""
        for low, high in self._missing.get(name, ()):
            if isinstance(low, str) or isinstance(high, str):
                if cell.rstrip() in {str(low).rstrip(), str(high).rstrip()}:
                    return True
            elif _is_number(cell) and low <= float(cell) <= high:
                return True
        return False

    def valid(self, name: str) -> list[str]:
        """Values, nothing where one is declared missing."""
        cells = self._cells[name]
        odd = {cell for cell in set(cells) if cell and self.is_missing(name, cell)}
        return [("" if cell in odd else cell) for cell in cells] if odd else cells

    def shown(self, name: str) -> npt.NDArray[np.bool_]:
        """Where there is any value, declared missing or not; text has no system-missing."""
        if self.is_text(name):
            return np.ones(self.rows, dtype=np.bool_)
        return np.array([cell != "" for cell in self._cells[name]], dtype=np.bool_)

    def labelled(self, name: str) -> list[str]:
        """Labels in place of values, where there are any."""
        labels = self.value_labels(name)
        return [labels.get(cell, cell) for cell in self.valid(name)]

    def code_of(self, name: str, label: str) -> str | None:
        """Value declared missing that has this label."""
        for code, text in self.value_labels(name).items():
            if text == label and self.is_missing(name, code):
                return code
        return None


def read_sav(path: Path) -> SavFile:
    """Read a .sav file whole; one that is cut, damaged or too large is one sentence."""
    read_start(path, 4)
    if path.stat().st_size > MOST_BYTES:
        raise SurveyError(
            "file_large",
            "the file {file} has {found} bytes; at most {expected} are expected",
            file=path.name,
            found=path.stat().st_size,
            expected=MOST_BYTES,
        )
    found = _in_child(path)
    if "columns" in found:
        check_columns(path.name, found["columns"])
        raise SurveyError(
            "file_cells",
            "the file {file} has more than {expected} cells; at most so many are expected",
            file=path.name,
            expected=MOST_CELLS,
        )
    sav = SavFile(found)
    # A cut within the cases is no error to the library: it gives the whole cases before it.
    if found["declared"] not in {None, -1, sav.rows}:
        raise _damaged(path)
    return sav


def _in_child(path: Path) -> dict[str, Any]:
    """What `survey.formats.sav_child` finds, in a process that may fail without harm."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "found.json"
        command = [sys.executable, "-P", sav_child.__file__, str(path.resolve()), str(out)]
        try:
            subprocess.run(  # noqa: S603 - our own script, and paths that no shell sees
                [*command, str(MOST_COLUMNS), str(MOST_CELLS)],
                check=True,
                capture_output=True,
                timeout=_SECONDS,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
            found: dict[str, Any] = json.loads(out.read_text("utf-8", errors="surrogatepass"))
        except (subprocess.SubprocessError, OSError, ValueError) as error:
            raise _damaged(path) from error
    return found


def _damaged(path: Path) -> SurveyError:
    return SurveyError(
        "sav_damaged",
        "the file {file} is damaged or cut short: it cannot be read as an SPSS system file",
        file=path.name,
    )


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
