"""The specification curve: the answer under every defensible combination of choices.

Simonsohn, Simmons and Nelson (2020). Their estimate is here the lead of one alternative over the
best of the others; there is no null hypothesis, so nothing is tested, only shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mcda.combinations import Choices, combined, named_options
from mcda.errors import ProblemError
from mcda.result import Result

LIMIT = 5000

Evaluate = Callable[[Mapping[str, Any]], Result]


@dataclass(frozen=True, slots=True)
class Specification:
    """One combination of choices and what comes of it.

    Attributes
    ----------
    options : mapping of choice to the option's name
    first : tuple of str
        Several where they are level.
    margin : float
        Lead of the first over the best that is not, as a share of the distance between the highest
        and the lowest score: 0 to 1; 0 where the first place is shared. A share, because methods
        score on scales of their own; it orders specifications and is no effect size.
    lead : float
        The same for the followed alternative: its lead over the best of the others, below 0 where
        it is behind: -1 to 1.
    """

    options: Mapping[str, str]
    first: tuple[str, ...]
    margin: float
    lead: float


@dataclass(frozen=True, slots=True)
class Refused:
    """A combination that cannot be computed, and why."""

    options: Mapping[str, str]
    reason: ProblemError


@dataclass(frozen=True, slots=True)
class SpecificationCurve:
    """All specifications, from the smallest lead of the followed alternative to its largest.

    Attributes
    ----------
    followed : str
        The alternative whose lead orders the curve.
    choices : mapping of choice to the names of its options
    specifications : tuple of Specification
    refused : tuple of Refused
    total : int
        Combinations there are.
    sampled : bool
        True where only a random sample of them was evaluated.
    first_by : mapping of alternative to float
        Share of the specifications in which it is first; a shared place is split. They sum to 1.
    by_option : mapping of choice to option to alternative to float
        The same within each option; None where every specification with the option was refused.
    """

    followed: str
    choices: Mapping[str, tuple[str, ...]]
    specifications: tuple[Specification, ...]
    refused: tuple[Refused, ...]
    total: int
    sampled: bool
    first_by: Mapping[str, float]
    by_option: Mapping[str, Mapping[str, Mapping[str, float] | None]]

    def to_frame(self) -> pd.DataFrame:
        """One row a specification, in order: its options, who is first, margin and lead."""
        rows = [
            {"specification": k, "first": " = ".join(s.first), "margin": s.margin, "lead": s.lead}
            | {f"choice: {name}": option for name, option in s.options.items()}
            for k, s in enumerate(self.specifications, start=1)
        ]
        return pd.DataFrame(rows)

    def panel(self) -> pd.DataFrame:
        """Lower half of the picture: one row a specification and choice, with the option taken."""
        rows = [
            {
                "specification": k,
                "choice": choice,
                "option": option,
                "first": " = ".join(s.first),
            }
            for k, s in enumerate(self.specifications, start=1)
            for choice, option in s.options.items()
        ]
        return pd.DataFrame(rows, columns=["specification", "choice", "option", "first"])

    def option_shares(self) -> pd.DataFrame:
        """One row a choice, option and alternative: share of first places within the option."""
        rows = [
            {"choice": choice, "option": option, "alternative": name, "share": share}
            for choice, options in self.by_option.items()
            for option, shares in options.items()
            for name, share in (shares or {}).items()
        ]
        return pd.DataFrame(rows, columns=["choice", "option", "alternative", "share"])


def specification_curve(
    choices: Choices,
    evaluate: Evaluate,
    *,
    followed: str | None = None,
    limit: int = LIMIT,
    rng: np.random.Generator | None = None,
    progress: Callable[[int], None] | None = None,
) -> SpecificationCurve:
    """Evaluate every combination of choices, or a random sample where there are too many.

    Parameters
    ----------
    choices : mapping of choice to options
        Options are handed to `evaluate` as they are; their names are their ``str``.
    evaluate
        One option of each choice to a `Result`; a `ProblemError` it raises refuses the combination.
    followed : str, optional
        Whose lead orders the curve; left out: who is first most often.
    limit : int
        Combinations above which a sample of this size is drawn, without repetition.
    rng
        Draws the sample; needed only then.
    progress
        Called with the number of combinations done, after each.

    Raises
    ------
    ProblemError
        A choice without options, or with two of one name; a sample without `rng`; every
        combination refused; results of different alternatives; an unknown alternative to follow.
    """
    names = named_options(choices)
    total, combinations = combined(choices, limit, rng)
    results: list[tuple[Mapping[str, str], Result]] = []
    refused: list[Refused] = []
    for done, places in enumerate(combinations, start=1):
        taken = dict(zip(choices, places, strict=True))
        options = {choice: names[choice][k] for choice, k in taken.items()}
        try:
            results.append(
                (options, evaluate({choice: choices[choice][k] for choice, k in taken.items()}))
            )
        except ProblemError as reason:
            refused.append(Refused(options, reason))
        if progress is not None:
            progress(done)
    if not results:
        raise ProblemError(
            "all_refused",
            "none of {total} combinations of choices can be computed; the first says: {reason}",
            total=len(combinations),
            reason=str(refused[0].reason),
        )
    return _curve(names, results, refused, total, followed)


def _curve(
    names: dict[str, tuple[str, ...]],
    results: list[tuple[Mapping[str, str], Result]],
    refused: list[Refused],
    total: int,
    followed: str | None,
) -> SpecificationCurve:
    alternatives = results[0][1].alternatives
    for _, result in results:
        if result.alternatives != alternatives:
            raise ProblemError(
                "different_alternatives",
                "specifications rank {first} and {other}; expected the same alternatives in one order",
                first=alternatives,
                other=result.alternatives,
            )
    firsts = np.array([_first_shares(r) for _, r in results])
    shares = firsts.mean(axis=0)
    if followed is None:
        followed = alternatives[int(np.argmax(shares))]
    if followed not in alternatives:
        raise ProblemError(
            "unknown_alternative",
            "alternative {found} is not in the problem; expected one of {known}",
            found=repr(followed),
            known=", ".join(alternatives),
        )
    leader = alternatives.index(followed)
    specifications = [_specification(options, r, leader) for options, r in results]
    by_option: dict[str, dict[str, Mapping[str, float] | None]] = {}
    for choice, options in names.items():
        taken = np.array([s.options[choice] for s in specifications])
        by_option[choice] = {
            option: dict(
                zip(alternatives, firsts[taken == option].mean(axis=0).tolist(), strict=True)
            )
            if (taken == option).any()
            else None
            for option in options
        }
    return SpecificationCurve(
        followed=followed,
        choices=names,
        specifications=tuple(sorted(specifications, key=lambda s: s.lead)),
        refused=tuple(refused),
        total=total,
        sampled=len(results) + len(refused) < total,
        first_by=dict(zip(alternatives, shares.tolist(), strict=True)),
        by_option=by_option,
    )


def _first_shares(result: Result) -> list[float]:
    first = result.ranks == result.ranks.min()
    shares: list[float] = (first / first.sum()).tolist()
    return shares


def _specification(options: Mapping[str, str], result: Result, leader: int) -> Specification:
    scores = result.scores if result.higher_is_better else -result.scores
    span = float(np.ptp(scores)) or 1.0
    first = result.ranks == result.ranks.min()
    rest, others = scores[~first], np.delete(scores, leader)
    lead = float(scores[leader] - others.max()) / span if others.size else 0.0
    tied = bool(first[leader]) and first.sum() > 1
    return Specification(
        options=options,
        first=result.first,
        margin=0.0
        if first.sum() > 1 or not rest.size
        else float(scores[first].max() - rest.max()) / span,
        lead=0.0 if tied else lead,
    )
