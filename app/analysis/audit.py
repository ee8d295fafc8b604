"""The audit of the argument: every defensible choice, every restatement, and a second opinion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.analysis.chain import chain_of, point_problem
from app.analysis.directions import DirectionsFinding
from app.analysis.methods import study_methods, with_normalisations
from app.analysis.options import Options
from app.study import Study
from mcda import Candidate, ProblemError, SecondOpinion, second_opinion
from mcda.evaluation import rank_alternatives
from mcda.invariance import MethodAudit, invariance_audit
from mcda.result import Result
from mcda.specification import SpecificationCurve, specification_curve
from survey import SurveyError

# The computed criteria's share is also tried at these multiples of what is assumed.
_BLOCK_FACTORS = (0.5, 1.0, 1.5)


@dataclass(frozen=True, slots=True, eq=False)
class AuditFinding:
    """What becomes of the answer under other defensible choices and restatements.

    Attributes
    ----------
    curve : SpecificationCurve
        Panel x reading with its share of weight x method and normalisation. An option of
        ``reading`` is spelt ``popularity 0.2``: the reading, and the computed criteria's share.
    invariance : tuple of MethodAudit
        For one method of every class: which restatement of a criterion moves which places.
    opinions : mapping of method to SecondOpinion
        The same problem by pymcdm.
    """

    curve: SpecificationCurve
    invariance: tuple[MethodAudit, ...]
    opinions: Mapping[str, SecondOpinion]


def audit_findings(study: Study, options: Options, directions: DirectionsFinding) -> AuditFinding:
    """Audit a study's ranking under the options."""
    candidates = {c.label: c for c in study_methods(study)}
    usable = tuple(candidates[label] for label in directions.results)
    voters = tuple(candidates[members[0]] for members in directions.classes)
    return AuditFinding(
        curve=_curve(study, options, directions, voters),
        invariance=invariance_audit(directions.problem, voters),
        opinions={
            c.label: second_opinion(directions.problem, c.method, **c.params) for c in usable
        },
    )


def _curve(
    study: Study,
    options: Options,
    directions: DirectionsFinding,
    voters: tuple[Candidate, ...],
) -> SpecificationCurve:
    chain = chain_of(study)
    variants = {c.label: c for c in with_normalisations(voters)}
    panels = ("experts", "groups", *(g.id for g in study.settings.groups))
    problems: dict[tuple[str, str], Any] = {}

    readings = _readings(study, options)

    def problem_of(panel: str, reading: str) -> Any:  # noqa: ANN401 - a problem or why not
        if (panel, reading) not in problems:
            chosen = readings[reading].replace(pooling=panel)
            try:
                problems[panel, reading] = point_problem(study, chosen, chain)
            except SurveyError as error:  # a panel that was not asked, or named nothing
                problems[panel, reading] = ProblemError(error.code, error.template, **error.fields)
        return problems[panel, reading]

    def evaluate(taken: Mapping[str, Any]) -> Result:
        problem = problem_of(taken["panel"], taken["reading"])
        if isinstance(problem, ProblemError):
            raise problem
        variant = variants[taken["method"]]
        return rank_alternatives(problem, variant.method, **variant.params)

    return specification_curve(
        {"panel": panels, "reading": tuple(readings), "method": tuple(variants)},
        evaluate,
        followed=directions.result.first[0],
        limit=10**6,
    )


def _readings(study: Study, options: Options) -> dict[str, Options]:
    """Every reading at every share of the computed criteria; switched off, they have none."""
    found = {}
    for reading in options.readings_of(study):
        chosen = options.with_reading(reading)
        if reading == "off":
            found[reading] = chosen
            continue
        for factor in _factors(study, options):
            weights = _scaled_blocks(study, options, factor)
            share = sum(w for b, w in weights if b in _profiles(study))
            found[f"{reading} {share:.3g}"] = chosen.replace(block_weights=weights)
    return found


def _profiles(study: Study) -> set[str]:
    return {b.id for b in study.settings.blocks if b.kind == "profile"}


def _factors(study: Study, options: Options) -> tuple[float, ...]:
    """Multiples of the computed criteria's share that leave a share between 0 and 1."""
    profiles = _profiles(study)
    computed = sum(w for b, w in options.block_weights if b in profiles)
    if computed in (0.0, 1.0):
        return (1.0,)
    return tuple(f for f in _BLOCK_FACTORS if f * computed < 1)


def _scaled_blocks(study: Study, options: Options, factor: float) -> tuple[tuple[str, float], ...]:
    """Block weights with the computed criteria's share multiplied, the others sharing the rest."""
    profiles = _profiles(study)
    computed = sum(w for b, w in options.block_weights if b in profiles)
    if factor == 1.0 or computed in (0.0, 1.0):
        return options.block_weights
    rest = (1 - factor * computed) / (1 - computed)
    return tuple((b, w * (factor if b in profiles else rest)) for b, w in options.block_weights)
