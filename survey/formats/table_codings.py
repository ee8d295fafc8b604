"""How a plain table codes a question that has several columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from survey.answers import NOT_SELECTED, NOT_SHOWN, SELECTED
from survey.dataset import Remark, remark
from survey.formats.base import Request
from survey.formats.coded import Coded
from survey.formats.names import examples, number_of, plain
from survey.formats.raw import Columns, Item, Ranked, Raw, Ticks
from survey.questions import AnyQuestion, MultipleChoice, Ranking, SingleChoice

YES = frozenset(
    ("1", "y", "yes", "true", "t", "x", "х", "v", "+", "✓", "✔", "☑", "*", "да", "д", "истина",
     "checked", "selected", "выбрано", "выбран")
)  # fmt: skip
NO = frozenset(
    ("0", "n", "no", "false", "f", "-", "нет", "н", "ложь", "unchecked", "not selected",
     "не выбрано", "не выбран")
)  # fmt: skip
NEVER = frozenset(("n/a", "na", "not shown", "not_shown", "не показано", "не показан"))


@dataclass(slots=True)
class Codings:
    """What was found in one file, question by question."""

    marks: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    ordered: list[str] = field(default_factory=list)
    lost: int = 0

    def remarks(self) -> list[Remark]:
        """How the columns of choices were understood, for the analyst to check."""
        told = []
        if self.marks:
            told.append(
                remark(
                    "coding_marks",
                    "{count} questions have a column for each option that says chosen or not: "
                    "{found}",
                    count=len(self.marks),
                    found=examples(self.marks),
                )
            )
        if self.own:
            told.append(
                remark(
                    "coding_own",
                    "{count} questions have a column for each option that holds the option's own "
                    "code or label where it was chosen: {found}",
                    count=len(self.own),
                    found=examples(self.own),
                )
            )
        if self.ordered:
            told.append(
                remark(
                    "coding_ordered",
                    "{count} questions have columns of the chosen codes, in the order of choice: "
                    "{found}",
                    count=len(self.ordered),
                    found=examples(self.ordered),
                )
            )
        return told


def raw_of(  # noqa: PLR0917 - one question's columns, and what is known of it
    name: str,
    text: str,
    items: Sequence[Item],
    columns: Sequence[Coded],
    question: AnyQuestion | None,
    request: Request,
    found: Codings,
) -> Raw | None:
    """Raw question of several columns; None if they are no one question."""
    choice = question is None or isinstance(question, (SingleChoice, MultipleChoice))
    single = isinstance(question, SingleChoice)
    if choice and (known := _marks(columns, request)) is not None:
        found.marks.append(name)
        if NOT_SHOWN not in known.values():
            found.lost += any("" in column.met for column in columns)
        states = np.stack([column.states(known) for column in columns], axis=1)
        return Ticks(name, text, tuple(items), states, single=single)
    if choice and _is_own(items, columns, sure=question is not None):
        found.own.append(name)
        return _own(name, text, items, columns, found, single=single)
    if isinstance(question, (MultipleChoice, Ranking)) or question is None:
        listed = [] if question is None else [plain(o.id) for o in question.options]
        # Parts that the questionnaire knows as options hold their ranks, not the chosen ones.
        by_option = isinstance(question, Ranking) and all(plain(i.code) in listed for i in items)
        if not by_option and _is_ordered(items, columns):
            found.ordered.append(name)
            return _ordered(name, text, columns, question)
    if question is None and not all(_is_number(value) for c in columns for value in c.met):
        return None
    if choice and question is not None:
        return None
    shown = np.ones((len(columns[0].codes), len(columns)), dtype=np.bool_)
    return Columns(name, text, tuple(items), [column.cells for column in columns], shown)


def _marks(columns: Sequence[Coded], request: Request) -> dict[str, int] | None:
    """State by mark, if each cell holds yes, no or nothing.

    Where "no" is written an empty cell was not shown; where only "yes" is, it is the "no".
    """
    met = frozenset[str]().union(*(column.met for column in columns))
    yes = frozenset([plain(request.yes)]) if request.yes is not None else YES
    no = frozenset([plain(request.no)]) if request.no is not None else NO
    if not met <= yes | no | NEVER | {""} or not met & (yes | no):
        return None
    known = {**dict.fromkeys(NEVER, int(NOT_SHOWN)), **dict.fromkeys(yes, int(SELECTED))}
    known |= dict.fromkeys(no, int(NOT_SELECTED))
    said = bool(met & (no - {""} | NEVER))
    known.setdefault("", int(NOT_SHOWN if said else NOT_SELECTED))
    return {mark: state for mark, state in known.items() if mark in met}


def _is_own(items: Sequence[Item], columns: Sequence[Coded], *, sure: bool) -> bool:
    """Each column holds one text of its own, or 0, or nothing."""
    own = [column.met - {"", "0"} for column in columns]
    if any(len(texts) > 1 for texts in own):
        return False
    named = [next(iter(texts)) for texts in own if texts]
    if not named or len(set(named)) < len(named):
        return False
    matching = all(
        texts <= {plain(item.code), plain(item.text)}
        for texts, item in zip(own, items, strict=True)
    )
    return matching or sure or (len(named) > 1 and not any(_is_number(text) for text in named))


def _own(
    name: str,
    text: str,
    items: Sequence[Item],
    columns: Sequence[Coded],
    found: Codings,
    *,
    single: bool,
) -> Ticks:
    zero = any("0" in column.met for column in columns)
    made, states = [], []
    for item, column in zip(items, columns, strict=True):
        own = next((t.strip() for t in column.texts if plain(t) not in {"", "0"}), item.text)
        if plain(own) in {plain(item.code), plain(item.text)}:
            made.append(item)
        else:
            made.append(Item(own, item.text) if _is_number(own) else Item(item.code, own))
        known = dict.fromkeys(column.met, int(SELECTED))
        known |= {"0": int(NOT_SELECTED), "": int(NOT_SHOWN if zero else NOT_SELECTED)}
        states.append(column.states(known))
    found.lost += not zero and any("" in column.met for column in columns)
    return Ticks(name, text, tuple(made), np.stack(states, axis=1), single=single)


def _is_ordered(items: Sequence[Item], columns: Sequence[Coded]) -> bool:
    """Places 1, 2, 3 that hold codes: none twice in a row, nothing after an empty place."""
    numbers = [number_of(item.code) for item in items]
    if len(columns) < 2 or numbers != list(range(1, len(items) + 1)):
        return False
    rows = list(zip(*(column.cells for column in columns), strict=True))
    ends = {cells[-1].strip() for cells in rows}
    if not ends & {"", "0"} or not any(cell.strip() for cells in rows for cell in cells):
        return False
    for cells in rows:
        codes = [cell.strip() for cell in cells]
        given = [code for code in codes if code not in {"", "0"}]
        if len(set(given)) < len(given) or codes[: len(given)] != given:
            return False
    return True


def _ordered(name: str, text: str, columns: Sequence[Coded], question: AnyQuestion | None) -> Raw:
    cells = [[("" if c.strip() == "0" else c.strip()) for c in column.cells] for column in columns]
    rows = len(cells[0])
    if isinstance(question, Ranking):
        return Ranked(name, text, cells, np.ones(rows, dtype=np.bool_))
    codes = sorted({c for column in cells for c in column if c}, key=_in_order)
    places = {code: k for k, code in enumerate(codes)}
    states = np.full((rows, len(codes)), NOT_SELECTED, dtype=np.int8)
    for column in cells:
        for row, cell in enumerate(column):
            if cell:
                states[row, places[cell]] = SELECTED
    return Ticks(name, text, tuple(map(Item.of, codes)), states)


def _in_order(code: str) -> tuple[float, str]:
    value = number_of(code)
    return (np.inf if value is None else value), code


def _is_number(text: str) -> bool:
    return not text or number_of(text) is not None
