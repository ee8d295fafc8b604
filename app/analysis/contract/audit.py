"""The audit of the argument, as it stands in findings.json."""

from __future__ import annotations

from typing import Any

from app.analysis.audit import AuditFinding
from app.analysis.contract.plain import labelled
from app.analysis.groups import GroupsFinding
from app.analysis.learning import LearningFinding
from mcda import SecondOpinion
from mcda.invariance import MethodAudit
from mcda.learning import ValueOfLearning
from mcda.specification import SpecificationCurve


def audit(finding: AuditFinding) -> dict[str, Any]:
    """Specification curve, invariance and second opinions."""
    return {
        "specification_curve": _curve(finding.curve),
        "invariance": {a.label: _invariance(a) for a in finding.invariance},
        "second_opinion": {m: _opinion(o) for m, o in finding.opinions.items()},
    }


def groups(finding: GroupsFinding | None) -> dict[str, Any] | None:
    """Rankings of the groups and their consensus; None with fewer than two."""
    if finding is None:
        return None
    names = finding.alternatives
    consensus = {c.rule: labelled(names, c.ranks) for c in finding.rules}
    if finding.kemeny is not None:
        consensus["kemeny"] = labelled(names, finding.kemeny.ranks)
    return {
        "ranks": {g: labelled(names, r) for g, r in finding.ranks.items()},
        "experts": dict(finding.experts),
        "pooled_judgements": labelled(names, finding.pooled),
        "consensus": consensus,
        "kemeny_optima": None if finding.kemeny is None else len(finding.kemeny.optima),
        "tau_b": [{"groups": list(pair), "tau_b": tau} for pair, tau in finding.alike.items()],
    }


def learning(finding: LearningFinding) -> dict[str, Any]:
    """Expected value of learning, in scores of the headline method."""
    return {
        "method": finding.method,
        "perfect": finding.inputs.perfect,
        "perfect_error": finding.inputs.perfect_error,
        "draws": finding.inputs.draws,
        "inputs": _values(finding.inputs),
        "missing_criterion": {c: _values(v)["missing"] for c, v in finding.missing.items()},
    }


def _values(found: ValueOfLearning) -> dict[str, dict[str, float]]:
    return {
        name: {"value": v.value, "error": v.standard_error, "share": v.share}
        for name, v in found.inputs.items()
    }


def _curve(found: SpecificationCurve) -> dict[str, Any]:
    return {
        "total": found.total,
        "refused": len(found.refused),
        "followed": found.followed,
        "first_by": dict(found.first_by),
        "by_option": {
            choice: {o: None if s is None else dict(s) for o, s in options.items()}
            for choice, options in found.by_option.items()
        },
        "lead": [s.lead for s in found.specifications],
    }


def _invariance(found: MethodAudit) -> dict[str, Any]:
    return {
        "promised": sorted(r.name.lower() for r in found.promised),
        "moved_by": [
            {
                "criterion": t.criterion,
                "restatement": t.restatement.name.lower(),
                "moved": sorted(t.moved),
                "first_changes": t.first_changes,
            }
            for t in found.changes
        ],
        "refused": None if found.refused is None else str(found.refused),
    }


def _opinion(found: SecondOpinion) -> dict[str, Any]:
    return {
        "agreement": found.agreement.name.lower(),
        "moved": list(found.moved),
        "reason": None if found.reason is None else str(found.reason),
        "version": found.version,
    }
