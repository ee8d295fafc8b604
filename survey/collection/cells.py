"""Counts by group from which nobody is recognised: small cells, and what would give them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from survey.answers import SELECTED, Answers
from survey.dataset import Dataset, Response
from survey.errors import SurveyError
from survey.responses import Numbers

# ``small``: fewer respondents than the limit; ``to_protect``: large enough, but with the total it
# would give a small one back.
Reason = Literal["small", "to_protect"]


@dataclass(frozen=True, slots=True)
class GroupCells:
    """How many of each group answered one question, as far as it may be shown.

    Attributes
    ----------
    question : str
    groups : tuple of str
    respondents : tuple of int or None
        None where it is suppressed.
    suppressed : tuple of Reason or None
        Why, by group; nothing of such a group may be shown for this question.
    total : int or None
        Of all groups; None where it would give a small cell back.
    """

    question: str
    groups: tuple[str, ...]
    respondents: tuple[int | None, ...]
    suppressed: tuple[Reason | None, ...]
    total: int | None

    @property
    def hidden(self) -> tuple[str, ...]:
        """Groups of which nothing is shown."""
        return tuple(
            group
            for group, why in zip(self.groups, self.suppressed, strict=True)
            if why is not None
        )


@dataclass(frozen=True, slots=True)
class SafeCounts:
    """How many of each group chose each option, as far as it may be shown.

    `counts` has a row for each option and a column for each group, None where suppressed; `totals`
    are over all groups.
    """

    cells: GroupCells
    options: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    totals: tuple[int | None, ...]


def small_cells(dataset: Dataset, min_cell: int) -> dict[str, GroupCells]:
    """Which groups may be shown at which question.

    Where 1 to `min_cell` - 1 respondents of a group answered a question, nothing of that group is
    shown there. A total would give it back if it were the only one, so that the groups suppressed
    must have `min_cell` respondents together: the next smallest groups are suppressed too, and
    where that is not enough, the total.
    """
    size = len(dataset.groups)
    found = {}
    for key, response in dataset.responses.items():
        if ":" in key:
            continue
        counts = np.bincount(dataset.group_of[answered(response)], minlength=size)
        found[key] = _protected(key, dataset.groups, counts.tolist(), min_cell)
    return found


def safe_counts(dataset: Dataset, question: str, min_cell: int) -> SafeCounts:
    """Choices by group of one question, small cells and what gives them back left out."""
    answers = dataset.choice(question)
    cells = small_cells(dataset, min_cell)[question]
    counts = answers.to_counts().counts
    shown = [why is None for why in cells.suppressed]
    rows = tuple(
        tuple(int(n) if visible else None for n, visible in zip(row, shown, strict=True))
        for row in counts
    )
    totals = tuple(int(row.sum()) if cells.total is not None else None for row in counts)
    return SafeCounts(cells, answers.options, rows, totals)


def answered(response: Response) -> npt.NDArray[np.bool_]:
    """Who was shown a question and answered it: to a choice, by choosing something."""
    if isinstance(response, Answers):
        return np.asarray((response.cells == SELECTED).any(axis=1), dtype=np.bool_)
    if isinstance(response, Numbers):
        return np.asarray(response.given.any(axis=1), dtype=np.bool_)
    return np.array([bool(text) for text in response.values], dtype=np.bool_)


def check_groups(counts: Sequence[tuple[str, int]], min_cell: int) -> None:
    """Refuse groups with fewer respondents than the smallest cell; one of nobody shows nobody."""
    small = [(group, count) for group, count in counts if 0 < count < min_cell]
    if small:
        raise SurveyError(
            "groups_small",
            "too few answered in {groups}, of whom single people could be recognised; {least} or "
            "more are expected: join such a group with another, or leave it out",
            groups=", ".join(f"{group} ({count})" for group, count in small),
            least=min_cell,
        )


def _protected(
    question: str, groups: Sequence[str], counts: Sequence[int], min_cell: int
) -> GroupCells:
    suppressed: list[Reason | None] = ["small" if 0 < n < min_cell else None for n in counts]
    hidden = sum(n for n, why in zip(counts, suppressed, strict=True) if why is not None)
    for place in sorted(range(len(counts)), key=lambda k: counts[k]):
        if not 0 < hidden < min_cell and sum(why is not None for why in suppressed) != 1:
            break
        if counts[place] and suppressed[place] is None:
            suppressed[place] = "to_protect"
            hidden += counts[place]
    many = sum(why is not None for why in suppressed)
    closed = many == 1 or 0 < hidden < min_cell
    return GroupCells(
        question,
        tuple(groups),
        tuple(None if why else n for n, why in zip(counts, suppressed, strict=True)),
        tuple(suppressed),
        None if closed else sum(counts),
    )
