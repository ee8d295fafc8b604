"""The ranking as it stands in findings.json."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.analysis.contract.plain import labelled, ranks, whole
from app.analysis.directions import DirectionsFinding


def directions(finding: DirectionsFinding) -> dict[str, Any]:
    """Scores, ranks, votes and consensus, and how far one weight may move."""
    names = finding.problem.alternatives
    return {
        "headline": finding.headline,
        "scores": {m: labelled(names, r.scores) for m, r in finding.results.items()},
        "ranks": ranks(finding.results),
        "higher_is_better": {m: r.higher_is_better for m, r in finding.results.items()},
        "variants": {m: r.variant for m, r in finding.results.items()},
        "not_applicable": {m: str(e) for m, e in finding.not_applicable.items()},
        "classes": [list(c) for c in finding.classes],
        "first_by": whole(finding.first_by),
        "consensus": {c.rule: labelled(names, c.ranks) for c in finding.consensus},
        "weight_stability": {
            s.criterion: {k: v for k, v in asdict(s).items() if k != "criterion"}
            for s in finding.stability
        },
        "correlated": [list(c) for c in finding.correlated],
        "unmeasured": list(finding.unmeasured),
    }
