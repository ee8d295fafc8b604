"""Groups of a wave joined or left out, so that none is so small that its people are recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from survey.answers import Answers
from survey.collection.cells import check_groups, small_cells
from survey.dataset import Dataset, Remark, Response, remark
from survey.errors import SurveyError


def grouped(
    dataset: Dataset, join: Mapping[str, str], leave_out: Sequence[str], min_cell: int
) -> Dataset:
    """The same answers with groups joined and left out; groups of nobody stay.

    Raises
    ------
    SurveyError
        A group that the wave does not have, one that is asked to do two things, or one with fewer
        than `min_cell` respondents.

    """
    final = _final(dataset.groups, join, leave_out)
    label = [final[dataset.groups[k]] for k in dataset.group_of]
    kept = dataset.keep(np.array([group is not None for group in label], dtype=np.bool_))
    labels = [group for group in label if group is not None]
    groups = tuple(group for group in dataset.groups if final[group] == group)
    if not groups:
        raise SurveyError("groups_none", "every group is left out; at least one is expected")
    counts = Counter(labels)
    check_groups([(group, counts[group]) for group in groups], min_cell)
    places = {group: k for k, group in enumerate(groups)}
    group_of = np.array([places[group] for group in labels], dtype=np.intp)
    return replace(
        kept,
        groups=groups,
        group_of=group_of,
        responses={key: _regrouped(r, groups, group_of) for key, r in kept.responses.items()},
    )


def small_remarks(dataset: Dataset, min_cell: int) -> list[Remark]:
    """Name the questions at which so few of a group answered that they could be recognised."""
    small = [
        f"{key} ({', '.join(g for g, w in zip(c.groups, c.suppressed, strict=True) if w == 'small')})"
        for key, c in small_cells(dataset, min_cell).items()
        if "small" in c.suppressed
    ]
    if not small:
        return []
    return [
        remark(
            "cells_small",
            "fewer than {least} of a group answered {questions}: tables by group leave these out, "
            "and whoever gets the rows could recognise people there",
            grave=True,
            least=min_cell,
            questions="; ".join(small),
        )
    ]


def recognisable_between(
    dataset: Dataset,
    one: tuple[Mapping[str, str], Sequence[str]],
    other: tuple[Mapping[str, str], Sequence[str]],
    min_cell: int,
) -> int:
    """How many people two ways of grouping, laid side by side, show in parts below `min_cell`."""
    first, second = (_final(dataset.groups, *each) for each in (one, other))
    parts = Counter((first[dataset.groups[k]], second[dataset.groups[k]]) for k in dataset.group_of)
    return sum(n for part, n in parts.items() if part != (None, None) and n < min_cell)


def _final(
    groups: Sequence[str], join: Mapping[str, str], leave_out: Sequence[str]
) -> dict[str, str | None]:
    """Where the respondents of each group go; None where they are left out."""
    for name in (*join, *join.values(), *leave_out):
        if name not in groups:
            raise SurveyError(
                "group_not_in_wave",
                "the wave has no group {found}; one of {expected} is expected",
                found=name,
                expected=", ".join(groups),
            )
    for name, into in join.items():
        if name in leave_out or into in leave_out or into in join or name == into:
            raise SurveyError(
                "join_unclear",
                "the group {group} is to be joined with {into}, and one of the two is also to go "
                "elsewhere; a group that stays is expected",
                group=name,
                into=into,
            )
    return {group: None if group in leave_out else join.get(group, group) for group in groups}


def _regrouped(
    response: Response,
    groups: tuple[str, ...],
    group_of: np.ndarray[tuple[int, ...], np.dtype[np.intp]],
) -> Response:
    if not isinstance(response, Answers):
        return response
    return Answers(response.question, response.options, groups, response.cells, group_of,
                   respondents=response.respondents, single=response.single)  # fmt: skip
