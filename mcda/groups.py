"""Several experts, one decision: their judgements put together, or their rankings.

Forman and Peniwati (1998): where the experts act as one body their *judgements* are aggregated
(AIJ) and the common problem is ranked; where they are separate individuals each ranks the
alternatives and the *priorities* are aggregated (AIP).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from mcda.consensus import Consensus, KemenyConsensus, borda, copeland, kemeny
from mcda.correlation import kendall_tau_b
from mcda.council import Votes, checked_council, require_positive
from mcda.errors import ProblemError
from mcda.evaluation import rank_alternatives
from mcda.problem import Array, DecisionProblem
from mcda.ranking import ranks_of
from mcda.registry import nearest
from mcda.result import Result

MEANS = ("arithmetic", "geometric")
_RANK_RULES: dict[str, Callable[..., Consensus | KemenyConsensus]] = {
    "borda": borda,
    "copeland": copeland,
    "kemeny": kemeny,
}
RULES = (*_RANK_RULES, *MEANS)


@dataclass(frozen=True, slots=True, eq=False)
class GroupDecision:
    """What a group of experts arrives at.

    Attributes
    ----------
    approach : {"AIJ", "AIP"}
    rule : str
        The mean of judgements or priorities, or the voting rule.
    reference : str
    experts : tuple of str
    votes : array, shape (k,)
        Shares of the experts, summing to 1.
    alternatives : tuple of str
    scores, ranks : arrays, shape (n,)
        Of the group; for Kemeny's rule the scores are mean ranks with the sign turned.
    higher_is_better : bool
    individual_ranks : array, shape (k, n)
        Each expert's ranking by the same method.
    agreement : tuple of float or None
        Kendall's tau-b of each expert's ranking with the group's; None where one is all ties.
    problem : DecisionProblem or None
        The common problem of AIJ; None for AIP.
    """

    approach: str
    rule: str
    reference: str
    experts: tuple[str, ...]
    votes: Array
    alternatives: tuple[str, ...]
    scores: Array
    ranks: Array
    higher_is_better: bool
    individual_ranks: Array
    agreement: tuple[float | None, ...]
    problem: DecisionProblem | None = None

    @property
    def first(self) -> tuple[str, ...]:
        """The alternatives that share the best rank."""
        best = self.ranks.min()
        return tuple(a for a, r in zip(self.alternatives, self.ranks, strict=True) if r == best)


def aggregate_judgements(
    problems: Mapping[str, DecisionProblem],
    method: str,
    *,
    votes: Votes | None = None,
    mean: str = "arithmetic",
    **params: Any,  # noqa: ANN401 - the method's own
) -> GroupDecision:
    """Average the experts' values and weights, then rank (AIJ).

    Parameters
    ----------
    problems : mapping of expert to DecisionProblem
        Of the same alternatives, criteria and senses.
    votes : mapping of expert to number, optional
        0 or more, not all zero; one each if left out.
    mean : {"arithmetic", "geometric"}
        The geometric mean takes values above zero; a weight of zero of one expert with votes is
        one of the group (Aczel and Saaty 1983: the mean for judgements that are ratios).

    Raises
    ------
    ProblemError
        Problems that differ in more than values and weights; values that the mean or the method
        does not take.
    """
    experts, share = checked_council(problems, votes)
    if mean not in MEANS:
        raise ProblemError(
            "mean",
            "mean {found} is not known; expected {known}",
            found=repr(mean),
            known=", ".join(MEANS),
        )
    first = problems[experts[0]]
    values = np.stack([problems[e].values for e in experts])
    weights = np.stack([problems[e].weights for e in experts])
    if mean == "geometric":
        require_positive(problems)
        with np.errstate(divide="ignore"):
            counted = share > 0
            weights = np.exp(share[counted] @ np.log(weights[counted]))
        values = np.exp(np.einsum("k,kij->ij", share, np.log(values)))
        if not weights.any():
            raise ProblemError(
                "no_common_weight",
                "every criterion has weight zero with some expert; expected one with weight for "
                "all, or the arithmetic mean",
            )
    else:
        values = np.einsum("k,kij->ij", share, values)
        weights = share @ weights
    common = first.replace(values=values, weights=weights)
    result = rank_alternatives(common, method, **params)
    return _decision(
        "AIJ",
        mean,
        "Aczel and Saaty (1983); Forman and Peniwati (1998)",
        share=share,
        results={e: rank_alternatives(problems[e], method, **params) for e in experts},
        outcome=(result.scores, result.ranks, result.higher_is_better),
        problem=common,
    )


def aggregate_priorities(
    problems: Mapping[str, DecisionProblem],
    method: str,
    *,
    votes: Votes | None = None,
    rule: str = "borda",
    **params: Any,  # noqa: ANN401 - the method's own
) -> GroupDecision:
    """Rank each expert's problem, then put the rankings or the priorities together (AIP).

    Parameters
    ----------
    problems, votes
        As in `aggregate_judgements`.
    rule : {"borda", "copeland", "kemeny", "arithmetic", "geometric"}
        A voting rule on the rankings, or a mean of the priorities: scores as shares of their sum,
        for methods of which more is better and whose scores are 0 or more.

    Raises
    ------
    ProblemError
        Problems that differ in more than values and weights; scores that are no priorities.
    """
    experts, share = checked_council(problems, votes)
    if rule not in RULES:
        raise ProblemError(
            "rule",
            "rule {found} is not known; expected {nearest}",
            found=repr(rule),
            nearest=nearest(rule, list(RULES)),
        )
    results = {e: rank_alternatives(problems[e], method, **params) for e in experts}
    table = np.stack([results[e].ranks for e in experts])
    if rule in _RANK_RULES:
        voted = _RANK_RULES[rule](table, share)
        if isinstance(voted, KemenyConsensus):
            mean_rank = voted.ranks
            outcome = (-mean_rank, ranks_of(-mean_rank), True)
            reference = "Kemeny (1959)"
        else:
            outcome = (voted.scores, voted.ranks, True)
            reference = voted.reference
    else:
        scores = _mean_priorities(results, share, rule)
        outcome = (scores, ranks_of(scores), True)
        reference = "Forman and Peniwati (1998)"
    return _decision(
        "AIP", rule, reference, share=share, results=results, outcome=outcome, problem=None
    )


def _mean_priorities(results: Mapping[str, Result], share: Array, mean: str) -> Array:
    scores = np.stack([r.scores for r in results.values()])
    for expert, result in results.items():
        low = result.scores.min()
        if not result.higher_is_better or low < 0 or result.scores.sum() <= 0:
            raise ProblemError(
                "no_priorities",
                "expert {expert}: the scores of {method} are no priorities; expected scores of 0 or "
                "more of which more is better, or a voting rule",
                expert=expert,
                method=result.method,
            )
    priorities = scores / scores.sum(axis=1, keepdims=True)
    if mean == "arithmetic":
        pooled: Array = share @ priorities
        return pooled
    counted = share > 0
    with np.errstate(divide="ignore"):
        pooled = np.exp(share[counted] @ np.log(priorities[counted]))
    if not pooled.any():
        raise ProblemError(
            "no_common_priority",
            "every alternative has priority zero with some expert; expected one with more for all, "
            "or the arithmetic mean",
        )
    shares: Array = pooled / pooled.sum()
    return shares


def _decision(
    approach: str,
    rule: str,
    reference: str,
    *,
    share: Array,
    results: Mapping[str, Result],
    outcome: tuple[Array, Array, bool],
    problem: DecisionProblem | None,
) -> GroupDecision:
    scores, ranks, higher = outcome
    table = np.stack([r.ranks for r in results.values()])
    one = table.shape[1] < 2
    return GroupDecision(
        approach=approach,
        rule=rule,
        reference=reference,
        experts=tuple(results),
        votes=share,
        alternatives=next(iter(results.values())).alternatives,
        scores=scores,
        ranks=ranks,
        higher_is_better=higher,
        individual_ranks=table,
        agreement=tuple(None if one else kendall_tau_b(row, ranks) for row in table),
        problem=problem,
    )
