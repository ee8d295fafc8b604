"""Quality of a wave of answers: findings with reasons; nothing is removed without the analyst."""

from survey.quality.conditions import condition_met, expected_shown
from survey.quality.exclusions import Exclusion, exclude
from survey.quality.flags import Flag, Thresholds
from survey.quality.missing import Missing, missing_of
from survey.quality.report import QualityReport, quality_report

__all__ = [
    "Exclusion",
    "Flag",
    "Missing",
    "QualityReport",
    "Thresholds",
    "condition_met",
    "exclude",
    "expected_shown",
    "missing_of",
    "quality_report",
]
