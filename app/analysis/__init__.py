"""The whole chain from a study to its findings, without input or output of its own."""

from app.analysis.audit import AuditFinding, audit_findings
from app.analysis.change import ChangeFinding, change_findings
from app.analysis.claims import Claim
from app.analysis.directions import Case, DirectionsFinding, direction_findings
from app.analysis.experts import LEVEL, ExpertsFinding, QuestionGroups, expert_findings
from app.analysis.findings import FORMAT_VERSION, Findings, analyse
from app.analysis.groups import GroupsFinding, group_findings
from app.analysis.learning import LearningFinding, learning_findings
from app.analysis.options import READINGS, Options
from app.analysis.planning import SAME_PANEL, PlanningFinding, planning_findings
from app.analysis.priorities import QuestionFinding, priority_findings
from app.analysis.resilience import ResilienceFinding, resilience_findings
from app.analysis.robustness import RobustnessFinding, robustness_findings
from app.analysis.scenarios import ScenarioCase, ScenarioFinding, scenario_findings
from app.analysis.uncertainty import CAUSES

__all__ = [
    "CAUSES",
    "FORMAT_VERSION",
    "LEVEL",
    "READINGS",
    "SAME_PANEL",
    "AuditFinding",
    "Case",
    "ChangeFinding",
    "Claim",
    "DirectionsFinding",
    "ExpertsFinding",
    "Findings",
    "GroupsFinding",
    "LearningFinding",
    "Options",
    "PlanningFinding",
    "QuestionFinding",
    "QuestionGroups",
    "ResilienceFinding",
    "RobustnessFinding",
    "ScenarioCase",
    "ScenarioFinding",
    "analyse",
    "audit_findings",
    "change_findings",
    "direction_findings",
    "expert_findings",
    "group_findings",
    "learning_findings",
    "planning_findings",
    "priority_findings",
    "resilience_findings",
    "robustness_findings",
    "scenario_findings",
]
