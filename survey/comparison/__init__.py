"""Groups against options: exact tests, sizes with intervals, overall tests, a map."""

from survey.comparison.correspondence import Correspondence, correspondence_analysis
from survey.comparison.effects import Effect, cramers_v, difference_of_shares, odds_ratio
from survey.comparison.exact import ExactTest, fisher_test
from survey.comparison.influence import GroupInfluence, leave_one_group_out
from survey.comparison.mrcv import (
    MrcvTest,
    marginal_independence,
    mrcv_test,
    pairwise_independence,
)
from survey.comparison.mrcv_correction import Corrected
from survey.comparison.options import Contrast, GroupComparison, OptionTest, compare_groups

__all__ = [
    "Contrast",
    "Corrected",
    "Correspondence",
    "Effect",
    "ExactTest",
    "GroupComparison",
    "GroupInfluence",
    "MrcvTest",
    "OptionTest",
    "compare_groups",
    "correspondence_analysis",
    "cramers_v",
    "difference_of_shares",
    "fisher_test",
    "leave_one_group_out",
    "marginal_independence",
    "mrcv_test",
    "odds_ratio",
    "pairwise_independence",
]
