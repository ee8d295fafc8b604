"""What a study's answers come to, kept with each freeze, and what changed since the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.analysis import Options, direction_findings, priority_findings
from app.study import Study


@dataclass(frozen=True, slots=True)
class Move:
    """Place of an alternative by the headline method, 1 first; places may be shared."""

    alternative: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Shift:
    """Share of the experts who named an option, with the interval of the new one."""

    question: str
    option: str
    before: float
    after: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        """From before to after."""
        return self.after - self.before

    @property
    def may_be_chance(self) -> bool:
        """Whether the share before lies within the interval of the new one."""
        return self.low <= self.before <= self.high


@dataclass(frozen=True, slots=True)
class Change:
    """What a freeze changed.

    Attributes
    ----------
    methods : (str, str)
        Headline method before and after; places are compared where it is the same.
    experts : (int, int)
        How many.
    first : (tuple of str, tuple of str)
        Who is first, before and after.
    moves : tuple of Move
        Every alternative of both, by the place after.
    shifts : tuple of Shift
        Every option of both, the largest change first.
    led : (Mapping, Mapping)
        Ways of ranking that each alternative leads.
    """

    methods: tuple[str, str]
    experts: tuple[int, int]
    first: tuple[tuple[str, ...], tuple[str, ...]]
    moves: tuple[Move, ...]
    shifts: tuple[Shift, ...]
    led: tuple[Mapping[str, float], Mapping[str, float]]


def summary_of(study: Study) -> dict[str, Any]:
    """Ranking and priorities of a study as its settings propose, as JSON; no random draws."""
    options = Options.of(study)
    directions = direction_findings(study, options)
    result, problem = directions.result, directions.problem
    return {
        "headline": directions.headline,
        "ranks": _labelled(problem.alternatives, result.ranks),
        "scores": _labelled(problem.alternatives, result.scores),
        "weights": _labelled(problem.criteria, problem.weights),
        "first_by": {name: float(count) for name, count in directions.first_by.items()},
        "priorities": {
            question: {
                option: {
                    "share": float(finding.pooled.shares[k]),
                    "low": float(finding.pooled.low[k]),
                    "high": float(finding.pooled.high[k]),
                    "weight": float(finding.pooled.weights[k]),
                }
                for k, option in enumerate(finding.pooled.options)
            }
            for question, finding in priority_findings(study, options.pooling).items()
        },
        "experts": dict(study.settings.experts),
    }


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    """What changed between two summaries; what only one of them has is passed over."""
    ranks = (before["ranks"], after["ranks"])
    moves = [Move(a, ranks[0][a], rank) for a, rank in ranks[1].items() if a in ranks[0]]
    shifts = [
        Shift(
            question,
            option,
            before["priorities"][question][option]["share"],
            now["share"],
            now["low"],
            now["high"],
        )
        for question, options in after["priorities"].items()
        for option, now in options.items()
        if option in before["priorities"].get(question, {})
    ]
    return Change(
        methods=(before["headline"], after["headline"]),
        experts=(sum(before["experts"].values()), sum(after["experts"].values())),
        first=(_first(ranks[0]), _first(ranks[1])),
        moves=tuple(sorted(moves, key=lambda m: (m.after, m.alternative))),
        shifts=tuple(sorted(shifts, key=lambda s: -abs(s.difference))),
        led=(before["first_by"], after["first_by"]),
    )


def _first(ranks: Mapping[str, float]) -> tuple[str, ...]:
    best = min(ranks.values())
    return tuple(name for name, rank in ranks.items() if rank == best)


def _labelled(names: tuple[str, ...], values: Any) -> dict[str, float]:  # noqa: ANN401 - an array
    return {name: float(value) for name, value in zip(names, values, strict=True)}
