"""Delphi: rounds, controlled feedback, stability between rounds, when to stop, how opinion moved."""

from survey.delphi.movement import movement
from survey.delphi.rounds import Feedback, Round, feedback
from survey.delphi.stability import ItemStability, RoundStability, stability
from survey.delphi.stopping import Decision, ItemDecision, StoppingRules, decide

__all__ = [
    "Decision",
    "Feedback",
    "ItemDecision",
    "ItemStability",
    "Round",
    "RoundStability",
    "StoppingRules",
    "decide",
    "feedback",
    "movement",
    "stability",
]
