"""How much weight a criterion that nobody measured would need to overturn the first place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.evaluation import rank_alternatives
from mcda.problem import Array, DecisionProblem
from mcda.ranking import TIE
from mcda.registry import Property
from mcda.scoring import Scoring, bind

_GRID = 2001
_SECTIONS = 65
_NARROWINGS = 6


@dataclass(frozen=True, slots=True)
class MissingCriterion:
    """Weight that an unmeasured criterion would need to overturn the first place.

    Attributes
    ----------
    leader : str
        Who is first now.
    rival : str or None
        Who would be above; None where no weight does it.
    weight : float
        Share of all weights with the new criterion, 1 where nothing short of it does it.
    by_rival : mapping of str to float or None
        The same for every rival; None where no weight puts it above the leader.
    scale_free : bool
        True where the method depends on differences only, so that the two values assumed for the
        new criterion do not matter; False where it takes their ratio or size into account.
    exact : bool
        True where scores are linear in the weights; elsewhere an upper bound, for a rival that
        gets above and falls back within 1/2000 of weight is not seen.
    """

    leader: str
    rival: str | None
    weight: float
    by_rival: Mapping[str, float | None]
    scale_free: bool
    exact: bool


def missing_criterion(
    problem: DecisionProblem,
    method: str,
    *,
    worst: float = 1.0,
    best: float = 2.0,
    entries: Mapping[str, Any] | None = None,
    **params: Any,  # noqa: ANN401 - the method's own
) -> MissingCriterion:
    """Missing-criterion robustness value, after Cinelli and Hazlett (2020).

    As their robustness value asks how strong an unobserved confounder must be, at its most
    adverse, to overturn an estimate, this asks how much weight one more criterion must have, at
    its most adverse for the leader: the leader has its worst value, the rival its best, all others
    the middle, and the measured criteria keep their proportions. The smallest such weight is found
    for every rival; the least of them is the answer. In a weighted sum of values from 0 to 1 it is
    d / (1 + d) for a lead of d.

    Parameters
    ----------
    worst, best : float
        Values on the new criterion, to be maximised. Where the result is not `scale_free` they are
        an assumption that matters: methods of ratios need less weight the larger ``best / worst``.
    entries
        The new criterion's entry of each parameter that is given per criterion, where they differ.

    Raises
    ------
    ProblemError
        `worst` is not below `best`; a parameter given per criterion lacks its entry.
    """
    if not (np.isfinite([worst, best]).all() and worst < best):
        raise ProblemError(
            "missing_criterion",
            "the missing criterion runs from {worst} to {best}; expected the worst below the best",
            worst=worst,
            best=best,
        )
    leader = rank_alternatives(problem, method, **params).first[0]
    bound = bind(problem, method, params)
    now = bound.problem
    i = now.alternatives.index(leader)
    settings = _with_one_more(bound, dict(entries or {}))
    by_rival: dict[str, float | None] = {}
    for k, name in enumerate(now.alternatives):
        if k == i:
            continue
        column = np.full(len(now.alternatives), 0.5 * (worst + best))
        column[i], column[k] = worst, best
        wider = DecisionProblem(
            values=np.column_stack([now.values, column]),
            senses=(*now.senses, "max"),
            alternatives=now.alternatives,
        )
        by_rival[name] = _least_weight(
            bind(wider, method, settings), now.weights, (i, k), exact=bound.has(Property.LINEAR)
        )
    reached = {other: w for other, w in by_rival.items() if w is not None}
    rival = min(reached, key=reached.__getitem__) if reached else None
    return MissingCriterion(
        leader=leader,
        rival=rival,
        weight=1.0 if rival is None else reached[rival],
        by_rival=by_rival,
        scale_free=bound.has(Property.UNIT) and bound.has(Property.SHIFT),
        exact=bound.has(Property.LINEAR),
    )


def _with_one_more(bound: Scoring, entries: dict[str, Any]) -> dict[str, Any]:
    """Parameters with an entry for one more criterion; a list of one repeated value is repeated."""
    settings = dict(bound.settings)
    m = len(bound.problem.criteria)
    for parameter in bound.method.parameters:
        name, axis = parameter.name, parameter.per_criterion
        value = settings[name]
        lists = [value] if axis == 0 else value if axis == 1 else []
        if not isinstance(value, (list, tuple)) or any(len(one) != m for one in lists):
            continue
        if name not in entries and (axis != 0 or any(x != value[0] for x in value)):
            raise ProblemError(
                "missing_entry",
                "parameter {name} is given per criterion; expected its entry for the missing criterion too",
                name=name,
            )
        entry: Any = entries.get(name, value[0])
        settings[name] = (
            [*value, entry]
            if axis == 0
            else [[*row, x] for row, x in zip(value, entry, strict=True)]
        )
    return settings


def _least_weight(
    scoring: Scoring, present: Array, pair: tuple[int, int], *, exact: bool
) -> float | None:
    """Smallest weight of the last criterion beyond which the rival is above the leader."""

    def gap(share: Array) -> Array:
        weights = np.column_stack([present * (1 - share[:, None]), share])
        scores = scoring.by_weights(weights)
        ahead = scores[:, pair[0]] - scores[:, pair[1]]
        return np.where(np.abs(ahead) <= TIE * np.abs(scores).max(axis=1), 0.0, ahead)

    if exact:
        without, alone = gap(np.array([0.0, 1.0]))
        return float(without / (without - alone)) if alone < 0 else None
    share = np.linspace(0, 1, _GRID)
    for _ in range(_NARROWINGS):
        lost = np.flatnonzero(gap(share) < 0)
        if not lost.size:
            return None
        outside = float(share[lost[0]])
        share = np.linspace(share[max(lost[0] - 1, 0)], outside, _SECTIONS)
        share[-1] = outside
    return outside
