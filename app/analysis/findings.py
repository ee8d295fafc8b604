"""The whole chain in one call, and what goes into findings.json."""

from __future__ import annotations

import platform
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

import numpy as np

from app.analysis.claims import Claim, check_claims
from app.analysis.directions import DirectionsFinding, direction_findings
from app.analysis.options import Options
from app.analysis.priorities import QuestionFinding, priority_findings
from app.analysis.resilience import ResilienceFinding, resilience_findings
from app.analysis.robustness import RobustnessFinding, robustness_findings
from app.analysis.scenarios import ScenarioFinding, scenario_findings
from app.study import Study
from mcda import Acceptability, Result
from scenarios import Dominance

FORMAT_VERSION = 1
_LIBRARIES = ("konsilium", "numpy", "pandas", "scipy")


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """Everything computed from one study under one set of options."""

    study: Study
    options: Options
    priorities: dict[str, QuestionFinding]
    directions: DirectionsFinding
    robustness: RobustnessFinding
    scenarios: ScenarioFinding | None
    resilience: ResilienceFinding | None
    claims: tuple[Claim, ...]

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain numbers and texts, for findings.json."""
        return _contract(self) | {"claims": [_claim(self.study, c) for c in self.claims]}


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
    priorities = priority_findings(study, options.pooling)
    directions = direction_findings(study, options)
    scenarios = scenario_findings(study, directions.problem)
    findings = Findings(
        study=study,
        options=options,
        priorities=priorities,
        directions=directions,
        robustness=robustness_findings(study, options, directions),
        scenarios=scenarios,
        resilience=resilience_findings(study, options),
        claims=(),
    )
    claims = check_claims(study, _contract(findings), scenarios.probabilities if scenarios else {})
    return Findings(
        **{name: getattr(findings, name) for name in Findings.__slots__ if name != "claims"},
        claims=claims,
    )


def _contract(findings: Findings) -> dict[str, Any]:
    directions = findings.directions
    return {
        "format_version": FORMAT_VERSION,
        "study": {"id": findings.study.settings.id, "title": _both(findings.study.settings.title)},
        "priorities": {q: _priorities(f) for q, f in findings.priorities.items()},
        "criteria_weights": _labelled(directions.problem.criteria, directions.problem.weights),
        "directions": _directions(findings),
        "scenarios": _scenarios(findings.scenarios),
        "resilience": _resilience(findings.resilience),
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


def _directions(findings: Findings) -> dict[str, Any]:
    directions, robustness = findings.directions, findings.robustness
    names = directions.problem.alternatives
    return {
        "headline": directions.headline,
        "scores": {m: _labelled(names, r.scores) for m, r in directions.results.items()},
        "ranks": _ranks(directions.results),
        "higher_is_better": {m: r.higher_is_better for m, r in directions.results.items()},
        "variants": {m: r.variant for m, r in directions.results.items()},
        "not_applicable": {m: str(e) for m, e in directions.not_applicable.items()},
        "classes": [list(c) for c in directions.classes],
        "first_by": _whole(directions.first_by),
        "consensus": {c.rule: _labelled(names, c.ranks) for c in directions.consensus},
        "weight_stability": {
            s.criterion: {k: v for k, v in asdict(s).items() if k != "criterion"}
            for s in directions.stability
        },
        "correlated": [list(c) for c in directions.correlated],
        "unmeasured": list(directions.unmeasured),
        "by_reading": {
            reading: _rows(names, a.rank_acceptability)
            for reading, a in robustness.by_reading.items()
        },
        "experts_by_variant": {
            label: _alone(names, a) for label, a in robustness.experts_by_variant.items()
        },
        "left_out_of_draws": {m: str(e) for m, e in robustness.left_out.items()},
        "rank_acceptability": _rows(names, robustness.everything.rank_acceptability),
        "pairwise_winning": _rows(names, robustness.everything.pairwise_winning),
        "expected_rank": _labelled(names, robustness.everything.expected_rank),
        "experts_only": {
            m: _rows(names, a.rank_acceptability) for m, a in robustness.experts_by_method.items()
        },
        "cause_alone": {c: _alone(names, a) for c, a in robustness.alone.items()},
        "doubt": {c: float(s) for c, s in robustness.doubt.shares.items()},
        "doubt_error": {c: float(s) for c, s in robustness.doubt.errors.items()},
        "doubt_total": robustness.doubt.total,
    }


def _alone(names: tuple[str, ...], found: Acceptability) -> dict[str, float]:
    return _labelled(names, found.rank_acceptability[:, 0])


def _scenarios(finding: ScenarioFinding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    return {
        "dominance": _dominance(finding.dominance),
        "dominance_apart": _dominance(finding.dominance_apart),
        "year": finding.year,
        "ranks": _ranks(finding.results),
        "cases": [asdict(c) for c in finding.cases],
        "probabilities": {s: list(p) for s, p in finding.probabilities.items()},
        "directions": {
            s: _labelled(finding.alternatives, row)
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


def _resilience(finding: ResilienceFinding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    index, swept = finding.index, finding.swept
    reference = index.spec.reference
    found: dict[str, Any] = {
        "observed": {str(y): v for y, v in index.levels().items()},
        "factors": {
            f: {str(y): v for y, v in levels.items()} for f, levels in index.factor_levels().items()
        },
        "window": [reference.first, reference.last],
        "std": reference.std,
        "indicators": list(index.spec.names),
        "variants": {
            name: {str(y): v for y, v in each.levels().items()}
            for name, each in finding.variants.items()
        },
        "missing": {
            str(y): {i: list(s) for i, s in gone.items()} for y, gone in finding.missing.items()
        },
        "scenarios": {},
    }
    if finding.projection is None or swept is None or finding.banded is None:
        return found
    ranges = finding.banded.projected_range()
    found["scenarios"] = {
        scenario: {
            str(year): {
                "value": value,
                "low": min(ranges[scenario][year][0], low),
                "high": max(ranges[scenario][year][1], high),
            }
            for year, (low, value, high) in levels.items()
        }
        for scenario, levels in finding.projection.levels().items()
    }
    years = [str(y) for y in finding.projection.years]
    found["differences"] = {
        f"{a}-{b}": _labelled(years, gap) for (a, b), gap in finding.gap.items()
    }
    found["differences_range"] = {
        f"{a}-{b}": _pairs(years, spread) for (a, b), spread in finding.gap_range.items()
    }
    found["ratio_range"] = (
        None if finding.ratio_range is None else _pairs(years, finding.ratio_range)
    )
    found["ratio"] = None if finding.ratio is None else _labelled(years, finding.ratio)
    found["tie"] = {f: _labelled(years, gap) for f, gap in finding.tie.items()}
    found["variants_swept"] = len(swept.variants)
    found["variants_banded"] = len(finding.banded.variants)
    found["variants_left_out"] = [
        {"choices": dict(choices), "reason": str(error)} for choices, error in finding.left_out
    ]
    found["share_in_order"] = _labelled(years, swept.share_in_order(finding.projection.scenarios))
    return found


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


def _both(text: Any) -> dict[str, str]:  # noqa: ANN401 - a Text of the study
    return {"en": text.en, "ru": text.ru}


def _labelled(labels: Any, values: Any) -> dict[str, float]:  # noqa: ANN401 - names and numbers
    return {str(k): float(v) for k, v in zip(labels, values, strict=True)}


def _pairs(years: Any, spread: Any) -> dict[str, list[float]]:  # noqa: ANN401 - labels and an array
    return {str(y): [float(spread[0, k]), float(spread[1, k])] for k, y in enumerate(years)}


def _rows(names: tuple[str, ...], table: Any) -> dict[str, list[float]]:  # noqa: ANN401 - an array
    return {name: np.asarray(row).tolist() for name, row in zip(names, table, strict=True)}


def _ranks(results: Any) -> dict[str, dict[str, float]]:  # noqa: ANN401 - method to Result
    def one(result: Result) -> dict[str, float]:
        return _labelled(result.alternatives, result.ranks)

    return {method: one(result) for method, result in results.items()}


def _whole(counts: Any) -> dict[str, float]:  # noqa: ANN401 - name to count
    """Counts as whole numbers where they are whole."""
    return {k: round(v) if abs(v - round(v)) < 1e-9 else float(v) for k, v in counts.items()}
