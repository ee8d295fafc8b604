from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from survey.counts import Counts
from survey.errors import SurveyError
from survey.frames import DistinctNames, check_labels, first_cell, label_codes, rows_of_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

StateArray: TypeAlias = npt.NDArray[np.int8]

# "Not selected" is an answer, "not shown" is none: the latter leaves the denominator.
SELECTED: Final = np.int8(1)
NOT_SELECTED: Final = np.int8(0)
NOT_SHOWN: Final = np.int8(-1)

_STATES: Final = {"selected": SELECTED, "not_selected": NOT_SELECTED, "not_shown": NOT_SHOWN}


def _strange(states: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    """Cells that are no state; whole numbers are looked at by their range, which is quicker."""
    whole = bool(states.size) and np.issubdtype(states.dtype, np.integer)
    if whole and states.min() >= NOT_SHOWN and states.max() <= SELECTED:
        return np.zeros(0, dtype=np.bool_)
    return ~np.isin(states, list(_STATES.values()))


@dataclass(frozen=True, slots=True, eq=False, init=False)
class Answers:
    """Respondents' rows of one single or multiple choice question.

    Parameters
    ----------
    question
        Id of the question.
    options, groups
        Names, distinct; a group or an option may have nobody.
    cells
        `SELECTED`, `NOT_SELECTED` or `NOT_SHOWN`, shape (respondents, options).
    group_of
        Place of each respondent's group in `groups`, shape (respondents,).
    respondents
        Distinct names; left out, numbers from 1.
    single
        Each respondent chose one option at most.

    """

    question: str
    options: tuple[str, ...]
    groups: tuple[str, ...]
    cells: StateArray
    group_of: npt.NDArray[np.intp]
    respondents: tuple[str, ...]
    single: bool

    def __init__(
        self,
        question: str,
        options: Sequence[str],
        groups: Sequence[str],
        cells: npt.ArrayLike,
        group_of: npt.ArrayLike,
        *,
        respondents: Sequence[str] | None = None,
        single: bool = False,
    ) -> None:
        check_labels(question, options, groups)
        states = np.asarray(cells)
        places = np.asarray(group_of)
        rows = len(states) if states.ndim else 0
        names = tuple(str(row + 1) for row in range(rows)) if respondents is None else respondents
        if states.shape != (rows, len(options)) or places.shape != (rows,) or len(names) != rows:
            raise SurveyError(
                "rows_shape_wrong",
                "question {question} has cells of shape {cells}, groups of shape {places} and "
                "{names} respondents; (respondents, {options}) and (respondents,) are expected",
                question=question,
                cells=states.shape,
                places=places.shape,
                names=len(names),
                options=len(options),
            )
        if not isinstance(names, DistinctNames) and len(set(names)) < rows:
            raise SurveyError(
                "respondent_duplicate",
                "question {question} has {rows} rows of {found} respondents; "
                "one row of each is expected",
                question=question,
                rows=rows,
                found=len(set(names)),
            )
        if (cell := first_cell(_strange(states))) is not None:
            raise SurveyError(
                "state_unknown",
                "respondent {respondent} has {found} at option {option}; "
                "1 (selected), 0 (not selected) or -1 (not shown) is expected",
                respondent=names[cell[0]],
                found=states[cell],
                option=options[cell[1]],
            )
        if (cell := first_cell(~np.isin(places, np.arange(len(groups))))) is not None:
            raise SurveyError(
                "group_place_unknown",
                "respondent {respondent} is in group number {found}; 0 to {last} is expected",
                respondent=names[cell[0]],
                found=places[cell],
                last=len(groups) - 1,
            )
        if single and (cell := first_cell((states == SELECTED).sum(axis=1) > 1)) is not None:
            raise SurveyError(
                "single_chosen_twice",
                "respondent {respondent} chose {found} options of the single choice question "
                "{question}; one at most is expected",
                respondent=names[cell[0]],
                found=int((states[cell[0]] == SELECTED).sum()),
                question=question,
            )
        # Copies: what the caller does to the arrays later must not reach in here.
        own_states, own_places = states.astype(np.int8), places.astype(np.intp)
        own_states.setflags(write=False)
        own_places.setflags(write=False)
        object.__setattr__(self, "question", question)
        object.__setattr__(self, "options", tuple(options))
        object.__setattr__(self, "groups", tuple(groups))
        object.__setattr__(self, "cells", own_states)
        object.__setattr__(self, "group_of", own_places)
        known = names if isinstance(names, DistinctNames) else DistinctNames(names)
        object.__setattr__(self, "respondents", known)
        object.__setattr__(self, "single", single)

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        *,
        question: str,
        options: Sequence[str] | None = None,
        groups: Sequence[str] | None = None,
        single: bool = False,
    ) -> Answers:
        """Answers to `question` from a long table, one row per respondent and option.

        Parameters
        ----------
        frame
            Columns ``respondent``, ``group``, ``option``, ``state`` (``selected``,
            ``not_selected`` or ``not_shown``); ``question`` too if the table holds several.
        question
            Id of the question.
        options, groups
            Their names and order; left out, as they appear in the table.
        single
            Each respondent chose one option at most.

        """
        rows = rows_of_question(frame, question, ("respondent", "group", "option", "state"))
        person_at, people = label_codes(rows, "respondent", None)
        option_at, options = label_codes(rows, "option", options)
        group_at, groups = label_codes(rows, "group", groups)
        state_at, _ = label_codes(rows, "state", tuple(_STATES))
        times = np.zeros((len(people), len(options)), dtype=np.int64)
        np.add.at(times, (person_at, option_at), 1)
        if (cell := first_cell(times != 1)) is not None:
            raise SurveyError(
                "answer_not_once",
                "the table has {times} rows of respondent {respondent} at option {option}; "
                "one row is expected",
                times=int(times[cell]),
                respondent=people[cell[0]],
                option=options[cell[1]],
            )
        group_of = np.zeros(len(people), dtype=np.intp)
        group_of[person_at] = group_at
        if (cell := first_cell(group_of[person_at] != group_at)) is not None:
            raise SurveyError(
                "respondent_in_two_groups",
                "respondent {respondent} is in the groups {one} and {other}; one is expected",
                respondent=people[person_at[cell[0]]],
                one=groups[group_at[cell[0]]],
                other=groups[group_of[person_at[cell[0]]]],
            )
        cells = np.empty(times.shape, dtype=np.int8)
        cells[person_at, option_at] = np.array(list(_STATES.values()))[state_at]
        return cls(question, options, groups, cells, group_of, respondents=people, single=single)

    def to_counts(self) -> Counts:
        """Totals per group; whom an option was not shown to is not in its denominator.

        A single choice of which somebody saw some options only gives counts that are not
        `single`: between which options each chose is no longer in the totals.
        """
        shown = self.cells != NOT_SHOWN
        whole = bool((shown.all(axis=1) | ~shown.any(axis=1)).all())
        member = np.eye(len(self.groups), dtype=np.int64)[self.group_of]
        return Counts(
            self.question,
            self.options,
            self.groups,
            (self.cells == SELECTED).astype(np.int64).T @ member,
            member.sum(axis=0),
            asked=shown.astype(np.int64).T @ member,
            single=self.single and whole,
        )
