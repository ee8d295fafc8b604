"""Columns of a single or multiple choice to the states of its options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from survey.answers import NOT_SELECTED, NOT_SHOWN, SELECTED, Answers
from survey.dataset import remark
from survey.formats.filling import Filling
from survey.formats.joined import JoinedReader
from survey.formats.names import examples, option_places, plain
from survey.formats.raw import BoolArray, Column, Joined, Ticks, Written
from survey.questions import MultipleChoice, Option, SingleChoice
from survey.responses import Texts


def choose(
    filling: Filling, question: SingleChoice | MultipleChoice, cells: npt.NDArray[np.int8]
) -> None:
    """Keep the states of a choice; a single choice made twice is told and emptied."""
    single = isinstance(question, SingleChoice)
    if single:
        twice = (cells == SELECTED).sum(axis=1) > 1
        if twice.any():
            filling.remarks.append(
                remark(
                    "single_chosen_twice_in_file",
                    "{count} respondents chose several options of the single choice {question}; "
                    "their answers to it are left out",
                    grave=True,
                    count=int(twice.sum()),
                    question=question.id,
                )
            )
            cells = cells.copy()
            cells[twice] = NOT_SHOWN
    filling.responses[question.id] = Answers(
        question.id,
        question.option_ids,
        filling.groups,
        cells,
        filling.group_of,
        respondents=filling.respondents,
        single=single,
    )


def fill_ticks(filling: Filling, question: SingleChoice | MultipleChoice, raw: Ticks) -> None:
    """One column for each option; an option of the questionnaire without one was not selected."""
    known = option_places(question.options)
    places = [known.get(plain(item.code), known.get(plain(item.text), -1)) for item in raw.items]
    rows = len(filling.respondents)
    anywhere = (raw.states != NOT_SHOWN).any(axis=1)
    cells = np.where(anywhere[:, None], NOT_SELECTED, NOT_SHOWN)
    cells = np.broadcast_to(cells, (rows, len(question.options))).astype(np.int8)
    taken: set[int] = set()
    strange = []
    for column, place in enumerate(places):
        if place < 0 or place in taken:
            if (raw.states[:, column] == SELECTED).any():
                strange.append(raw.items[column].text)
            continue
        taken.add(place)
        cells[:, place] = raw.states[:, column]
        if column in raw.written:
            _write(filling, question, place, raw.written[column], cells)
    if strange:
        filling.remarks.append(
            remark(
                "options_unknown",
                "question {question} has columns of options that the questionnaire does not "
                "have, or has once only; they are left out: {found}",
                grave=True,
                question=question.id,
                found=examples(strange),
            )
        )
    absent = [o.text.en for place, o in enumerate(question.options) if place not in taken]
    if absent:
        filling.remarks.append(
            remark(
                "options_absent",
                "the file has no column for some options of question {question}; they are read "
                "as shown and not selected: {found}",
                question=question.id,
                found=examples(absent),
            )
        )
    choose(filling, question, cells)


def fill_joined(filling: Filling, question: MultipleChoice, raw: Joined) -> None:
    """Options joined in one cell; what is none of them goes to the open option, or is reported."""
    options = question.options
    reader = JoinedReader([(o.text.en, o.text.ru, o.id) for o in options], raw.separator)
    cells = _blank(raw.shown, len(options))
    at, distinct = _distinct(raw.cells)
    states = np.full((len(distinct), len(options)), NOT_SELECTED, dtype=np.int8)
    own: list[str | None] = [None] * len(distinct)
    doubtful = np.zeros(len(distinct), dtype=np.bool_)
    for k, cell in enumerate(distinct):
        found = reader.read(cell)
        states[k, list(found.places)] = SELECTED
        own[k] = raw.separator.join(found.left) or None
        doubtful[k] = found.ambiguous
    given = np.array([bool(cell.strip()) for cell in distinct], dtype=np.bool_)[at]
    cells[given] = states[at][given]
    written = [own[k] for k in at]
    ambiguous = int(doubtful[at].sum())
    if ambiguous:
        filling.remarks.append(
            remark(
                "joined_ambiguous",
                "{count} cells of question {question} can be read as different sets of options; "
                "the longest options were taken",
                grave=True,
                count=ambiguous,
                question=question.id,
            )
        )
    _own_words(filling, question, written, cells)
    choose(filling, question, cells)


def fill_single(filling: Filling, question: SingleChoice, raw: Column | Joined) -> None:
    """The id, code or text of the option that was chosen."""
    known = option_places(question.options)
    labels = raw.labels if isinstance(raw, Column) else {}
    if isinstance(raw, Column) and raw.other and (place := _open(question.options)) >= 0:
        known.setdefault(plain(raw.other), place)
    cells = _blank(raw.shown, len(question.options))
    at, distinct = _distinct(raw.cells)
    places = np.array([_place(known, cell, labels) for cell in distinct], dtype=np.intp)[at]
    given = np.array([bool(cell.strip()) for cell in distinct], dtype=np.bool_)[at]
    cells[given] = NOT_SELECTED
    rows = np.flatnonzero(given & (places >= 0))
    cells[rows, places[rows]] = SELECTED
    unknown = given & (places < 0)
    own = [raw.cells[row] if strange else None for row, strange in enumerate(unknown)]
    if isinstance(raw, Column) and raw.written is not None and any(raw.written):
        place = known.get(plain(raw.other), _open(question.options)) if raw.other else -1
        place = _open(question.options) if place < 0 else place
        if place < 0:
            _say_unplaced(filling, question, raw.written)
        _write(filling, question, place, raw.written, cells)
    _own_words(filling, question, own, cells)
    choose(filling, question, cells)


def _blank(shown: BoolArray, options: int) -> npt.NDArray[np.int8]:
    """States before any answer is read."""
    cells = np.where(shown[:, None], NOT_SELECTED, NOT_SHOWN).astype(np.int8)
    return np.repeat(cells, options, axis=1)


def _distinct(cells: Sequence[str]) -> tuple[npt.NDArray[np.intp], list[str]]:
    """Where each cell stands among the distinct ones: equal cells are read once."""
    order: dict[str, int] = {}
    at = np.array([order.setdefault(cell, len(order)) for cell in cells], dtype=np.intp)
    return at, list(order)


def _place(known: Mapping[str, int], cell: str, labels: Mapping[str, str]) -> int:
    return known.get(plain(cell), known.get(plain(labels.get(cell, "")), -1))


def _own_words(
    filling: Filling,
    question: SingleChoice | MultipleChoice,
    own: Sequence[str | None],
    cells: npt.NDArray[np.int8],
) -> None:
    """Text that is no option: words of the open option if there is one, and reported anyhow."""
    found = [text for text in own if text]
    if not found:
        return
    place = _open(question.options)
    if place < 0:
        filling.remarks.append(
            remark(
                "answers_unknown",
                "{count} answers to question {question} hold text that is no option of it and "
                "is left out: {found}",
                grave=True,
                count=len(found),
                question=question.id,
                found=examples(found),
            )
        )
        return
    cells[[row for row, text in enumerate(own) if text], place] = SELECTED
    _write(filling, question, place, own, cells)
    filling.remarks.append(
        remark(
            "answers_own_words",
            "{count} answers to question {question} hold text that is no option of it; it is "
            "read as written beside the option {option}: {found}",
            grave=True,
            count=len(found),
            question=question.id,
            option=question.options[place].id,
            found=examples(found),
        )
    )


def _say_unplaced(filling: Filling, question: SingleChoice, texts: Written) -> None:
    found = [text for text in texts if text]
    filling.remarks.append(
        remark(
            "texts_unplaced",
            "{count} texts written beside the options of question {question} have no open option "
            "in the questionnaire and are left out: {found}",
            grave=True,
            count=len(found),
            question=question.id,
            found=examples(found),
        )
    )


def _write(
    filling: Filling,
    question: SingleChoice | MultipleChoice,
    place: int,
    texts: Written,
    cells: npt.NDArray[np.int8],
) -> None:
    if place < 0 or not any(texts):
        return
    key = f"{question.id}:{question.options[place].id}"
    before = filling.responses.get(key)
    kept = list(before.values) if isinstance(before, Texts) else [None] * len(texts)
    kept = [text or old for text, old in zip(texts, kept, strict=True)]
    written = np.array([text is not None for text in kept], dtype=np.bool_)
    filling.responses[key] = Texts(key, tuple(kept), written | (cells != NOT_SHOWN).any(axis=1))


def as_joined(raw: Column) -> Joined:
    """A column of a multiple choice: options joined by the sign that most cells hold."""
    counts = {sign: sum(sign in cell for cell in raw.cells) for sign in (";", ", ", "|", "\n")}
    best = max(counts, key=lambda sign: counts[sign])
    return Joined(raw.name, raw.text, raw.cells, best, raw.shown)


def _open(options: Sequence[Option]) -> int:
    return next((k for k, option in enumerate(options) if option.open_text), -1)
