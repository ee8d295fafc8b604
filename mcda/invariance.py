"""What a mere restatement of one's own problem does to each method's ranking of it.

The same criterion can be told in another unit, from another zero, on a scale of points, or as its
complement (so much lost instead of so much kept). None of that is information. A method that
answers otherwise answers a question about wording.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

from mcda.audit import steady_ranks
from mcda.equivalence import Candidate
from mcda.errors import ProblemError
from mcda.evaluation import rank_alternatives
from mcda.problem import Array, DecisionProblem
from mcda.registry import Method, Property, get_method
from mcda.scoring import variants_of


class Restatement(Enum):
    """Ways to tell the same criterion: each an affine map with constants from the data alone."""

    UNIT = "in a unit a thousand times smaller"
    ZERO = "from another zero, one range further down"
    POINTS = "as points from 1 for the lowest value to 5 for the highest"
    COMPLEMENT = "as its complement, with the sense turned"


# What must hold for a restatement to leave the ranks, where the method promises it.
PROMISES: Mapping[Restatement, frozenset[Property]] = {
    Restatement.UNIT: frozenset({Property.UNIT}),
    Restatement.ZERO: frozenset({Property.SHIFT}),
    Restatement.POINTS: frozenset({Property.UNIT, Property.SHIFT}),
    Restatement.COMPLEMENT: frozenset({Property.COMPLEMENT}),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One criterion restated.

    Attributes
    ----------
    criterion : str
    restatement : Restatement
    moved : mapping of alternative to (before, after)
        Ranks that are not what they were; empty where nothing moves.
    first_changes : bool
        Whether the set of those in first place is another.
    refused : ProblemError or None
        Why the method does not take the restated problem.
    """

    criterion: str
    restatement: Restatement
    moved: Mapping[str, tuple[float, float]]
    first_changes: bool
    refused: ProblemError | None = None


@dataclass(frozen=True, slots=True)
class MethodAudit:
    """One method on one problem.

    Attributes
    ----------
    label : str
    ranks : mapping of alternative to rank
        Empty where the method does not take the problem.
    trials : tuple of Trial
        One for every criterion with weight and restatement.
    promised : frozenset of Restatement
        Those that the method leaves alone whatever the problem, by what its registered variant
        declares.
    same_order : tuple of str
        Labels of the other candidates that rank this problem the same.
    refused : ProblemError or None
        Why there is no audit: the method does not take the problem, or has parameters in the
        criteria's units, which would have to be restated too.
    """

    label: str
    ranks: Mapping[str, float]
    trials: tuple[Trial, ...]
    promised: frozenset[Restatement]
    same_order: tuple[str, ...]
    refused: ProblemError | None = None

    @property
    def changes(self) -> tuple[Trial, ...]:
        """The trials that move somebody."""
        return tuple(t for t in self.trials if t.moved)

    @property
    def invariant(self) -> bool:
        """Whether every restatement was taken and moved nobody."""
        return self.refused is None and not any(t.moved or t.refused for t in self.trials)


def invariance_audit(
    problem: DecisionProblem,
    candidates: Sequence[Candidate],
    *,
    restatements: Sequence[Restatement] = tuple(Restatement),
) -> tuple[MethodAudit, ...]:
    """Restate each criterion in turn, and see which method then ranks otherwise.

    Nothing is random: the constants come from the criterion's own values. All maps keep values
    above zero where they were. Parameters stay as they are.

    Returns
    -------
    tuple of MethodAudit
        In the order of the candidates.
    """
    ranked: dict[str, Array] = {}
    reasons: dict[str, ProblemError] = {}
    for candidate in candidates:
        try:
            ranked[candidate.label] = _ranks(problem, candidate)
        except ProblemError as reason:
            reasons[candidate.label] = reason
    return tuple(
        _audit(problem, candidate, ranked, reasons, restatements) for candidate in candidates
    )


def restate(problem: DecisionProblem, criterion: str, how: Restatement) -> DecisionProblem:
    """Tell one criterion of a problem otherwise; a column without range has range 1."""
    j = problem.criteria.index(criterion)
    column = problem.values[:, j]
    low, high = column.min(), column.max()
    span = high - low or 1.0
    senses = list(problem.senses)
    if how is Restatement.UNIT:
        told = 1000.0 * column
    elif how is Restatement.ZERO:
        told = column + span
    elif how is Restatement.POINTS:
        told = 1.0 + 4.0 * (column - low) / span
    else:
        told = (low + high) - column
        senses[j] = "min" if senses[j] == "max" else "max"
    values = problem.values.copy()
    values[:, j] = told
    return problem.replace(values=values, senses=tuple(senses))


def _ranks(problem: DecisionProblem, candidate: Candidate) -> Array:
    result = rank_alternatives(problem, candidate.method, **candidate.params)
    return steady_ranks(result.scores if result.higher_is_better else -result.scores)


def _audit(
    problem: DecisionProblem,
    candidate: Candidate,
    ranked: Mapping[str, Array],
    reasons: Mapping[str, ProblemError],
    restatements: Sequence[Restatement],
) -> MethodAudit:
    label = candidate.label
    if label in reasons:
        return MethodAudit(label, {}, (), frozenset(), (), reasons[label])
    method = get_method(candidate.method)
    ranks = ranked[label]
    named = dict(zip(problem.alternatives, ranks.tolist(), strict=True))
    same = tuple(
        other
        for other, theirs in ranked.items()
        if other != label and np.array_equal(theirs, ranks)
    )
    in_units = _in_units(method, candidate.params)
    if in_units is not None:
        reason = ProblemError(
            "parameter_in_units",
            "parameter {name} of {method} is in the criteria's units; expected none, for it would "
            "have to be restated too",
            name=in_units,
            method=method.name,
        )
        return MethodAudit(label, named, (), frozenset(), same, reason)
    trials = tuple(
        _trial(problem, candidate, ranks, criterion, how)
        for how in restatements
        for criterion in problem.without_idle_criteria().criteria
    )
    return MethodAudit(label, named, trials, _promised(method, candidate.params), same)


def _trial(
    problem: DecisionProblem,
    candidate: Candidate,
    before: Array,
    criterion: str,
    how: Restatement,
) -> Trial:
    try:
        after = _ranks(restate(problem, criterion, how), candidate)
    except ProblemError as reason:
        return Trial(criterion, how, {}, first_changes=False, refused=reason)
    return Trial(
        criterion=criterion,
        restatement=how,
        moved={
            name: (float(b), float(a))
            for name, b, a in zip(problem.alternatives, before, after, strict=True)
            if a != b
        },
        first_changes=bool(((before == before.min()) != (after == after.min())).any()),
    )


def _in_units(method: Method, params: Mapping[str, Any]) -> str | None:
    """Name a given parameter that runs over criteria in their units; None where there is none.

    Names of functions are in no unit, and neither are thresholds told as shares of the range.
    """
    settings = method.settings(params)
    if settings.get("threshold_scale") == "range":
        return None
    for parameter in method.parameters:
        value = settings[parameter.name]
        if parameter.per_criterion is not None and _numeric(value):
            return parameter.name
    return None


def _numeric(value: Any) -> bool:  # noqa: ANN401 - any parameter
    if isinstance(value, (list, tuple)):
        return any(_numeric(x) for x in value)
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _promised(method: Method, params: Mapping[str, Any]) -> frozenset[Restatement]:
    """Kept by the variant that the parameters make, or else by every variant."""
    return frozenset(
        how
        for how, needed in PROMISES.items()
        if all(needed <= variant.properties for variant in variants_of(method, params))
    )
