"""The study that ties everything together: a folder of tables, checked whole."""

from app.study.build import Resilience, Scenarios
from app.study.faults import Fault, Message, StudyError, message
from app.study.measures import Lookup, Measure, MeasureError, lookup_in, parse_measure
from app.study.schema import CriteriaBlock, ProfileBlock, RelevanceBlock, Settings
from app.study.study import Study, bundled_studies, check_study, load_study, study_digest

__all__ = [
    "CriteriaBlock",
    "Fault",
    "Lookup",
    "Measure",
    "MeasureError",
    "Message",
    "ProfileBlock",
    "RelevanceBlock",
    "Resilience",
    "Scenarios",
    "Settings",
    "Study",
    "StudyError",
    "bundled_studies",
    "check_study",
    "load_study",
    "lookup_in",
    "message",
    "parse_measure",
    "study_digest",
]
