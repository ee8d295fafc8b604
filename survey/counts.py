from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from survey.errors import SurveyError
from survey.frames import check_labels, first_cell, label_codes, rows_of_question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

IntArray: TypeAlias = npt.NDArray[np.int64]

_EXACT = 2**53  # above it floats no longer hold every whole number


@dataclass(frozen=True, slots=True, eq=False, init=False)
class Counts:
    """How many experts of each group chose each option of one question.

    Parameters
    ----------
    question
        Id of the question.
    options, groups
        Names, distinct.
    counts
        Experts who chose the option, shape (options, groups).
    experts
        Experts in the group, shape (groups,).
    asked
        Experts to whom the option was shown, shape (options, groups): the denominators. Left
        out, as with published totals, everybody in the group was.
    single
        Each expert chose one option at most, out of all of them: the counts of a group are one
        multinomial, not a binomial for each option.

    Raises
    ------
    SurveyError
        A wrong shape, or a number that is negative, not whole or above its denominator; of a
        single choice, options shown to unlike numbers or chosen by more than were asked.

    """

    question: str
    options: tuple[str, ...]
    groups: tuple[str, ...]
    counts: IntArray
    experts: IntArray
    asked: IntArray
    single: bool

    def __init__(
        self,
        question: str,
        options: Sequence[str],
        groups: Sequence[str],
        counts: npt.ArrayLike,
        experts: npt.ArrayLike,
        *,
        asked: npt.ArrayLike | None = None,
        single: bool = False,
    ) -> None:
        check_labels(question, options, groups)
        size = _experts(experts, question, groups)
        chosen = _counts(counts, question, options, groups)
        if asked is None:
            shown = np.broadcast_to(size, chosen.shape).copy()
        else:
            shown = _asked(asked, question, options, groups)
        if (cell := first_cell(shown > size)) is not None:
            raise SurveyError(
                "asked_above_experts",
                "{asked} experts were asked about {option} in group {group}, which has {experts}",
                asked=int(shown[cell]),
                option=options[cell[0]],
                group=groups[cell[1]],
                experts=int(size[cell[1]]),
            )
        if (cell := first_cell(chosen > shown)) is not None:
            raise SurveyError(
                "count_above_asked",
                "{count} experts chose {option} in group {group}, where {asked} were asked",
                count=int(chosen[cell]),
                option=options[cell[0]],
                group=groups[cell[1]],
                asked=int(shown[cell]),
            )
        if single:
            _check_single(chosen, shown, question, groups)
        for array in (chosen, size, shown):
            array.setflags(write=False)
        object.__setattr__(self, "question", question)
        object.__setattr__(self, "options", tuple(options))
        object.__setattr__(self, "groups", tuple(groups))
        object.__setattr__(self, "counts", chosen)
        object.__setattr__(self, "experts", size)
        object.__setattr__(self, "asked", shown)
        object.__setattr__(self, "single", single)

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        experts: Mapping[str, int],
        *,
        question: str,
        single: bool = False,
    ) -> Counts:
        """Counts of `question` from a long table, one row per option and group.

        Parameters
        ----------
        frame
            Columns ``option``, ``group``, ``count``; optionally ``asked``, and ``question`` if
            the table holds several.
        experts
            Experts in each group; its order is the order of the groups.
        question
            Id of the question.
        single
            Each expert chose one option at most.

        """
        rows = rows_of_question(frame, question, ("option", "group", "count"))
        option_at, options = label_codes(rows, "option", None)
        group_at, groups = label_codes(rows, "group", tuple(experts))
        shape = (len(options), len(groups))
        times = np.zeros(shape, dtype=np.int64)
        np.add.at(times, (option_at, group_at), 1)
        if (cell := first_cell(times != 1)) is not None:
            raise SurveyError(
                "cell_not_once",
                "the table has {times} rows of option {option} in group {group}; "
                "one row is expected",
                times=int(times[cell]),
                option=options[cell[0]],
                group=groups[cell[1]],
            )
        counts = np.empty(shape, dtype=object)
        counts[option_at, group_at] = rows["count"].to_numpy(dtype=object)
        asked = None
        if "asked" in rows.columns:
            asked = np.empty(shape, dtype=object)
            asked[option_at, group_at] = rows["asked"].to_numpy(dtype=object)
        size = list(experts.values())
        return cls(question, options, groups, counts, size, asked=asked, single=single)

    def pooled(self, name: str = "pooled") -> Counts:
        """All experts as one group called `name`."""
        return Counts(
            self.question,
            self.options,
            (name,),
            self.counts.sum(axis=1, keepdims=True),
            self.experts.sum(keepdims=True),
            asked=self.asked.sum(axis=1, keepdims=True),
            single=self.single,
        )


def _experts(values: npt.ArrayLike, question: str, groups: Sequence[str]) -> IntArray:
    raw = _objects(values)
    if raw.shape != (len(groups),):
        raise SurveyError(
            "experts_shape_wrong",
            "question {question} has numbers of experts of shape {found}; "
            "{expected} is expected, one for each group",
            question=question,
            found=raw.shape,
            expected=(len(groups),),
        )
    if (cell := first_cell(~_is_whole(raw))) is not None:
        raise SurveyError(
            "experts_not_whole",
            "group {group} has {found} experts; a whole number from 0 up is expected",
            group=groups[cell[0]],
            found=raw[cell],
        )
    return raw.astype(np.int64)


def _counts(
    values: npt.ArrayLike, question: str, options: Sequence[str], groups: Sequence[str]
) -> IntArray:
    raw = _objects(values)
    if raw.shape != (len(options), len(groups)):
        raise SurveyError(
            "counts_shape_wrong",
            "question {question} has counts of shape {found}; {expected} is expected, "
            "a row for each option and a column for each group",
            question=question,
            found=raw.shape,
            expected=(len(options), len(groups)),
        )
    if (cell := first_cell(~_is_whole(raw))) is not None:
        raise SurveyError(
            "count_not_whole",
            "{found} experts chose {option} in group {group}; a whole number from 0 up is expected",
            found=raw[cell],
            option=options[cell[0]],
            group=groups[cell[1]],
        )
    return raw.astype(np.int64)


def _asked(
    values: npt.ArrayLike, question: str, options: Sequence[str], groups: Sequence[str]
) -> IntArray:
    raw = _objects(values)
    if raw.shape != (len(options), len(groups)):
        raise SurveyError(
            "asked_shape_wrong",
            "question {question} has numbers of experts asked of shape {found}; {expected} is "
            "expected, a row for each option and a column for each group",
            question=question,
            found=raw.shape,
            expected=(len(options), len(groups)),
        )
    if (cell := first_cell(~_is_whole(raw))) is not None:
        raise SurveyError(
            "asked_not_whole",
            "{found} experts were asked about {option} in group {group}; "
            "a whole number from 0 up is expected",
            found=raw[cell],
            option=options[cell[0]],
            group=groups[cell[1]],
        )
    return raw.astype(np.int64)


def _check_single(chosen: IntArray, shown: IntArray, question: str, groups: Sequence[str]) -> None:
    if (cell := first_cell(shown.min(axis=0) < shown.max(axis=0))) is not None:
        raise SurveyError(
            "single_asked_differs",
            "the options of the single choice question {question} were shown to {least} to {most} "
            "experts of group {group}; the same number for every option is expected",
            question=question,
            least=int(shown[:, cell[0]].min()),
            most=int(shown[:, cell[0]].max()),
            group=groups[cell[0]],
        )
    if (cell := first_cell(chosen.sum(axis=0) > shown[0])) is not None:
        raise SurveyError(
            "single_chosen_above_asked",
            "{chosen} choices of group {group} stand at the single choice question {question}, "
            "which {asked} were asked; one choice of each expert at most is expected",
            chosen=int(chosen[:, cell[0]].sum()),
            group=groups[cell[0]],
            question=question,
            asked=int(shown[0, cell[0]]),
        )


def _objects(values: npt.ArrayLike) -> npt.NDArray[np.object_]:
    """Values as they came (None, text and all), so that a sentence can quote them."""
    try:
        return np.array(values, dtype=object)
    except ValueError:  # rows of unequal length
        return np.array(None, dtype=object)


def _is_whole(values: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    def whole(value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
            return False
        return bool(0 <= value < _EXACT) and float(value).is_integer()

    return np.array([whole(value) for value in values.flat], dtype=bool).reshape(values.shape)
