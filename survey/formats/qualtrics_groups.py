"""Columns of one Qualtrics question to raw questions."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from survey.answers import NOT_SELECTED, NOT_SHOWN, SELECTED
from survey.formats.names import plain, question_for
from survey.formats.qualtrics_headings import Tag, choice_texts
from survey.formats.raw import BoolArray, Column, Columns, Item, Joined, Raw, Ticks
from survey.questionnaire import Questionnaire
from survey.questions import MultipleChoice, SingleChoice

# Shown and left unanswered, if the exporter asked for it.
SEEN = "-99"
_CODES = re.compile(r"-?\d+(,-?\d+)+")


def raw_questions(
    tags: Sequence[Tag],
    columns: list[tuple[str, ...]],
    questionnaire: Questionnaire | None,
    *,
    tells: bool,
) -> list[Raw]:
    """Raw questions that the columns of one question make; `tells`: the file uses -99."""
    name = tags[0].question
    words = {tag.suffix: columns[tag.place] for tag in tags if tag.words}
    parts = [tag for tag in tags if not tag.words]
    if not parts or (len(parts) == 1 and not parts[0].suffix):
        return _one(tags, parts, columns, tells=tells)
    text, labels = choice_texts([tag.text for tag in parts])
    cells = [columns[tag.place] for tag in parts]
    rows = {tag.suffix.rpartition("_")[0] for tag in parts}
    question = question_for(questionnaire, name, text)
    several = question is None or isinstance(question, (SingleChoice, MultipleChoice))
    if several and _are_ticks(cells, labels, sure=question is not None):
        if len(rows) > 1 and all(rows) and question is None:
            return _rows_of_ticks(name, text, parts, labels, cells, tells=tells)
        return [_ticks(name, text, parts, labels, cells, words=words, tells=tells)]
    items = tuple(Item(tag.suffix or tag.tag, t) for tag, t in zip(parts, labels, strict=True))
    clean, shown = _seen(cells, tells=tells)
    beside = [_words(name, s, w) for s, w in words.items() if any(c.strip() for c in w)]
    return [Columns(name, text, items, clean, shown), *beside]


def _one(
    tags: Sequence[Tag], parts: Sequence[Tag], columns: list[tuple[str, ...]], *, tells: bool
) -> list[Raw]:
    """A question of one column, with what was written beside one of its choices."""
    words = [tag for tag in tags if tag.words]
    if not parts:
        return [_words(tag.question, tag.suffix, columns[tag.place]) for tag in words]
    head = parts[0]
    text = choice_texts([head.text])[0] if head.text.endswith("Selected Choice") else head.text
    (cells,), shown = _seen([columns[head.place]], tells=tells)
    if any(_CODES.fullmatch(cell.strip()) for cell in cells):
        return [Joined(head.question, text, cells, ",", shown[:, 0])]
    kind = "text" if head.tag.endswith("_TEXT") else ""
    if not words:
        return [Column(head.question, text, cells, shown[:, 0], kind=kind)]
    beside = [c if c.strip() and c.strip() != SEEN else None for c in columns[words[0].place]]
    # The choice that most of the texts stand beside is the one they belong to.
    near = [cell for cell, own in zip(cells, beside, strict=True) if own and cell.strip()]
    other = max(set(near), key=near.count) if near else words[0].suffix
    first = Column(
        head.question, text, cells, shown[:, 0], written=beside, kind="single", other=other
    )
    return [first, *(_words(t.question, t.suffix, columns[t.place]) for t in words[1:])]


def _words(name: str, suffix: str, cells: Sequence[str]) -> Column:
    clean, shown = _seen([cells], tells=False)
    code = f"{name}_{suffix}_TEXT" if suffix else f"{name}_TEXT"
    return Column(code, code, clean[0], shown[:, 0], kind="text")


def _seen(cells: Sequence[Sequence[str]], *, tells: bool) -> tuple[list[list[str]], BoolArray]:
    """Cells without -99, and where they were shown: if the file uses -99, an empty one was not."""
    clean = [["" if cell.strip() == SEEN else cell for cell in column] for column in cells]
    rows = len(cells[0]) if cells else 0
    shown = np.ones((rows, len(cells)), dtype=np.bool_)
    if tells:
        shown = np.array([[bool(cell.strip()) for cell in column] for column in cells]).T
    return clean, shown


def _are_ticks(cells: Sequence[Sequence[str]], labels: Sequence[str], *, sure: bool) -> bool:
    """Each column holds one value only: 1, or the label of its own choice."""
    met = [{cell.strip() for cell in column} - {"", SEEN} for column in cells]
    if any(len(values) > 1 for values in met):
        return False
    values = [next(iter(found)) for found in met if found]
    if all(value == "1" for value in values):
        return len(cells) > 1 or sure
    own = [
        plain(label) in {plain(v) for v in found}
        for found, label in zip(met, labels, strict=True)
        if found
    ]
    return all(own) or (sure and len(set(values)) == len(values))


def _ticks(
    name: str,
    text: str,
    parts: Sequence[Tag],
    labels: Sequence[str],
    cells: Sequence[Sequence[str]],
    *,
    words: dict[str, tuple[str, ...]],
    tells: bool,
) -> Ticks:
    states = np.array(
        [[SELECTED if c.strip() not in ("", SEEN) else NOT_SELECTED for c in col] for col in cells],
        dtype=np.int8,
    ).T
    if tells:
        unseen = ~np.array([[bool(c.strip()) for c in col] for col in cells]).any(axis=0)
        states[unseen] = NOT_SHOWN
    items = tuple(Item(tag.suffix, label) for tag, label in zip(parts, labels, strict=True))
    written = {
        k: [c if c.strip() and c.strip() != SEEN else None for c in words[tag.suffix]]
        for k, tag in enumerate(parts)
        if tag.suffix in words
    }
    return Ticks(name, text, items, states, written)


def _rows_of_ticks(
    name: str,
    text: str,
    parts: Sequence[Tag],
    labels: Sequence[str],
    cells: Sequence[Sequence[str]],
    *,
    tells: bool,
) -> list[Raw]:
    """A matrix with several answers a row: each row is a multiple choice."""
    made: list[Raw] = []
    for row in dict.fromkeys(tag.suffix.rpartition("_")[0] for tag in parts):
        own = [k for k, tag in enumerate(parts) if tag.suffix.rpartition("_")[0] == row]
        made.append(
            _ticks(f"{name}_{row}", f"{text} [{row}]", [parts[k] for k in own],
                   [labels[k] for k in own], [cells[k] for k in own], words={}, tells=tells)
        )  # fmt: skip
    return made
