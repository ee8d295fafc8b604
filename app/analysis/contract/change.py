"""What would change the answer, as it stands in findings.json."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.analysis.change import ChangeFinding
from app.analysis.contract.plain import labelled
from mcda.missing import MissingCriterion
from mcda.reversal import RankReversal
from mcda.tipping import SmallestChange


def change(finding: ChangeFinding) -> dict[str, Any]:
    """Smallest changes of weights and of one value, missing criterion, rank reversal, triangle."""
    criteria = finding.problem.criteria
    value = finding.values.smallest
    return {
        "weights": {n: _weights(c, criteria) for n, c in finding.weights.items()},
        "weights_by_method": {
            m: _weights(c, criteria) for m, c in finding.weights_by_method.items()
        },
        "swaps": [_weights(c, criteria) for c in finding.swaps],
        "value": None if value is None else asdict(value),
        "missing_criterion": _missing(finding.missing),
        "missing_criterion_by_method": {
            m: _missing(c) for m, c in finding.missing_by_method.items()
        },
        "rank_reversal": _reversal(finding.reversal),
        "triangle": None
        if finding.triangle is None
        else {
            "criteria": list(finding.triangle.groups),
            "first_on": dict(finding.triangle.areas),
        },
    }


def _weights(found: SmallestChange | None, criteria: tuple[str, ...]) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "from": found.leader,
        "to": found.rival,
        "norm": found.norm,
        "distance": found.distance,
        "weights": None if found.weights is None else labelled(criteria, found.weights),
        "exact": found.exact,
    }


def _missing(found: MissingCriterion) -> dict[str, Any]:
    return {
        "from": found.leader,
        "to": found.rival,
        "weight": found.weight,
        "by_rival": dict(found.by_rival),
        "exact": found.exact,
    }


def _reversal(found: RankReversal) -> dict[str, Any]:
    return {
        "stable": found.stable,
        "first_lost": [
            {"test": c.test.name.lower(), "alternative": c.alternative, "first": list(c.first)}
            for c in found.costs_first_place
        ],
        "reversals": sum(len(c.reversals) for c in found.cases),
        "refused": sum(c.refused is not None for c in found.cases),
        "pairs_transitive": found.pairs.transitive,
        "pairs_reversed": len(found.pairs.reversals),
    }
