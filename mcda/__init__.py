"""Ranking of alternatives by many criteria: methods, robustness, sensitivity, consensus."""

from mcda import correlation, priors, values
from mcda.consensus import Consensus, KemenyConsensus, borda, copeland, kemeny
from mcda.doubt import Doubt, decompose, decompose_design, first_places
from mcda.equivalence import Candidate, equivalence_classes
from mcda.errors import ProblemError
from mcda.evaluation import obstacle, rank_alternatives
from mcda.gaia import GaiaPlane, gaia
from mcda.groups import GroupDecision, aggregate_judgements, aggregate_priorities
from mcda.invariance import MethodAudit, Restatement, Trial, invariance_audit
from mcda.learning import InputValue, ValueOfLearning, evppi
from mcda.margin import MarginDoubt, decompose_margin, leading_two, rank_margin, scaled_margin
from mcda.missing import MissingCriterion, missing_criterion
from mcda.normalisation import NORMALISATIONS, normalise
from mcda.pairwise import PairTest, Reversal, pairwise_order
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
from mcda.reversal import RankReversal, ReversalCase, ReversalTest, rank_reversal
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
from mcda.smaa import SmaaResult, smaa
from mcda.specification import Specification, SpecificationCurve, specification_curve
from mcda.ternary import Ternary, three_largest, weight_triangle
from mcda.tipping import SmallestChange, smallest_change, smallest_dethroning, smallest_swaps
from mcda.uncertain import resampled_weights
from mcda.value_change import TippingValue, ValueChanges, value_changes
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
    "GaiaPlane",
    "GroupDecision",
    "InputValue",
    "KemenyConsensus",
    "MarginDoubt",
    "Method",
    "MethodAudit",
    "MissingCriterion",
    "PairTest",
    "Parameter",
    "ProblemError",
    "Property",
    "RankReversal",
    "Restatement",
    "Result",
    "Reversal",
    "ReversalCase",
    "ReversalTest",
    "Role",
    "SecondOpinion",
    "SmaaResult",
    "SmallestChange",
    "Specification",
    "SpecificationCurve",
    "StabilityInterval",
    "Tally",
    "Ternary",
    "TippingValue",
    "Trial",
    "ValueChanges",
    "ValueOfLearning",
    "Variant",
    "Weights",
    "acceptability",
    "aggregate_judgements",
    "aggregate_priorities",
    "block_stream",
    "blocks",
    "borda",
    "copeland",
    "correlation",
    "count",
    "decompose",
    "decompose_design",
    "decompose_margin",
    "equivalence_classes",
    "evppi",
    "first_places",
    "gaia",
    "get_method",
    "invariance_audit",
    "kemeny",
    "leading_two",
    "missing_criterion",
    "normalise",
    "objective_weights",
    "obstacle",
    "pairwise_order",
    "priors",
    "rank_alternatives",
    "rank_margin",
    "rank_reversal",
    "ranking_methods",
    "ranks_of",
    "resampled_weights",
    "scaled_margin",
    "second_opinion",
    "simulate",
    "smaa",
    "smallest_change",
    "smallest_dethroning",
    "smallest_swaps",
    "specification_curve",
    "three_largest",
    "value_changes",
    "values",
    "weight_stability",
    "weight_triangle",
]
