"""Statistics by name, from keys to keys: what `konsilium stat` reads and prints."""

from survey.statistics import of_comparison, of_mrcv, of_agreement, of_consensus, of_experts  # noqa: F401, I001 - they register, in this order
from survey.statistics.registry import STATISTICS, Key, Statistic, compute, find

__all__ = ["STATISTICS", "Key", "Statistic", "compute", "find"]
