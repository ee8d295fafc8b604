"""The report's sections in their order."""

from __future__ import annotations

from app.analysis import Findings
from app.i18n import Language
from app.report.model import Section
from app.report.sections import (
    audit,
    baseline,
    change,
    claims,
    directions,
    experts,
    groups,
    overview,
    priorities,
    provenance,
    resilience,
    robustness,
    scenarios,
)


def sections(findings: Findings, lang: Language) -> list[Section]:
    """Every section that the study has something for."""
    made = [
        each.section(findings, lang)
        for each in (
            overview,
            priorities,
            experts,
            directions,
            robustness,
            groups,
            change,
            audit,
            scenarios,
            resilience,
            baseline,
            claims,
            provenance,
        )
    ]
    return [section for section in made if section is not None]
