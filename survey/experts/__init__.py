"""Who weighs how much: competence, calibration, margins.

Equal experts and equal groups are poolings of their own: see `survey.pooling`.
"""

from survey.experts.cooke import Cooke, calibration_score, classical_model
from survey.experts.effective import EffectiveNumber, kish
from survey.experts.margins import Raked, rake
from survey.experts.respondents import RakedRespondents, rake_respondents
from survey.experts.self_rating import (
    ARGUMENTATION,
    ArgumentSource,
    ArgumentTable,
    Competence,
    competence,
)
from survey.experts.weighted import WeightedShares, weighted_priorities, weighted_shares

__all__ = [
    "ARGUMENTATION",
    "ArgumentSource",
    "ArgumentTable",
    "Competence",
    "Cooke",
    "EffectiveNumber",
    "Raked",
    "RakedRespondents",
    "WeightedShares",
    "calibration_score",
    "classical_model",
    "competence",
    "kish",
    "rake",
    "rake_respondents",
    "weighted_priorities",
    "weighted_shares",
]
