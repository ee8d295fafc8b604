"""The whole finding on one page."""

from __future__ import annotations

from collections.abc import Mapping

from app.analysis import (
    DirectionsFinding,
    QuestionFinding,
    ResilienceFinding,
    RobustnessFinding,
    ScenarioFinding,
)
from app.i18n import Language
from app.study import Study
from app.words import directions as of_directions
from app.words import priorities as of_priorities
from app.words import resilience as of_resilience
from app.words import robustness as of_robustness
from app.words import scenarios as of_scenarios
from app.words.names import Names


def sentences(  # noqa: PLR0917 - one argument for each part of the chain
    directions: DirectionsFinding,
    robustness: RobustnessFinding | None,
    priorities: Mapping[str, QuestionFinding],
    scenarios: ScenarioFinding | None,
    resilience: ResilienceFinding | None,
    study: Study,
    lang: Language,
) -> list[str]:
    """Say who leads and by what, how sure that is, what would tip it, and what goes with it.

    A part that was not computed, or that the study has not, is left out.
    """
    said = [
        of_directions.who_leads(directions, study, lang),
        of_directions.under_own_reading(directions, study, lang),
    ]
    if robustness is not None:
        said += [
            of_robustness.how_sure(robustness, study, lang),
            *of_robustness.by_reading(robustness, study, lang),
            of_robustness.experts_decide(robustness, directions, study, lang),
            *of_robustness.what_decides(robustness, study, lang),
        ]
    said += [
        *of_directions.what_would_tip(directions, study, lang),
        *of_directions.unmeasured(directions, study, lang),
    ]
    names = Names(study, lang)
    for finding in priorities.values():
        said += of_priorities.leader(finding, names, lang)
    if scenarios is not None:
        said += of_scenarios.dominance(scenarios, study, lang)
    if resilience is not None:
        said.append(of_resilience.level(resilience, study, lang))
        said += of_resilience.note(study, lang)
        said += of_resilience.order(resilience, study, lang)
    return said
