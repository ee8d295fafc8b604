"""The groups of experts as they stand in findings.json."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.analysis.contract.plain import labelled
from app.analysis.experts import ExpertsFinding, QuestionGroups
from app.analysis.planning import PlanningFinding
from survey.comparison import Correspondence, GroupComparison, OptionTest


def experts(finding: ExpertsFinding) -> dict[str, Any]:
    """Differences of the groups, the effect of each, and how many more would settle it."""
    return {
        "questions": {q: _question(f) for q, f in finding.questions.items()},
        "refused": {q: str(error) for q, error in finding.refused.items()},
        "first": list(finding.first),
        "first_without": {g: list(f) for g, f in finding.first_without.items()},
        "planning": None if finding.planning is None else _planning(finding.planning),
    }


def _question(found: QuestionGroups) -> dict[str, Any]:
    options = tuple(o.option for o in found.comparison.options)
    return {
        "options": {o.option: _option(o) for o in found.comparison.options},
        "contrasts": _contrasts(found.comparison),
        "overall": _overall(found.comparison),
        "without": {
            i.group: {
                "weights": labelled(options, i.weights),
                "moved": i.moved,
                "first": i.first,
            }
            for i in found.influence
        },
        "map": None if found.map is None else _map(found.map),
    }


def _option(found: OptionTest) -> dict[str, Any]:
    return {
        "p": found.p,
        "p_holm": found.p_holm,
        "way": found.way,
        "standard_error": found.standard_error,
        "cramers_v": None if found.cramers_v is None else asdict(found.cramers_v),
    }


def _contrasts(found: GroupComparison) -> dict[str, dict[str, Any]]:
    """Each group against all others together, by option and group."""
    told: dict[str, dict[str, Any]] = {}
    for c in found.contrasts:
        told.setdefault(c.option, {})[c.group] = {
            "share": c.share,
            "share_of_others": c.share_of_others,
            "difference": c.difference.value,
            "low": c.difference.low,
            "high": c.difference.high,
            "odds_ratio": asdict(c.odds_ratio),
            "p": c.p,
            "p_holm": c.p_holm,
        }
    return told


def _overall(found: GroupComparison) -> dict[str, Any]:
    """The test of all options at once, or why there is none."""
    if found.overall_single is not None:
        return {"test": "fisher", **asdict(found.overall_single)}
    if found.overall is None:
        return {"test": None, "refused": str(found.refusal)}
    overall = found.overall
    return {
        "test": overall.kind,
        "x2": overall.x2,
        "n": overall.n,
        "left_out": overall.left_out,
        "bonferroni": overall.bonferroni,
        "rao_scott": asdict(overall.rao_scott),
        "bootstrap": overall.bootstrap,
        "resamples": overall.resamples,
    }


def _map(found: Correspondence) -> dict[str, Any]:
    return {
        "shares": found.shares.tolist(),
        "options": {r: found.row_coordinates[k].tolist() for k, r in enumerate(found.rows)},
        "groups": {c: found.column_coordinates[k].tolist() for k, c in enumerate(found.columns)},
    }


def _planning(found: PlanningFinding) -> dict[str, Any]:
    return {
        "method": found.method,
        "leader": found.leader,
        "now": found.now,
        "error": found.error,
        "settled_from": found.settled,
        "sizes": list(found.sizes),
        "draws": found.draws,
        "panels": {
            who: {"stable": c.stable.tolist(), "limit": c.limit, "enough": c.enough}
            for who, c in found.curves.items()
        },
    }
