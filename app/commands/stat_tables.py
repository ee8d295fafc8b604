"""Tables of a statistic on the terminal: figures first, then lists and tables of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.commands.stat_labels import label, said
from app.commands.tables import console, table
from app.i18n import Language
from survey.statistics import Statistic

_MOST_INLINE = 14  # figures that one line can carry
_MOST_ROWS = 60
_SMALL_P = 0.0001
_NOTHING = "—"
# The same figure by another name: what programs read, a person need not read twice.
_REPEATED = {"W_ties", "W_ties_full", "p_lt", "bonferroni_p"}
# Sums of ranks and ties are whole or end in a half.
_HALVES = {"Sj", "Ti", "sum_T"}
_P_VALUES = {"p", "p_holm", "p_adj", "p_j", "p_ij", "bootstrap_p_approx"}
_OUR_WORDS = {"level", "over", "alternative", "test"}


def print_tables(statistic: Statistic, found: dict[str, Any], words: Language) -> None:
    """Print figures in one table, and every larger list in a table of its own."""
    page = _Page(words)
    for key, value in found.items():
        if key != "reason":
            page.add(label(key, words), key, value)
    notes = [found["reason"]] if "reason" in found else []
    if page.hidden:
        notes.append(words.say("With --json also: {names}.", names=", ".join(page.hidden)))
    title = f"{words.sentence(statistic.title)}, {statistic.source}"
    header = [words.say("Figure"), words.say("Value")]
    out = console()
    out.print(table(title, header, page.lines, note="\n".join(notes)))
    for name, rows in page.apart:
        columns = ["", *(str(k + 1) for k in range(len(rows[0]) - 1))]
        out.print(table(name, columns, rows))


@dataclass
class _Page:
    """Lines of the main table, tables of their own, and names of what is too large for either."""

    words: Language
    lines: list[list[str]] = field(default_factory=list)
    apart: list[tuple[str, list[list[str]]]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    def add(self, name: str, key: str, value: Any) -> None:  # noqa: ANN401 - whatever JSON holds
        if key in _REPEATED:
            return
        if isinstance(value, dict):
            for inner, each in value.items():
                self.add(f"{name}: {label(inner, self.words)}", inner, each)
        elif not isinstance(value, list):
            self.lines.append([name, self._figure(key, value)])
        elif _is_too_large(value):
            self.hidden.append(name)
        elif _is_table(value):
            rows = [
                [str(k + 1), *(self._figure(key, x) for x in row)] for k, row in enumerate(value)
            ]
            self.apart.append((name, rows))
        else:
            self.lines.append([name, "; ".join(self._figure(key, x) for x in value)])

    def _figure(self, key: str, value: Any) -> str:  # noqa: ANN401
        match value:
            case None:
                return _NOTHING
            case bool():
                return self.words.say("yes") if value else self.words.say("no")
            case float() if key in _P_VALUES and 0 <= value < _SMALL_P:
                return f"< {self.words.number(_SMALL_P, 4)}"
            case int() | float():
                return self.words.number(value, _digits(key, value))
            case _:
                return said(str(value), self.words) if key in _OUR_WORDS else str(value)


def _digits(key: str, value: float) -> int:
    if isinstance(value, int):
        return 0
    if key in _HALVES:
        return 0 if value.is_integer() else 1
    return 2 if abs(value) >= 1000 else 4


def _is_table(value: list[Any]) -> bool:
    return bool(value) and all(isinstance(row, list) and row for row in value)


def _is_too_large(value: list[Any]) -> bool:
    if not _is_table(value):
        return len(value) > _MOST_INLINE or any(isinstance(x, list) for x in value)
    deep = any(isinstance(x, list) for row in value for x in row)
    return deep or len(value) > _MOST_ROWS or len(value[0]) > _MOST_INLINE
