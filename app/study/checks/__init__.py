"""Checks across the files of a study: ids that refer to each other, sums, completeness."""

from app.study.checks.answers import check_answers
from app.study.checks.directions import check_directions
from app.study.checks.folder import check_folder
from app.study.checks.published import check_published
from app.study.checks.resilience import check_resilience
from app.study.checks.scenarios import check_scenarios

__all__ = [
    "check_answers",
    "check_directions",
    "check_folder",
    "check_published",
    "check_resilience",
    "check_scenarios",
]
