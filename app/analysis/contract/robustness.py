"""How sure the ranking is, as it stands in findings.json."""

from __future__ import annotations

from typing import Any

from app.analysis.contract.plain import alone, labelled, rows
from app.analysis.robustness import RobustnessFinding
from mcda.margin import MarginDoubt


def robustness(finding: RobustnessFinding) -> dict[str, Any]:
    """Rank acceptabilities and shares of the doubt."""
    names = finding.alternatives
    everything = finding.everything
    return {
        "by_reading": {
            reading: rows(names, a.rank_acceptability) for reading, a in finding.by_reading.items()
        },
        "experts_by_variant": {
            label: alone(names, a) for label, a in finding.experts_by_variant.items()
        },
        "left_out_of_draws": {m: str(e) for m, e in finding.left_out.items()},
        "rank_acceptability": rows(names, everything.rank_acceptability),
        "pairwise_winning": rows(names, everything.pairwise_winning),
        "expected_rank": labelled(names, everything.expected_rank),
        "experts_only": {
            m: rows(names, a.rank_acceptability) for m, a in finding.experts_by_method.items()
        },
        "cause_alone": {c: alone(names, a) for c, a in finding.alone.items()},
        "doubt": {c: float(s) for c, s in finding.doubt.shares.items()},
        "doubt_error": {c: float(s) for c, s in finding.doubt.errors.items()},
        "doubt_total": finding.doubt.total,
        "margin": None if finding.margin is None else _margin(finding.margin, names),
    }


def _margin(found: MarginDoubt, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "leader": names[found.leader],
        "rival": names[found.rival],
        "mean": found.mean,
        "error": found.error,
        "reversed": found.reversed,
        "doubt": {c: float(s) for c, s in found.doubt.shares.items()},
        "doubt_error": {c: float(s) for c, s in found.doubt.errors.items()},
    }
