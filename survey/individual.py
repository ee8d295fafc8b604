from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from survey.answers import NOT_SHOWN
from survey.errors import SurveyError
from survey.frames import DistinctNames, check_labels, first_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

FloatArray: TypeAlias = npt.NDArray[np.float64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]

_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Weights given by the experts of each group, added up: what `Counts` are to choices.

    `counts`: sums of the weights, shape (options, groups). `asked`: how many gave weights, shape
    (options, groups), the same for every option. `experts`: how many answered anything, shape
    (groups,).
    """

    question: str
    options: tuple[str, ...]
    groups: tuple[str, ...]
    counts: FloatArray
    experts: npt.NDArray[np.int64]
    asked: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False, init=False)
class IndividualPriorities:
    """Weights that each respondent gives to the options of one question.

    Parameters
    ----------
    question
        Id of the question.
    options, groups
        Names, distinct; a group may have nobody.
    weights
        Shape (respondents, options); each row is 0 or more and sums to 1, or is NaN throughout
        where nothing was given from which weights follow.
    group_of
        Place of each respondent's group in `groups`, shape (respondents,).
    respondents
        Distinct names; left out, numbers from 1.
    kind
        Kind of the question that was answered: ``points``, ``ranking`` and so on.
    contradictory
        Whose judgements contradict one another by more than the method's authors accept, shape
        (respondents,); None where judgements of this kind cannot.

    """

    question: str
    options: tuple[str, ...]
    groups: tuple[str, ...]
    weights: FloatArray
    group_of: npt.NDArray[np.intp]
    respondents: tuple[str, ...]
    kind: str
    contradictory: BoolArray | None

    def __init__(
        self,
        question: str,
        options: Sequence[str],
        groups: Sequence[str],
        weights: npt.ArrayLike,
        group_of: npt.ArrayLike,
        *,
        kind: str,
        respondents: Sequence[str] | None = None,
        contradictory: npt.ArrayLike | None = None,
    ) -> None:
        check_labels(question, options, groups)
        given = np.array(weights, dtype=np.float64)
        places = np.array(group_of, dtype=np.intp)
        rows = len(given) if given.ndim else 0
        names = tuple(str(row + 1) for row in range(rows)) if respondents is None else respondents
        strange = None if contradictory is None else np.array(contradictory, dtype=np.bool_)
        if (
            given.shape != (rows, len(options))
            or places.shape != (rows,)
            or len(names) != rows
            or (strange is not None and strange.shape != (rows,))
        ):
            raise SurveyError(
                "individual_shape_wrong",
                "question {question} has weights of shape {weights}, groups of shape {places} and "
                "{names} respondents; (respondents, {options}) and (respondents,) are expected",
                question=question,
                weights=given.shape,
                places=places.shape,
                names=len(names),
                options=len(options),
            )
        if rows and not (0 <= places.min() <= places.max() < len(groups)):
            raise SurveyError(
                "individual_group_unknown",
                "respondents of question {question} are in the groups number {found}; "
                "0 to {last} is expected",
                question=question,
                found=sorted({int(p) for p in places}),
                last=len(groups) - 1,
            )
        silent = np.isnan(given).all(axis=1)
        sound = (given >= 0).all(axis=1) & (np.abs(given.sum(axis=1) - 1) <= _TOLERANCE)
        if (cell := first_cell(~(silent | sound))) is not None:
            raise SurveyError(
                "individual_weights_wrong",
                "the weights of respondent {respondent} at question {question} are {found}; "
                "numbers of 0 or more that sum to 1, or none at all, are expected",
                respondent=names[cell[0]],
                question=question,
                found=given[cell[0]].tolist(),
            )
        for array in (given, places, strange):
            if array is not None:
                array.setflags(write=False)
        known = names if isinstance(names, DistinctNames) else DistinctNames(names)
        object.__setattr__(self, "question", question)
        object.__setattr__(self, "options", tuple(options))
        object.__setattr__(self, "groups", tuple(groups))
        object.__setattr__(self, "weights", given)
        object.__setattr__(self, "group_of", places)
        object.__setattr__(self, "respondents", known)
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "contradictory", strange)

    @property
    def given(self) -> BoolArray:
        """Who gave weights, shape (respondents,)."""
        return np.asarray(~np.isnan(self.weights).any(axis=1))

    @property
    def cells(self) -> FloatArray:
        """The weights, with `survey.answers.NOT_SHOWN` in place of those that nobody gave."""
        return np.nan_to_num(self.weights, nan=float(NOT_SHOWN))

    def to_sums(self) -> Sums:
        """Sums per group; whoever gave no weights is not in the denominators."""
        given = self.given
        member = np.eye(len(self.groups), dtype=np.int64)[self.group_of]
        heard = member[given].sum(axis=0)
        return Sums(
            self.question,
            self.options,
            self.groups,
            self.weights[given].T @ member[given],
            member.sum(axis=0),
            np.repeat(heard[None], len(self.options), axis=0),
        )

    def without(self, group: str) -> IndividualPriorities:
        """The same question without one group."""
        place = self.groups.index(group)
        kept = self.group_of != place
        places = self.group_of[kept]
        return IndividualPriorities(
            self.question,
            self.options,
            [name for name in self.groups if name != group],
            self.weights[kept],
            places - (places > place),
            kind=self.kind,
            respondents=[self.respondents[k] for k in np.flatnonzero(kept)],
            contradictory=None if self.contradictory is None else self.contradictory[kept],
        )
