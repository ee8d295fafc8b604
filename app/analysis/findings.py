"""The whole chain in one call, and what goes into findings.json."""

from __future__ import annotations

import platform
import sys
from dataclasses import asdict, dataclass, fields, replace
from importlib.metadata import version
from typing import Any

from app.analysis.audit import AuditFinding, audit_findings
from app.analysis.change import ChangeFinding, change_findings
from app.analysis.claims import Claim, check_claims
from app.analysis.contract import audit as audit_part
from app.analysis.contract import change as change_part
from app.analysis.contract import directions as directions_part
from app.analysis.contract import experts as experts_part
from app.analysis.contract import resilience as resilience_part
from app.analysis.contract import robustness as robustness_part
from app.analysis.contract import scenarios as scenarios_part
from app.analysis.contract.plain import both, labelled
from app.analysis.directions import DirectionsFinding, direction_findings
from app.analysis.experts import ExpertsFinding, expert_findings
from app.analysis.groups import GroupsFinding, group_findings
from app.analysis.learning import LearningFinding, learning_findings
from app.analysis.options import Options
from app.analysis.priorities import QuestionFinding, priority_findings
from app.analysis.resilience import ResilienceFinding, resilience_findings
from app.analysis.robustness import RobustnessFinding, robustness_findings
from app.analysis.scenarios import ScenarioFinding, scenario_findings
from app.study import Study

FORMAT_VERSION = 1
_LIBRARIES = ("konsilium", "numpy", "pandas", "scipy", "pymcdm")


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """Everything computed from one study under one set of options."""

    study: Study
    options: Options
    priorities: dict[str, QuestionFinding]
    experts: ExpertsFinding
    directions: DirectionsFinding
    robustness: RobustnessFinding
    change: ChangeFinding
    audit: AuditFinding
    groups: GroupsFinding | None
    learning: LearningFinding
    scenarios: ScenarioFinding | None
    resilience: ResilienceFinding | None
    claims: tuple[Claim, ...]

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain numbers and texts, for findings.json."""
        return _contract(self) | {"claims": [_claim(self.study, c) for c in self.claims]}

    @classmethod
    def parts(cls) -> tuple[str, ...]:
        """Names of what is computed, the claims apart: they are measured on the rest."""
        return tuple(each.name for each in fields(cls) if each.name != "claims")


def analyse(study: Study, options: Options | None = None) -> Findings:
    """Run the whole chain on a study: pure, no input or output of its own.

    Parameters
    ----------
    study
        As read by `load_study`.
    options
        What the study proposes, if left out.

    Raises
    ------
    ProblemError, SurveyError, ScenarioError
        When an option does not fit the study.
    """
    options = options or Options.of(study)
    directions = direction_findings(study, options)
    scenarios = scenario_findings(study, directions.problem)
    findings = Findings(
        study=study,
        options=options,
        priorities=priority_findings(study, options.pooling),
        experts=expert_findings(study, options),
        directions=directions,
        robustness=robustness_findings(study, options, directions),
        change=change_findings(study, directions),
        audit=audit_findings(study, options, directions),
        groups=group_findings(study, options, directions.result.ranks),
        learning=learning_findings(study, options, directions),
        scenarios=scenarios,
        resilience=resilience_findings(study, options),
        claims=(),
    )
    claims = check_claims(study, _contract(findings), scenarios.probabilities if scenarios else {})
    return replace(findings, claims=claims)


def _contract(findings: Findings) -> dict[str, Any]:
    directions = findings.directions
    return {
        "format_version": FORMAT_VERSION,
        "study": {"id": findings.study.settings.id, "title": both(findings.study.settings.title)},
        "priorities": {q: _priorities(f) for q, f in findings.priorities.items()},
        "experts": experts_part.experts(findings.experts),
        "criteria_weights": labelled(directions.problem.criteria, directions.problem.weights),
        "directions": directions_part.directions(directions)
        | robustness_part.robustness(findings.robustness)
        | {
            "change": change_part.change(findings.change),
            "audit": audit_part.audit(findings.audit),
            "groups": audit_part.groups(findings.groups),
            "learning": audit_part.learning(findings.learning),
        },
        "scenarios": scenarios_part.scenarios(findings.scenarios),
        "resilience": resilience_part.resilience(findings.resilience),
        "provenance": _provenance(findings),
    }


def _priorities(finding: QuestionFinding) -> dict[str, dict[str, float]]:
    pooled = finding.pooled
    return {
        option: {
            "share": float(pooled.shares[k]),
            "low": float(pooled.low[k]),
            "high": float(pooled.high[k]),
            "weight": float(pooled.weights[k]),
        }
        for k, option in enumerate(pooled.options)
    }


def _claim(study: Study, claim: Claim) -> dict[str, Any]:
    row = study.published.loc[claim.id]
    return {
        "id": claim.id,
        "source": row["source"],
        "statement": {"en": row["statement_en"], "ru": row["statement_ru"]},
        "printed": list(claim.printed),
        "obtained": claim.obtained,
        "verdict": claim.verdict,
        "note": {"en": row["verdict_note_en"] or "", "ru": row["verdict_note_ru"] or ""},
    }


def _provenance(findings: Findings) -> dict[str, Any]:
    return {
        "study_digest": findings.study.digest,
        "versions": {"python": platform.python_version()} | {n: version(n) for n in _LIBRARIES},
        "platform": sys.platform,
        "seed": findings.options.seed,
        "draws": findings.options.draws,
        "settings": _settings(findings.options),
    }


def _settings(options: Options) -> dict[str, Any]:
    return asdict(options) | {
        "block_weights": dict(options.block_weights),
        "readings": dict(options.readings),
        "window": None if options.window is None else list(options.window),
    }
