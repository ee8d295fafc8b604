"""The scenarios as they stand in findings.json."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.analysis.contract.plain import labelled, ranks
from app.analysis.scenarios import ScenarioFinding
from scenarios import Dominance


def scenarios(finding: ScenarioFinding | None) -> dict[str, Any] | None:
    """Dominance, ranks and cases; None without scenarios."""
    if finding is None:
        return None
    return {
        "dominance": _dominance(finding.dominance),
        "dominance_apart": _dominance(finding.dominance_apart),
        "year": finding.year,
        "ranks": ranks(finding.results),
        "cases": [asdict(c) for c in finding.cases],
        "probabilities": {s: list(p) for s, p in finding.probabilities.items()},
        "directions": {
            s: labelled(finding.alternatives, row)
            for s, row in zip(finding.table.scenarios, finding.by_scenario, strict=True)
        },
    }


def _dominance(pairs: tuple[Dominance, ...]) -> dict[str, Any]:
    return {
        f"{d.first}>{d.second}": {
            "better": d.better,
            "equal": d.equal,
            "worse": d.worse,
            "unclear": d.unclear,
            "exceptions": [
                {"indicator": c.indicator, "year": c.year, "relation": str(c.relation)}
                for c in d.exceptions
            ],
        }
        for d in pairs
    }
