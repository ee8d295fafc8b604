"""Ranking of alternatives by many criteria: methods, robustness, sensitivity, consensus."""

from mcda import correlation, priors
from mcda.consensus import Consensus, KemenyConsensus, borda, copeland, kemeny
from mcda.doubt import Doubt, decompose, first_places
from mcda.equivalence import Candidate, equivalence_classes
from mcda.errors import ProblemError
from mcda.evaluation import obstacle, rank_alternatives
from mcda.normalisation import NORMALISATIONS, normalise
from mcda.problem import DecisionProblem
from mcda.ranking import ranks_of
from mcda.registry import (
    METHODS,
    REQUIRED,
    Method,
    Parameter,
    Property,
    Role,
    Variant,
    get_method,
    ranking_methods,
)
from mcda.result import Result
from mcda.second_opinion import Agreement, SecondOpinion, second_opinion
from mcda.sensitivity import StabilityInterval, weight_stability
from mcda.simulation import (
    Acceptability,
    Tally,
    acceptability,
    block_stream,
    blocks,
    count,
    simulate,
)
from mcda.weighting import WEIGHTINGS, Weights, objective_weights

__all__ = [
    "METHODS",
    "NORMALISATIONS",
    "REQUIRED",
    "WEIGHTINGS",
    "Acceptability",
    "Agreement",
    "Candidate",
    "Consensus",
    "DecisionProblem",
    "Doubt",
    "KemenyConsensus",
    "Method",
    "Parameter",
    "ProblemError",
    "Property",
    "Result",
    "Role",
    "SecondOpinion",
    "StabilityInterval",
    "Tally",
    "Variant",
    "Weights",
    "acceptability",
    "block_stream",
    "blocks",
    "borda",
    "copeland",
    "correlation",
    "count",
    "decompose",
    "equivalence_classes",
    "first_places",
    "get_method",
    "kemeny",
    "normalise",
    "objective_weights",
    "obstacle",
    "priors",
    "rank_alternatives",
    "ranking_methods",
    "ranks_of",
    "second_opinion",
    "simulate",
    "weight_stability",
]
