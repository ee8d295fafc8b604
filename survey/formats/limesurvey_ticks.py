"""A LimeSurvey choice with a column for each option: which words tick it, and what was not shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from survey.answers import NOT_SELECTED, NOT_SHOWN, SELECTED
from survey.errors import SurveyError
from survey.formats.limesurvey_headings import Heading
from survey.formats.limesurvey_table import CONVERTED, NEVER, NO, YES, Table, is_other, item_of
from survey.formats.limesurvey_xml import Known
from survey.formats.names import examples, plain, question_for
from survey.formats.raw import Ticks
from survey.questions import MultipleChoice, SingleChoice

_MULTIPLE = frozenset("MP")


def yes_and_no(
    name: str, text: str, parts: Sequence[Heading], table: Table, known: Known | None
) -> tuple[frozenset[str], frozenset[str]] | None:
    """Words for ticked and left if the columns are those of a multiple choice, else None."""
    met = {plain(cell) for h in parts for cell in set(table.columns[h.place])} - {""} - NEVER
    request = table.request
    question = question_for(request.questionnaire, name, text)
    asked = isinstance(question, (SingleChoice, MultipleChoice))
    if (known and known.kind not in _MULTIPLE) or (question is not None and not asked):
        return None
    if request.yes is not None or request.no is not None:
        own = ({plain(request.yes or "")} - {""}, {plain(request.no or "")} - {""})
        if met <= own[0] | own[1]:
            return frozenset(own[0]), frozenset(own[1])
    if met <= YES | NO:
        return YES, NO
    # A part of two codes is a cell of an array, never an option.
    flat = len(parts) > 1 and not any(len(h.subs) > 1 or "_" in h.subs[0] for h in parts if h.code)
    for yes, no in CONVERTED:
        if met <= {yes, no} and flat:
            table.converted[yes, no] = table.converted.get((yes, no), 0) + 1
            return frozenset({yes}), frozenset({no})
    if asked or (known and known.kind in _MULTIPLE):
        raise SurveyError(
            "yes_no_unknown",
            "the options of question {question} hold {found}; what the export wrote for a ticked "
            "and for a left option is expected to be named (yes and no)",
            question=name,
            found=examples(sorted(met)),
        )
    return None


def _plainly(cells: Sequence[str]) -> list[str]:
    """The cells as they are compared; equal ones, of which there are many, are looked at once."""
    known = {cell: plain(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def ticks_of(
    name: str,
    text: str,
    items: Sequence[Heading],
    comments: Mapping[tuple[str, ...], Heading],
    words: tuple[frozenset[str], frozenset[str]],
    *,
    table: Table,
    known: Known | None,
) -> Ticks:
    """States of the options by the words for ticked and left, and what stands beside them."""
    yes, no = words
    rows = len(table.columns[0])
    states = np.full((rows, len(items)), NOT_SELECTED, dtype=np.int8)
    written: dict[int, list[str | None]] = {}
    plainly = [_plainly(table.columns[h.place]) for h in items]
    # Where a left option has a word of its own, an empty cell is none: it was not shown.
    says_no = any(cell in no for h, c in zip(items, plainly, strict=True)
                  if not is_other(h, table) for cell in c)  # fmt: skip
    for place, (h, cells) in enumerate(zip(items, plainly, strict=True)):
        if is_other(h, table):
            own = [c if c.strip() and plain(c) not in NEVER | no else None
                   for c in table.columns[h.place]]  # fmt: skip
            written[place] = [t if t and plain(t) not in yes else None for t in own]
            states[[t is not None for t in own], place] = SELECTED
            continue
        states[[cell in yes for cell in cells], place] = SELECTED
        blank = [cell in NEVER or (says_no and not cell) for cell in cells]
        states[blank, place] = NOT_SHOWN
        if h.subs in comments:
            beside = table.columns[comments[h.subs].place]
            written[place] = [c if c.strip() else None for c in beside]
    if table.never is not None:
        states[~table.shown(items) & (states == NOT_SELECTED)] = NOT_SHOWN
    elif not says_no and not (states == NOT_SHOWN).any():
        table.lost += 1
    # The text of "other" says nothing of its own about what was shown: its neighbours do.
    others = [place for place, h in enumerate(items) if is_other(h, table)]
    rest = [place for place in range(len(items)) if place not in others]
    hidden = (states[:, rest] == NOT_SHOWN).all(axis=1)
    for place in others:
        states[hidden & (states[:, place] == NOT_SELECTED), place] = NOT_SHOWN
    labelled = tuple(item_of(h, known) for h in items)
    return Ticks(name, text, labelled, states, written)
