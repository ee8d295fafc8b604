"""Scenario tables, indicator panels, composite indices, and scenarios compared by them."""

from __future__ import annotations

from scenarios.comparison import affine_ratio, difference, tie_gap
from scenarios.dominance import Cell, Dominance, dominance
from scenarios.errors import ScenarioError
from scenarios.evaluation import evaluate, evaluate_interval
from scenarios.formulas import SERIES_FUNCTIONS, parse_formula
from scenarios.index import (
    CompositeIndex,
    absent_series,
    composite_index,
    index_of_indicators,
    indicator_values,
)
from scenarios.index_spec import IndexSpec, Indicator, Reference, indicators_from_frame
from scenarios.panel import Panel
from scenarios.probabilities import coherent_probabilities
from scenarios.projection import (
    TABLE_FUNCTIONS,
    Bounds,
    Continuation,
    Projection,
    project,
    read_continuation,
)
from scenarios.series_functions import chain_levels, link_series, splice_series
from scenarios.sweep import Sweep, Variant, index_variants, sweep
from scenarios.syntax import Formula
from scenarios.table import ScenarioMatrix, ScenarioTable

__all__ = [
    "SERIES_FUNCTIONS",
    "TABLE_FUNCTIONS",
    "Bounds",
    "Cell",
    "CompositeIndex",
    "Continuation",
    "Dominance",
    "Formula",
    "IndexSpec",
    "Indicator",
    "Panel",
    "Projection",
    "Reference",
    "ScenarioError",
    "ScenarioMatrix",
    "ScenarioTable",
    "Sweep",
    "Variant",
    "absent_series",
    "affine_ratio",
    "chain_levels",
    "coherent_probabilities",
    "composite_index",
    "difference",
    "dominance",
    "evaluate",
    "evaluate_interval",
    "index_of_indicators",
    "index_variants",
    "indicator_values",
    "indicators_from_frame",
    "link_series",
    "parse_formula",
    "project",
    "read_continuation",
    "splice_series",
    "sweep",
    "tie_gap",
]
