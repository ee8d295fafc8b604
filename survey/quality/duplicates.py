"""Respondents who answered the same."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from survey.answers import Answers
from survey.dataset import Dataset, Remark, remark
from survey.quality.flags import Flag, Thresholds, percent
from survey.quality.missing import shown_and_given
from survey.responses import Numbers

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_NAMED = 5  # respondents that a sentence names
_PAIRS_UP_TO = 3000  # respondents whose pairs are compared: about 5 million


def answer_codes(dataset: Dataset) -> tuple[IntArray, BoolArray]:
    """All answers as numbers and where somebody answered, shape (respondents, cells).

    Options count one cell each, so that two long lists of ticks differ by what was ticked.
    """
    size = len(dataset.respondents)
    codes: list[IntArray] = [np.zeros((size, 0), dtype=np.int64)]
    given: list[BoolArray] = [np.zeros((size, 0), dtype=np.bool_)]
    for response in dataset.responses.values():
        if isinstance(response, Answers):
            codes.append(response.cells.astype(np.int64))
            given.append(response.cells >= 0)
        elif isinstance(response, Numbers):
            _, places = np.unique(response.values, return_inverse=True)
            codes.append(places.reshape(response.values.shape).astype(np.int64))
            given.append(response.given)
        else:
            words = [" ".join((text or "").lower().split()) for text in response.values]
            _, places = np.unique(np.array(words, dtype=object), return_inverse=True)
            codes.append(places.reshape(-1, 1).astype(np.int64))
            given.append(np.array([bool(word) for word in words], dtype=np.bool_)[:, None])
    whole, known = np.concatenate(codes, axis=1), np.concatenate(given, axis=1)
    return np.where(known, whole, -1), known


def identical(codes: IntArray) -> list[list[int]]:
    """Sets of rows that are the same throughout, in order of their first row."""
    groups: dict[bytes, list[int]] = {}
    for row, cells in enumerate(np.ascontiguousarray(codes)):
        groups.setdefault(cells.tobytes(), []).append(row)
    return [rows for rows in groups.values() if len(rows) > 1]


def near(codes: IntArray, given: BoolArray, share: float, least: int) -> list[tuple[int, int, int]]:
    """Pairs of rows that agree on `share` of the cells either answered, but not on all.

    Each pair comes with the number of cells compared, `least` or more. Time grows with the square
    of the rows.
    """
    pairs: list[tuple[int, int, int]] = []
    for row in range(len(codes) - 1):
        either = given[row] | given[row + 1 :]
        compared = either.sum(axis=1)
        same = ((codes[row] == codes[row + 1 :]) & either).sum(axis=1)
        found = (compared >= least) & (same < compared) & (same >= share * compared)
        pairs += [(row, row + 1 + int(k), int(compared[k])) for k in np.flatnonzero(found)]
    return pairs


def duplicate_flags(dataset: Dataset, limits: Thresholds, notes: list[Remark]) -> Iterator[Flag]:
    """Flag equal and nearly equal sets of answers; what could not be compared goes to `notes`."""
    codes, given = answer_codes(dataset)
    if codes.shape[1] < limits.duplicate_cells:
        notes.append(
            remark(
                "duplicates_unchecked",
                "duplicates were not looked for: the wave has {cells} cells, and with fewer than "
                "{least} many agree by chance",
                cells=codes.shape[1],
                least=limits.duplicate_cells,
            )
        )
        return
    names, answered = dataset.respondents, given.sum(axis=1)
    for rows in identical(codes):
        if answered[rows[0]] < limits.duplicate_cells or not _said(dataset, rows[0]):
            continue
        for row in rows:
            yield Flag(names[row], "duplicate", _alike(names, rows, row, int(answered[row])))
    if len(codes) > _PAIRS_UP_TO:
        notes.append(
            remark(
                "near_duplicates_unchecked",
                "near duplicates were not looked for among {respondents} respondents; {most} is "
                "the limit",
                respondents=len(codes),
                most=_PAIRS_UP_TO,
            )
        )
        return
    for one, other, cells in near(codes, given, limits.near_duplicate, limits.duplicate_cells):
        for row, twin in ((one, other), (other, one)):
            yield Flag(
                names[row],
                "duplicate",
                remark(
                    "answers_nearly_identical",
                    "answered as {other} did on {share} % or more of {cells} cells",
                    other=names[twin],
                    share=percent(limits.near_duplicate),
                    cells=cells,
                ),
            )


def _said(dataset: Dataset, row: int) -> bool:
    """Whether a respondent said anything: those who left all empty are missing, not alike."""
    return any(
        bool(shown_and_given(response)[1][row].any()) for response in dataset.responses.values()
    )


def _alike(names: tuple[str, ...], rows: list[int], row: int, cells: int) -> Remark:
    others = [names[k] for k in rows[: _NAMED + 1] if k != row][:_NAMED]
    if len(rows) - 1 <= _NAMED:
        return remark(
            "answers_identical",
            "answered exactly as {others} did, {cells} cells in all",
            others=", ".join(others),
            cells=cells,
        )
    return remark(
        "answers_identical_to_many",
        "answered exactly as {count} others did, {others} among them, {cells} cells in all",
        count=len(rows) - 1,
        others=", ".join(others),
        cells=cells,
    )
